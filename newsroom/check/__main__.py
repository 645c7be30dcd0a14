"""``python -m newsroom.check CONTENT``: everything a build would refuse, without building."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pelican.settings import read_settings

from newsroom.content.plurals import plural
from newsroom.problems import NewsroomError
from newsroom.settings import read_site


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell every problem of the material, one a line; 1 if there are any, else 0."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.check", description=__doc__)
    parser.add_argument("content", help="folder of the material")
    parser.add_argument("--settings", default="pelicanconf.py", help="settings of the site")
    options = parser.parse_args(arguments)
    settings = read_settings(options.settings, override={"PATH": options.content})
    try:
        read_site(settings)
        generator = settings["PELICAN_CLASS"](settings).read()
    except NewsroomError as error:
        print(error)
        print(f"\nНайдено: {plural(len(error.problems), 'ошибка', 'ошибки', 'ошибок')}.", file=sys.stderr)
        return error.exitcode
    print(
        f"Ошибок нет: {plural(len(generator.library.releases), 'релиз', 'релиза', 'релизов')} к публикации."
    )
    for draft in generator.gathered.drafts:
        print(f"{draft.entry.file}: черновик, на сайт не попадёт")
        for remark in draft.remarks:
            print(f"  до выхода: {remark}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
