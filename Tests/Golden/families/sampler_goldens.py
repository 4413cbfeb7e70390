"""Trajectories of the samplers that `make_goldens.py` leaves out, with a made-up sequence of model outputs, over latents [1, 4, 2, 2]."""

import json

import torch
from diffusers import (
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    HeunDiscreteScheduler,
    LCMScheduler,
    PNDMScheduler,
    UniPCMultistepScheduler,
)
from make_family_goldens import HERE, noise
from safetensors.torch import save_file

SCHEDULE = dict(num_train_timesteps=1000, beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012)
SPACINGS = dict(leading=dict(timestep_spacing="leading", steps_offset=1), trailing=dict(timestep_spacing="trailing"), linspace=dict(timestep_spacing="linspace"))
SDE = dict(algorithm_type="sde-dpmsolver++")


def cases():
    """(name, class, configuration, steps); the name's first part is the engine's name of the sampler."""
    plain = {
        "pndm.skip": (PNDMScheduler, dict(skip_prk_steps=True)), "pndm.prk": (PNDMScheduler, dict(set_alpha_to_one=True)),
        "euler_a": (EulerAncestralDiscreteScheduler, {}), "heun": (HeunDiscreteScheduler, {}),
        "dpmpp_2m_sde": (DPMSolverMultistepScheduler, SDE), "unipc": (UniPCMultistepScheduler, {}),
    }
    for name, (kind, extra) in plain.items():
        for spacing, options in SPACINGS.items():
            for prediction in ("epsilon", "v_prediction"):
                yield f"{name}.{spacing}.{prediction}", kind, dict(SCHEDULE, prediction_type=prediction, **options, **extra), 8
    spaced = {
        "euler": (EulerDiscreteScheduler, {}), "heun": (HeunDiscreteScheduler, {}), "dpmpp_2m": (DPMSolverMultistepScheduler, {}),
        "dpmpp_2m_sde": (DPMSolverMultistepScheduler, SDE), "unipc": (UniPCMultistepScheduler, {}),
    }
    for name, (kind, extra) in spaced.items():
        for label in ("karras", "exponential"):
            for spacing in ("leading", "trailing"):
                yield f"{name}.{label}.{spacing}", kind, dict(SCHEDULE, **SPACINGS[spacing], **extra, **{f"use_{label}_sigmas": True}), 7
    zero = dict(SCHEDULE, prediction_type="v_prediction", timestep_spacing="trailing", rescale_betas_zero_snr=True)
    for name, kind, extra in (("euler_a", EulerAncestralDiscreteScheduler, {}), ("dpmpp_2m_sde", DPMSolverMultistepScheduler, SDE),
                              ("unipc", UniPCMultistepScheduler, {}), ("lcm", LCMScheduler, {})):
        yield f"{name}.zero_snr", kind, {key: value for key, value in dict(zero, **extra).items() if name != "lcm" or key != "timestep_spacing"}, 6
    for steps in (1, 4, 8):
        yield f"lcm.{steps}", LCMScheduler, dict(SCHEDULE, clip_sample=False), steps
    yield "lcm.v_prediction", LCMScheduler, dict(SCHEDULE, clip_sample=True, clip_sample_range=1.5, prediction_type="v_prediction", original_inference_steps=40), 5
    for label, extra in (("flow", {}), ("flow_shift", dict(shift=3.0)), ("flow_karras", dict(shift=1.5, use_karras_sigmas=True))):
        yield f"euler.{label}", FlowMatchEulerDiscreteScheduler, dict(num_train_timesteps=1000, **extra), 8
    yield "unipc.long", UniPCMultistepScheduler, dict(SCHEDULE, **SPACINGS["trailing"], final_sigmas_type="sigma_min", lower_order_final=False), 16
    yield "dpmpp_2m_sde.long", DPMSolverMultistepScheduler, dict(SCHEDULE, **SPACINGS["trailing"], final_sigmas_type="sigma_min", **SDE), 16


def trajectory(scheduler, steps, start, outputs):
    scheduler.set_timesteps(steps)
    generator = torch.Generator().manual_seed(77)
    sample, samples = start * scheduler.init_noise_sigma if hasattr(scheduler, "init_noise_sigma") else start, []
    takes_generator = "generator" in scheduler.step.__code__.co_varnames
    for index, timestep in enumerate(scheduler.timesteps):
        if hasattr(scheduler, "scale_model_input"):
            scheduler.scale_model_input(sample, timestep)
        sample = scheduler.step(outputs[index:index + 1], timestep, sample, **(dict(generator=generator) if takes_generator else {})).prev_sample
        samples.append(sample)
    # Noise at the third call's level, as a pipeline that starts there adds it.
    fresh = type(scheduler).from_config(scheduler.config)
    fresh.set_timesteps(steps)
    position = min(2, len(fresh.timesteps) - 1)
    if hasattr(fresh, "set_begin_index"):
        fresh.set_begin_index(position)
    add = fresh.scale_noise if hasattr(fresh, "scale_noise") else None
    at = fresh.timesteps[position:position + 1]
    noised = add(outputs[:1], at, start) if add else fresh.add_noise(outputs[:1], start, at)
    return {"samples": torch.cat(samples), "noised": noised, "timesteps": scheduler.timesteps.float(),
            "init_noise_sigma": torch.tensor(float(getattr(scheduler, "init_noise_sigma", 1)))}


def samplers():
    outputs, start = noise(60, 32, 4, 2, 2), noise(61, 1, 4, 2, 2)
    tensors, listed = {"model_outputs": outputs, "noise": start}, []
    for name, kind, options, steps in cases():
        listed.append(dict(name=name, sampler=name, steps=steps, config=dict(options, _class_name=kind.__name__)))
        tensors |= {f"{name}.{key}": value for key, value in trajectory(kind(**options), steps, start, outputs).items()}
    save_file({key: value.contiguous().clone() for key, value in tensors.items()}, HERE / "samplers.safetensors")
    (HERE / "samplers.safetensors").chmod(0o644)
    (HERE / "samplers.json").write_text("[\n" + ",\n".join(map(json.dumps, listed)) + "\n]\n")


ALL = [samplers]
