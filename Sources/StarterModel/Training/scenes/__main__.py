"""Renders training scenes: python -m scenes --to FOLDER [--from N] [--count N] [--size PIXELS] ... or prints what they would be: --summary"""

import argparse
import contextlib
import os
import sys
import time
import traceback
from pathlib import Path


def arguments():
    parser = argparse.ArgumentParser(prog="python -m scenes", description=__doc__)
    parser.add_argument("--to", type=Path, help="the folder that samples are written to; those already there are skipped")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first scene's number")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--numbers", type=int, nargs="*", help="these scenes instead")
    parser.add_argument("--size", type=int, default=256, help="pixels of a side")
    parser.add_argument("--samples", type=int, default=8, help="of Cycles a pixel")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--no-empty", action="store_true", help="leave out the product-free pictures")
    parser.add_argument("--summary", action="store_true", help="print how the scenes are distributed; renders nothing")
    parser.add_argument("--gather", action="store_true", help="join the facts of all samples into scenes.jsonl")
    parser.add_argument("--sheet", type=Path, help="write a contact sheet of the scenes that are there")
    return parser.parse_args()


@contextlib.contextmanager
def silence():
    """Blender reports every render on standard output."""
    kept, nothing = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    sys.stdout.flush()
    os.dup2(nothing, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)


def render(asked, numbers):
    from . import renderer
    from .photograph import photograph

    asked.to.mkdir(parents=True, exist_ok=True)
    with silence():
        renderer.prepare(asked.size, asked.samples, asked.threads)
    begin, done = time.time(), 0
    for number in numbers:
        if (asked.to / f"{number:06d}.json").exists():
            continue
        try:
            with silence():
                facts = photograph(number, asked.to, not asked.no_empty)
        except Exception:  # one scene that fails must not end a night's work
            print(f"scene {number} failed", file=sys.stderr)
            traceback.print_exc()
            continue
        done += 1
        if done <= 3 or done % 20 == 0:
            print(f"{number}: {done} done, {facts['seconds']} s of CPU, {(time.time() - begin) / done:.2f} s each", flush=True)
    print(f"{done} rendered in {time.time() - begin:.0f} s", flush=True)


def main():
    asked = arguments()
    numbers = asked.numbers if asked.numbers else range(asked.first, asked.first + asked.count)
    if asked.summary:
        from .summary import summary

        print(summary(numbers))
        return
    if asked.to is None:
        raise SystemExit("--to FOLDER is missing")
    if asked.sheet:
        from .sheet import sheet

        sheet(asked.to, numbers, asked.sheet)
    elif asked.gather:
        from .summary import gather

        print(f"{gather(asked.to)} scenes")
    else:
        render(asked, numbers)


if __name__ == "__main__":
    main()
