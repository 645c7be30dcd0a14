"""``python -m newsroom.packaging CONTENT ID``: the newsroom package of a published release, in a folder."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from pelican.settings import read_settings

from newsroom.content.numbers import filesize
from newsroom.generator import NewsroomGenerator
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import read_site


def put_package(generator: NewsroomGenerator, id: str, folder: Path) -> Path:
    """Write the package of a release that ``generator`` has read; raises NewsroomError."""
    if id not in generator.library.by_id:
        raise NewsroomError([_unknown(id, generator)])
    path, data = folder / f"{id}.zip", generator.package(id)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        message = f"сюда нельзя писать: {error.strerror}"
        raise NewsroomError([Problem(str(path), 0, message, "назовите другую папку: --to")]) from None
    return path


def _unknown(id: str, generator: NewsroomGenerator) -> Problem:
    near = difflib.get_close_matches(id, list(generator.library.by_id), n=1)
    remedy = f"может быть, {near[0]}?" if near else "имя релиза — это имя его файла без «.md»"
    return Problem(id, 0, "среди опубликованных такого релиза нет", remedy)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: 0 when the package lies there."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.packaging", description=__doc__)
    parser.add_argument("content", type=Path, help="folder of the material")
    parser.add_argument("release", help="id of the release: the name of its file")
    parser.add_argument("--to", type=Path, default=Path("packages"), help="folder for the package (packages)")
    parser.add_argument("--settings", default="pelicanconf.py", help="settings of the site")
    options = parser.parse_args(arguments)
    settings = read_settings(options.settings, override={"PATH": str(options.content)})
    try:
        read_site(settings)
        generator = settings["PELICAN_CLASS"](settings).read()
        path = put_package(generator, Path(options.release).name.removesuffix(".md"), options.to)
    except NewsroomError as error:
        print(error, file=sys.stderr)
        return error.exitcode
    print(f"{path}: {filesize(path.stat().st_size)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
