"""Cycles: pictures in linear light, the product's matte, and development to sRGB."""

import bpy
import numpy as np

from .materials.nodes import glowing


def prepare(size, samples, threads):
    """Settings that all pictures share; call once."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.world = bpy.data.worlds.new("world")
    render, cycles = scene.render, scene.cycles
    render.engine, cycles.device, cycles.samples = "CYCLES", "CPU", samples
    cycles.use_adaptive_sampling, cycles.use_denoising, cycles.denoiser, cycles.denoising_use_gpu = False, True, "OPENIMAGEDENOISE", False
    cycles.denoising_quality, cycles.denoising_prefilter = "BALANCED", "FAST"
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces, cycles.transmission_bounces, cycles.transparent_max_bounces = 7, 2, 2, 7, 6
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect, cycles.sample_clamp_direct, cycles.blur_glossy = 3.0, 24.0, 1.0
    render.resolution_x = render.resolution_y = size
    render.resolution_percentage, render.threads_mode, render.threads = 100, "FIXED", threads
    render.use_persistent_data = False


def guide(blur):
    """Blurred sets are denoised by their colours alone: in their bokeh the guiding passes are noisier than the picture."""
    bpy.context.scene.cycles.denoising_input_passes = "RGB" if blur > 0.085 else "RGB_ALBEDO_NORMAL"


def linear(path, samples=None, denoise=True, clear=False, region=None):
    """Renders to linear light: float32 [rows from above, columns, 4]; `region` (left, top, right, bottom in pixels) renders that part only."""
    scene = bpy.context.scene
    side = scene.render.resolution_x
    scene.render.use_border = scene.render.use_crop_to_border = region is not None
    if region is not None:
        left, top, right, bottom = region
        scene.render.border_min_x, scene.render.border_max_x = left / side, right / side
        scene.render.border_min_y, scene.render.border_max_y = 1 - bottom / side, 1 - top / side
    kept = scene.cycles.samples
    scene.cycles.samples, scene.cycles.use_denoising, scene.render.film_transparent = samples or kept, denoise, clear
    settings = scene.render.image_settings
    settings.file_format, settings.color_mode, settings.color_depth, settings.exr_codec = "OPEN_EXR", "RGBA", "32", "NONE"
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    scene.cycles.samples = kept
    image = bpy.data.images.load(str(path))
    width, height = image.size
    pixels = np.empty(width * height * 4, np.float32)
    image.pixels.foreach_get(pixels)
    bpy.data.images.remove(image)
    path.unlink()
    return pixels.reshape(height, width, 4)[::-1]


def without_product(path, picture, region, feather=20):
    """The picture [rows, columns, 4] with the region around the hidden product rendered anew and blended in over `feather` pixels."""
    left, top, right, bottom = region
    side = picture.shape[0]
    fresh = linear(path, region=region)

    def ramp(count, low_open, high_open):
        way = np.arange(count)
        low = np.ones(count) if low_open else (way + 1) / feather
        high = np.ones(count) if high_open else (count - way) / feather
        return np.clip(np.minimum(low, high), 0, 1)

    share = np.outer(ramp(bottom - top, top == 0, bottom == side), ramp(right - left, left == 0, right == side))[..., None].astype(np.float32)
    result = picture.copy()
    result[top:bottom, left:right] = picture[top:bottom, left:right] * (1 - share) + fresh * share
    return result


def matte(path, stage, samples=16):
    """The product alone as a glowing shape on nothing: its soft alpha, uint8 [rows from above, columns]."""
    layer, scene = bpy.context.view_layer, bpy.context.scene
    others = [child for child in scene.collection.children if child is not stage.collections["product"]]
    for child in others:
        child.hide_render = True
    shine = glowing((1, 1, 1), 1.0)
    layer.material_override = shine
    alpha = linear(path, samples, denoise=False, clear=True)[..., 3]
    layer.material_override = None
    bpy.data.materials.remove(shine)
    for child in others:
        child.hide_render = False
    return np.round(255 * np.clip(alpha, 0, 1)).astype(np.uint8)


LOOKS = {"contrast": (1.12, 1.0), "punchy": (1.22, 1.18), "soft": (1.0, 0.95)}
"""Contrast (a power around mid grey) and saturation."""

BRIGHTEST, DARKEST = 0.93, 0.30


def exposure(picture, product, stops):
    """The factor that develops a linear picture [rows, columns, 3]: a common one, corrected where the set would burn out or drown.

    `product` is the matte 0 ... 1 in the same orientation: metering looks at the set, and at the product only for highlights.
    """
    light = picture @ np.array((0.2126, 0.7152, 0.0722), np.float32)
    factor = 1.35 * 2.0**stops
    background = light[product < 0.5]
    high, low = np.percentile(background, 97), np.percentile(background, 70)
    if high * factor > BRIGHTEST:
        factor *= (BRIGHTEST / (high * factor)) ** 0.85
    if low * factor < DARKEST * 0.25:
        factor *= min(2.2, (DARKEST * 0.25 / max(low * factor, 1e-4)) ** 0.5)
    thing = light[product > 0.5]
    if thing.size and (top := np.percentile(thing, 90) * factor) > 1.15:
        factor *= max(0.75, (1.15 / top) ** 0.6)
    return factor


def developed(picture, factor, look):
    """Linear light to sRGB uint8: exposed, a filmic shoulder above mid grey, contrast and saturation; rows stay as they are."""
    contrast, saturation = LOOKS[look]
    light = np.maximum(picture[..., :3] * factor, 0)
    grey = 0.18
    light = grey * (light / grey + 1e-6) ** contrast
    peak = light.max(-1, keepdims=True)
    # A shoulder on the brightest channel keeps hues; a share of its loss goes to white, as film does.
    shoulder = 0.55
    over = np.maximum(peak - shoulder, 0)
    pressed = np.where(peak > shoulder, shoulder + (1 - shoulder) * (1 - np.exp(-over / (1 - shoulder))), peak)
    light = light * pressed / np.maximum(peak, 1e-6)
    whiten = np.clip(over / 3.0, 0, 0.7)
    light = light * (1 - whiten) + pressed * whiten
    mean = (light @ np.array((0.2126, 0.7152, 0.0722), np.float32))[..., None]
    light = np.clip(mean + (light - mean) * saturation, 0, 1)
    srgb = np.where(light < 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(255 * np.clip(srgb, 0, 1)).astype(np.uint8)
