"""The last look at a built site before it goes out.

``edition.json`` must describe the folder exactly; every page must have a language,
a title and one heading; every link, picture and anchor must lead to a file of this
site, and so must every address of this site in feeds, sitemaps, calendars, open data and
JSON-LD; no page may request another host; XML and JSON must parse. Nothing is mended here.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from newsroom.build.edition import Edition, EditionError, Fault, files
from newsroom.problems import NewsroomError, Problem
from newsroom.publish import data_addresses
from newsroom.publish.data_addresses import Found, UnreadableError
from newsroom.publish.page_links import Reference, anchors, css_addresses, references

_FAULTS: dict[Fault, tuple[str, str]] = {
    "missing": ("файл назван в edition.json, а в папке его нет", "соберите сайт заново"),
    "changed": ("файл изменён после сборки", "соберите сайт заново"),
    "foreign": ("файла нет в edition.json: он не из этой сборки", "уберите его и соберите сайт заново"),
}
_REBUILD = "это ошибка шаблона или программы: сообщите разработчику"
_CANONICAL = re.compile(rb"<link\b[^>]*\brel=[\"']?canonical\b[^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref=[\"']?([^\"'\s>]+)", re.IGNORECASE)


@dataclass
class _Pages:
    """What was seen while the pages were read: ids by file, the anchors to look up in the end,
    and the addresses in data that lead to a file: thousands of entries name the same few."""

    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    anchors: list[tuple[str, int, str, str]] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Place:
    """Where the site is served and which files it has."""

    url: str
    paths: frozenset[str]

    @property
    def base(self) -> str:
        return urlsplit(self.url).path.rstrip("/")


def check_output(folder: Path, url: str = "") -> list[Problem]:
    """Every fault of the built site in ``folder``, sorted; none when it may be published.

    ``url`` is the address of the site («https://news.example/base»), and a site built for
    another one is at fault; without it the canonical address of the home page tells it.
    """
    if not (folder / "index.html").is_file():
        message = "здесь нет собранного сайта: нет index.html"
        return [Problem(folder.name, 0, message, "сначала соберите его: invoke build")]
    problems = list(_edition_problems(folder))
    built_for, url = _site_url(folder), url.rstrip("/")
    if not built_for:
        message = "нет канонического адреса (link rel=canonical)"
        return [*problems, Problem("index.html", 0, message, _REBUILD)]
    if url not in {"", built_for}:
        message = f"сайт собран для адреса {built_for}, а его место — {url}"
        return [*problems, Problem("index.html", 0, message, "соберите его с этим адресом (SITEURL)")]
    url = built_for
    place = _Place(url, frozenset(files(folder)) | {"edition.json"})
    seen = _Pages()
    for path in sorted(place.paths):
        problems += _file_problems(folder, path, place, seen)
    problems += _anchor_problems(seen)
    return sorted(set(problems))


def _site_url(folder: Path) -> str:
    link = _CANONICAL.search((folder / "index.html").read_bytes())
    address = _HREF.search(link.group()) if link else None
    return address.group(1).decode(errors="replace").rstrip("/") if address else ""


def _edition_problems(folder: Path) -> Iterator[Problem]:
    try:
        found = Edition.read(folder).verify(folder)
    except EditionError as error:
        yield Problem("edition.json", 0, f"перечень выпуска не читается: {error}", "соберите сайт заново")
        return
    for discrepancy in found:
        yield Problem(discrepancy.path, 0, *_FAULTS[discrepancy.fault])


def _file_problems(folder: Path, path: str, place: _Place, seen: _Pages) -> Iterator[Problem]:
    match Path(path).suffix:
        case ".html":
            yield from _page_problems(folder, path, place, seen)
        case ".css":
            text = (folder / path).read_text(encoding="utf-8", errors="replace")
            for line, address in css_addresses(text):
                yield from _reference_problems(Reference(line, address, requested=True), path, place, seen)
        case _ if path != "edition.json":
            yield from _data_problems(data_addresses.of_file(path, folder / path), path, place, seen)


def _page_problems(folder: Path, path: str, place: _Place, seen: _Pages) -> Iterator[Problem]:
    from lxml import etree, html

    data = (folder / path).read_bytes()
    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
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
    seen.ids[path] = anchors(tree)
    for reference in references(tree):
        yield from _reference_problems(reference, path, place, seen)
    yield from _data_problems(data_addresses.of_linked_data(tree), path, place, seen)


def _data_problems(found: Found, path: str, place: _Place, seen: _Pages) -> Iterator[Problem]:
    """What is wrong with the addresses of data; a fragment there names a thing and no place of a page."""
    try:
        for line, address in found:
            page = address.partition("#")[0]
            if page in seen.whole:
                continue
            problems = list(_reference_problems(Reference(line, page, requested=False), path, place, seen))
            yield from problems
            if not problems and page.startswith("http"):
                seen.whole.add(page)
    except UnreadableError as error:
        yield Problem(path, error.line, str(error), _REBUILD)


def _reference_problems(reference: Reference, path: str, place: _Place, seen: _Pages) -> Iterator[Problem]:
    page = f"{place.url}/{path.removesuffix('index.html')}"
    try:
        target = urlsplit(urljoin(page, reference.address))
    except ValueError:
        yield Problem(path, reference.line, f"адрес «{reference.address}» не читается", "исправьте адрес")
        return
    if target.scheme not in {"http", "https"}:
        return
    site = urlsplit(place.url)
    if target.netloc != site.netloc:
        if reference.requested:
            message = f"страница запрашивает чужой узел: «{reference.address}»"
            yield Problem(path, reference.line, message, "положите файл на свой сайт")
        return
    file = _file_of(unquote(target.path), place)
    if not file:
        message = f"ссылка в никуда: «{reference.address}»"
        yield Problem(path, reference.line, message, _remedy(unquote(target.path), place))
    elif target.fragment and file.endswith(".html"):
        seen.anchors.append((path, reference.line, file, unquote(target.fragment)))


def _file_of(path: str, place: _Place) -> str:
    """The file a server sends for a path of the site; "" when there is none."""
    if path != place.base and not path.startswith(place.base + "/"):
        return ""
    file = path[len(place.base) + 1 :]
    if not file or file.endswith("/"):
        file += "index.html"
    return file if file in place.paths else ""


def _remedy(path: str, place: _Place) -> str:
    if _file_of(path + "/", place):
        return "добавьте в конце адреса косую черту"
    return "исправьте адрес или уберите ссылку"


def _anchor_problems(seen: _Pages) -> Iterator[Problem]:
    for path, line, file, anchor in seen.anchors:
        # «#top» is the top of any page (HTML, 7.4.6.4); «:~:» begins a text fragment.
        if anchor == "top" or anchor.startswith(":~:") or anchor in seen.ids.get(file, frozenset()):
            continue
        message = f"на странице {file} нет места «#{anchor}»"
        yield Problem(path, line, message, "исправьте ссылку на место страницы")


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
