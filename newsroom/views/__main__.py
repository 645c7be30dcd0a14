"""``python -m newsroom.views CONTENT LOG…``: count the views of releases in logs of the server."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pelican.settings import read_settings

from newsroom.content.plurals import plural
from newsroom.content.views import as_text, read_year
from newsroom.problems import NewsroomError
from newsroom.settings import Site, read_site
from newsroom.views import register
from newsroom.views.counting import Tally, release_addresses
from newsroom.views.log_lines import reader
from newsroom.views.logs import Log
from newsroom.views.robots import browsers


def count(root: Path, paths: Sequence[str], site: Site) -> Tally:
    """Add the views in logs to those of the material; what was read before is not counted again.

    Raises NewsroomError, and then nothing is changed.
    """
    marks = register.read_marks(root)
    tally, is_browser, releases = Tally(), browsers(), release_addresses(root)
    needle, read = reader(site.base, site.tz)
    for path in paths:
        log, news = Log(path, marks), tally.news
        for chunk in log.lines():
            tally.add(chunk, needle, read, is_browser, releases)
        if tally.news == news:  # read with another address, or no log of nginx: it may be read again
            tally.without_news.append(path)
        elif log.id and log.mark:
            marks[log.id] = log.mark
    years = {year: _with(root, year, tally.views) for year in {day[:4] for day, _ in tally.views}}
    register.write(root, years, marks)
    return tally


def _with(root: Path, year: str, more: Counter[tuple[str, str]]) -> str:
    """The text of a year's file with more views."""
    known = Counter({(day, release): views for day, release, views in read_year(root, year)})
    known.update({key: views for key, views in more.items() if key[0].startswith(year)})
    return as_text((day, release, views) for (day, release), views in known.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: 0 when all logs are counted, 1 when one cannot be, and then none is."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.views", description=__doc__)
    parser.add_argument("content", type=Path, help="folder of the material")
    parser.add_argument("logs", nargs="+", help="logs of nginx, plain or .gz; - for standard input")
    parser.add_argument("--settings", default="pelicanconf.py", help="settings of the site")
    options = parser.parse_args(arguments)
    settings = read_settings(options.settings, override={"PATH": str(options.content)})
    try:
        tally = count(options.content, options.logs, read_site(settings))
    except NewsroomError as error:
        print(error, file=sys.stderr)
        print("Ничего не сосчитано.", file=sys.stderr)
        return error.exitcode
    views, days = tally.views.total(), len({day for day, _ in tally.views})
    print(f"Новых строк: {plural(tally.lines, 'строка', 'строки', 'строк')}")
    print(
        f"{plural(views, 'просмотр', 'просмотра', 'просмотров')} за {plural(days, 'день', 'дня', 'дней')}; "
        f"роботы — {tally.robots}; списки и страницы, которых нет среди релизов, — {tally.others}"
    )
    for path in tally.without_news:
        print(
            f"{path}: новых обращений к новостям нет; если их ждали, проверьте SITEURL "
            "и формат журнала (combined)",
            file=sys.stderr,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
