"""``python -m newsroom.reporting CONTENT --year 2023``: the report of a year, as far as the data tell it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pelican.settings import read_settings

from newsroom.generator import NewsroomGenerator
from newsroom.pages.report.figures import Report
from newsroom.pages.report.section import FILES, document
from newsroom.pages.report.year import report
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import read_site

_Make = Callable[[Report, NewsroomGenerator], bytes]
FORMATS: Mapping[str, _Make] = {
    "html": lambda told, generator: generator.press.render(document(told, generator.press.site)),
    **{ending: lambda told, desk, make=make: make(told, desk.press.site) for ending, make in FILES.items()},  # type: ignore[misc]
}
"""The makers of the bytes, by the names of formats."""


def made(generator: NewsroomGenerator, year: int, kind: str) -> bytes:
    """The report of a year in one of ``FORMATS``; raises NewsroomError for one that has not begun."""
    if not 1900 <= year <= 9999:
        raise NewsroomError([Problem(str(year), 0, "это не год", "назовите его полностью: --year 2023")])
    if year > generator.site.now.astimezone(generator.site.tz).year:
        problem = Problem(str(year), 0, "этот год ещё не начался", "назовите прошедший год: --year 2023")
        raise NewsroomError([problem])
    told = report(year, generator.library, generator.measures, generator.site)
    return FORMATS[kind](told, generator)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: the report to standard output, or into a file; 0 when it is written."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.reporting", description=__doc__)
    parser.add_argument("content", type=Path, help="folder of the material")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--format", choices=FORMATS, default="md")
    parser.add_argument("--to", type=Path, help="file to write instead of standard output")
    parser.add_argument("--settings", default="pelicanconf.py", help="settings of the site")
    options = parser.parse_args(arguments)
    if options.format == "docx" and not options.to and sys.stdout.isatty():
        print("документ Word не для экрана: назовите файл, --to report.docx", file=sys.stderr)
        return 1
    settings = read_settings(options.settings, override={"PATH": str(options.content)})
    try:
        read_site(settings)
        data = made(settings["PELICAN_CLASS"](settings).read(), options.year, options.format)
        _put(data, options.to)
    except NewsroomError as error:
        print(error, file=sys.stderr)
        return error.exitcode
    return 0


def _put(data: bytes, file: Path | None) -> None:
    if file is None:
        sys.stdout.buffer.write(data)
        return
    try:
        file.write_bytes(data)
    except OSError as error:
        message = f"сюда нельзя писать: {error.strerror}"
        raise NewsroomError([Problem(str(file), 0, message, "назовите другой файл: --to")]) from None


if __name__ == "__main__":
    raise SystemExit(main())
