"""The last look at a built site before it goes out.

The edition must describe the folder exactly; every page must have a language,
a title and one heading; every link, picture and anchor must lead to a file of this
site, and so must every address of this site in feeds, sitemaps, calendars, open data and
JSON-LD; no page may request another host; XML and JSON must parse. Nothing is mended here.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from newsroom.build.edition import (
    DRAFT_NAME,
    FILE_NAME,
    SIGNATURE_NAME,
    Edition,
    EditionError,
    Fault,
    digest,
    files,
    is_rehearsal,
)
from newsroom.problems import NewsroomError, Problem
from newsroom.publish import data_addresses
from newsroom.publish.data_addresses import UnreadableError
from newsroom.publish.link_check import Links, Place, parsed
from newsroom.publish.page_links import Reference, css_addresses, references
from newsroom.publish.vanished import pages_that_may_name

_FAULTS: dict[Fault, tuple[str, str]] = {
    "missing": ("файл назван в edition.json, а в папке его нет", "соберите сайт заново"),
    "changed": ("файл изменён после сборки", "соберите сайт заново"),
    "foreign": ("файла нет в edition.json: он не из этой сборки", "уберите его и соберите сайт заново"),
}
_REBUILD = "это ошибка шаблона или программы: сообщите разработчику"
_CANONICAL = re.compile(rb"<link\b[^>]*\brel=[\"']?canonical\b[^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref=[\"']?([^\"'\s>]+)", re.IGNORECASE)


def check_output(folder: Path, url: str = "") -> list[Problem]:
    """Every fault of the built site in ``folder``, sorted; none when it may be published.

    ``url`` is the address of the site («https://news.example/base»), and a site built for
    another one is at fault; without it the canonical address of the home page tells it.
    """
    address, problems = _address(folder, url.rstrip("/"))
    if not (folder / "index.html").is_file():
        return problems
    problems += [*_draft_problems(folder), *_edition_problems(folder)]
    if address:
        paths = frozenset(files(folder))
        links = Links(folder, Place(address, paths | {FILE_NAME, SIGNATURE_NAME}))
        problems += _problems_of_files(paths, links)
    return sorted(set(problems))


def check_changes(
    folder: Path, url: str, edition: Edition, *, changed: Iterable[str], gone: Iterable[str]
) -> list[Problem]:
    """Every fault that ``changed`` files, given by their paths, bring to a site that had none, sorted.

    ``edition`` is what is written in ``folder``. Links are looked up in the whole of it;
    of the files that did not change, those that may name an address among the ``gone`` are looked
    into too. A place within a page that is gone is not missed by other pages: the build knows
    what they link to, and has looked. Files of the folder that no edition names are not seen,
    for they are not published.
    """
    address, problems = _address(folder, url.rstrip("/"))
    problems += _draft_problems(folder)
    changed = [path for path in changed if path in edition.paths]
    for path in changed:
        problems += _digest_problems(folder, path, edition.paths[path])
    if address:
        paths = frozenset(edition.paths)
        links = Links(folder, Place(address, paths | {FILE_NAME, SIGNATURE_NAME}))
        others = pages_that_may_name(folder, paths.difference(changed), gone, paths)
        problems += _problems_of_files({*changed, *others}, links)
    return sorted(set(problems))


def _address(folder: Path, url: str) -> tuple[str, list[Problem]]:
    """The address that the site in ``folder`` is built for; "" with a problem where it cannot be ``url``."""
    if not (folder / "index.html").is_file():
        message = "здесь нет собранного сайта: нет index.html"
        return "", [Problem(folder.name, 0, message, "сначала соберите его: invoke build")]
    link = _CANONICAL.search((folder / "index.html").read_bytes())
    address = _HREF.search(link.group()) if link else None
    if not address:
        message = "нет канонического адреса (link rel=canonical)"
        return "", [Problem("index.html", 0, message, _REBUILD)]
    built_for = address.group(1).decode(errors="replace").rstrip("/")
    if url not in {"", built_for}:
        message = f"сайт собран для адреса {built_for}, а его место — {url}"
        return "", [Problem("index.html", 0, message, "соберите его с этим адресом (SITEURL)")]
    return built_for, []


def _draft_problems(folder: Path) -> Iterator[Problem]:
    if (folder / DRAFT_NAME).exists():
        yield Problem(DRAFT_NAME, 0, "сборка не дошла до конца", "соберите сайт заново")
    with suppress(EditionError):
        if is_rehearsal(folder):
            message = "это сайт другого часа: он собран с NEWSROOM_NOW"
            yield Problem(FILE_NAME, 0, message, "уберите NEWSROOM_NOW и соберите сайт заново")


def _edition_problems(folder: Path) -> Iterator[Problem]:
    try:
        edition = Edition.read(folder)
    except EditionError as error:
        yield Problem(FILE_NAME, 0, f"перечень выпуска не читается: {error}", "соберите сайт заново")
        return
    for discrepancy in edition.verify(folder):
        yield Problem(discrepancy.path, 0, *_FAULTS[discrepancy.fault])


def _digest_problems(folder: Path, path: str, expected: str) -> Iterator[Problem]:
    try:
        if digest(folder / path) != expected:
            yield Problem(path, 0, *_FAULTS["changed"])
    except OSError:
        yield Problem(path, 0, *_FAULTS["missing"])


def _problems_of_files(paths: Iterable[str], links: Links) -> Iterator[Problem]:
    for path in sorted(paths):
        if (links.folder / path).is_file():
            yield from _file_problems(path, links)
    yield from links.anchor_problems()


def _file_problems(path: str, links: Links) -> Iterator[Problem]:
    file = links.folder / path
    match file.suffix:
        case ".html":
            yield from _page_problems(path, links)
        case ".css":
            for line, address in css_addresses(file.read_text(encoding="utf-8", errors="replace")):
                yield from links.problems_of(path, Reference(line, address, requested=True))
        case _:
            yield from _data_problems(path, data_addresses.of_file(path, file), links)


def _page_problems(path: str, links: Links) -> Iterator[Problem]:
    from lxml import etree

    try:
        tree = parsed((links.folder / path).read_bytes())
    except etree.ParserError:
        yield Problem(path, 0, "страница пуста", _REBUILD)
        return
    if not tree.get("lang"):
        yield Problem(path, 1, "у страницы не назван язык (html lang)", _REBUILD)
    if not (tree.findtext(".//title") or "").strip():
        yield Problem(path, 1, "у страницы нет названия (title)", _REBUILD)
    headings = sum(1 for _ in tree.iter("h1"))
    if headings != 1:
        yield Problem(path, 1, f"на странице должен быть один заголовок h1, а их {headings}", _REBUILD)
    links.learn(path, tree)
    for reference in references(tree):
        yield from links.problems_of(path, reference)
    yield from _data_problems(path, data_addresses.of_linked_data(tree), links)


def _data_problems(path: str, found: data_addresses.Found, links: Links) -> Iterator[Problem]:
    try:
        for line, address in found:
            yield from links.problems_of_data(path, line, address)
    except UnreadableError as error:
        yield Problem(path, error.line, str(error), _REBUILD)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: print every fault of a folder, one a line; 1 when there is any."""
    parser = argparse.ArgumentParser(prog="newsroom.publish.output_check")
    parser.add_argument("output", type=Path)
    parser.add_argument("--url", default="", help="address of the site")
    options = parser.parse_args(arguments)
    problems = check_output(options.output, options.url)
    if problems:
        print(NewsroomError(problems), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
