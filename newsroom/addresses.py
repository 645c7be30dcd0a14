"""``python -m newsroom.addresses CONTENT``: write down every address that is published at this hour."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pelican.settings import read_settings

from newsroom.content.address_lock import NAME, promised, read_lock, write_lock
from newsroom.content.library import Library
from newsroom.content.plurals import plural
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import Site, read_site


def main(arguments: Sequence[str] | None = None) -> int:
    """Add to the lock what it lacks; 1 if the material has problems, which a build would refuse too."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.addresses", description=__doc__)
    parser.add_argument("content", type=Path, help="folder of the material")
    parser.add_argument("--settings", default="pelicanconf.py", help="settings of the site")
    options = parser.parse_args(arguments)
    settings = read_settings(options.settings, override={"PATH": str(options.content)})
    try:
        if read_site(settings).rehearsal:
            remedy = "уберите NEWSROOM_NOW: записывают то, что опубликовано на самом деле"
            raise NewsroomError([Problem(NAME, 0, "часы сборки заданы вручную", remedy)])
        generator = settings["PELICAN_CLASS"](settings).read()
        added = record(options.content, generator.library, generator.site)
    except NewsroomError as error:
        print(error, file=sys.stderr)
        return error.exitcode
    if added:
        print(f"{NAME}: {plural(added, 'новый адрес', 'новых адреса', 'новых адресов')}, закоммитьте файл.")
    return 0


def record(root: Path, library: Library, site: Site) -> int:
    """Put the addresses of everything published into the lock of ``root``; gives how many were new."""
    lock = read_lock(root)
    longer = lock.with_more(promised(addresses(library, site)))
    if longer is not lock:
        write_lock(root, longer)
    return len(longer.lines) - len(lock.lines)


def addresses(library: Library, site: Site) -> Iterator[str]:
    """The present and the former addresses of releases, withdrawn ones too, of all other material, of
    rubrics and tags; those of emergency messages, which later ones refer to."""
    for year in library.years:
        for entry in (*year.published, *year.withdrawn):
            yield from (entry.url, *entry.aliases)
    for entry in library.entries:
        if entry.url:
            yield from (entry.url, *entry.aliases)
    for _, term in library.listed_terms:
        yield from (term.url, *term.aliases)
    if "emergency" in site.extras:
        yield from (notice.cap_address for notice in library.notices)


if __name__ == "__main__":
    raise SystemExit(main())
