"""Renders the sample catalogue's pictures: python samples/render [--draft] [--out FOLDER] [name ...]"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from output import finish  # noqa: E402
from references import REFERENCES  # noqa: E402
from shots import SHOTS  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(prog="python samples/render", description=__doc__)
    parser.add_argument("names", nargs="*", help="only pictures whose file name begins so")
    parser.add_argument("--draft", action="store_true", help="small and grainy, to judge form and light")
    parser.add_argument("--out", type=Path, default=HERE.parent / "spring-catalogue", help="the catalogue to write into")
    return parser.parse_args()


def main():
    asked = arguments()
    for shot in SHOTS + REFERENCES:
        if asked.names and not any(shot.file.startswith(name) for name in asked.names):
            continue
        path = asked.out / shot.folder / shot.file
        path.parent.mkdir(parents=True, exist_ok=True)
        begin = time.time()
        with tempfile.TemporaryDirectory() as folder:
            rendered = Path(folder) / "rendered.png"
            scale = 480 * shot.enlarged / max(shot.size) if asked.draft else 1.0
            shot.take(rendered, scale, 6 if asked.draft else None)
            finish(rendered, path, shot.ground, shot.deep, shot.turned, shot.quality, 1 if asked.draft else shot.enlarged)
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB in {time.time() - begin:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
