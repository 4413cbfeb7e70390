#!/usr/bin/env python3
"""Times a 24-megapixel JPEG through `backdrop cutout` and `backdrop compose`: seconds by the clock and by the processor, and the most memory.

    venv/bin/python speed.py --backdrop ../../../.build/release/backdrop
"""

import argparse
import multiprocessing
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

import cases


def photo(path):
    """The sample bottle, enlarged, on a graded sweep with a camera's noise: 6000 x 4000 pixels."""
    height, width = 4000, 6000
    name, colour, alpha = next(cases.rendered())
    scale = 3400 / alpha.shape[0]
    size = (round(alpha.shape[1] * scale), round(alpha.shape[0] * scale))
    colour = cv2.resize(colour.astype(np.float32), size, interpolation=cv2.INTER_CUBIC).clip(0, 1)
    alpha = cv2.resize(alpha, size, interpolation=cv2.INTER_CUBIC).clip(0, 1)
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    ground = np.broadcast_to(cases.to_linear(np.array([0.86, 0.87, 0.88]))[None, None] * (1 - 0.3 * y), (height, width, 3)).astype(np.float32).copy()
    top, left = 300, (width - size[0]) // 2
    window = ground[top:top + size[1], left:left + size[0]]
    window[:] = colour * alpha[..., None] + window * (1 - alpha[..., None])
    pixels = cases.to_srgb(ground) * 255 + np.random.default_rng(1).normal(0, 1.2, ground.shape)
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(path, quality=92)
    return name


def timed(command):
    """Seconds by the clock, seconds of processor, MiB at most, and what was printed."""
    start = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[1]} failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output.decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backdrop", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    # In a process of its own: what it takes would count as the memory of every process started afterwards.
    maker = multiprocessing.get_context("spawn").Process(target=photo, args=(folder / "photo.jpg",))
    maker.start()
    maker.join()
    Image.fromarray(np.random.default_rng(2).integers(90, 190, (32, 32, 3), np.uint8)).resize((512, 512), Image.BICUBIC).save(folder / "behind.png")
    print(f"load before: {os.getloadavg()[0]:.1f}; {os.cpu_count()} processors")
    steps = {
        "cutout": ["cutout", folder / "photo.jpg", "--output", folder / "matte.png"],
        "composite to JPEG": ["compose", folder / "photo.jpg", "--matte", folder / "matte.png", "--background", folder / "behind.png",
                              "--output", folder / "out.jpg"],
        "composite to PNG": ["compose", folder / "photo.jpg", "--matte", folder / "matte.png", "--background", folder / "behind.png",
                             "--output", folder / "out.png"],
    }
    for name, words in steps.items():
        results = [timed([options.backdrop, *words]) for _ in range(options.rounds)]
        clock, processor, memory = (min(r[i] for r in results) for i in range(3))
        print(f"| {name} | {clock:.2f} s | {processor:.2f} s | {memory:.0f} MiB |")


if __name__ == "__main__":
    main()
