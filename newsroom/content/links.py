"""Addresses that an editor writes in a text, turned into addresses of the site."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import unquote

from newsroom.content.addresses import address_of
from newsroom.content.attached import Picture
from newsroom.content.figures import caption_and_author
from newsroom.content.folder import PICTURES, Folder
from newsroom.content.safe_addresses import CONTROL, is_safe_address
from newsroom.content.types import Link
from newsroom.content.values import says_something
from newsroom.problems import Problem
from newsroom.settings import Site

_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:", re.MULTILINE)
_FORGOTTEN_SCHEME = re.compile(
    r"www\.|[^/:\s]+@[^/\s]+$|(?:[\w-]+\.)+(?:ru|su|рф|com|org|net|info)(?:[/?#]|$)", re.IGNORECASE
)
_FORGOTTEN_SLASH = re.compile(r"(?!\.)[^/:#?]+/(?:[^/:#?]+/)*(?:[#?].*)?$")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def find_line(source: str, needle: str, before: int = 0) -> int:
    """Line of the Markdown source, from 1, where an address stands; 1 when it is nowhere.

    An address in brackets or in a reference is preferred to the same words in a text.
    ``before`` are its occurrences already told of: the next one is meant, or the last.
    """
    if not needle:
        return 1
    places = list(islice(_places(source, needle), before + 1))
    place = places[-1] if places else max(source.find(needle), 0)
    return source.count("\n", 0, place) + 1


def _places(source: str, address: str) -> Iterator[int]:
    """Where «(address», «<address» or «]: address» begin, «(» and the like included."""
    place = source.find(address)
    while place >= 0:
        end = place + len(address)
        after = source[end : end + 1]
        opening = _opening(source[:place])
        if opening >= 0 and (not after or after.isspace() or after in ")>\"'"):
            yield opening
            place = source.find(address, end)
        else:
            place = source.find(address, place + 1)


def _opening(before: str) -> int:
    """Place of what opens an address at the end of a text: «(», «]:», «<», or the former two with «<»."""
    bare = before.removesuffix("<")
    bracket = bare.rstrip()
    if bracket.endswith("("):
        return len(bracket) - 1
    if bracket.endswith("]:"):
        return len(bracket) - 2
    return len(bare) if bare != before else -1


@dataclass(frozen=True)
class Text:
    """A Markdown text: the file it stands in, and the line of that file it begins at."""

    file: str
    markdown: str
    first_line: int = 1

    def line(self, needle: str, before: int = 0) -> int:
        """The line of the file where ``needle`` stands, ``before`` occurrences passed over."""
        return self.first_line + find_line(self.markdown, needle, before) - 1

    def faults(self) -> Iterator[Problem]:
        """What stands in the text itself and cannot be published as it was meant."""
        yield from self._footnotes()
        if "{" not in self.markdown or "lang" not in self.markdown.lower():
            return
        from newsroom.content.foreign_passages import faulty_marks

        for place, mark in faulty_marks(self.markdown):
            yield self.fault_of_mark(place, mark)

    def fault_of_mark(self, place: int, mark: str) -> Problem:
        """What is said of a mark of a language, at that place of the text, that does not work."""
        line = self.first_line + self.markdown.count("\n", 0, place)
        remedy = "образец: [Smart City]{lang=en}; коды языков: en — английский, zh — китайский, de — немецкий"
        return Problem(self.file, line, f"пометка языка «{mark}» не сработает", remedy)

    def _footnotes(self) -> Iterator[Problem]:
        """Footnotes of other Markdowns, which would be taken for links to files."""
        if "[^" not in self.markdown:
            return
        for found in _FOOTNOTE.finditer(self.markdown):
            line = self.first_line + self.markdown.count("\n", 0, found.start())
            remedy = "напишите примечание в тексте или в конце его"
            yield Problem(self.file, line, "сноски не поддерживаются", remedy)


class Links:
    """Resolves the links and pictures of one text, and keeps what it found and what it did not.

    ``found`` are links to this site, to be checked when all its addresses are known;
    ``addresses`` maps each address written to the one it became.
    """

    def __init__(self, text: Text, folder: Folder, site: Site) -> None:
        self.text, self.folder, self.site = text, folder, site
        self.found: list[Link] = []
        self.problems: list[Problem] = []
        self.addresses: dict[str, str] = {}
        self._seen: Counter[str] = Counter()

    def link(self, address: str, hint: str = "") -> str:
        """Address for ``href``: of a page, of a file beside the text, or what was given."""
        resolved = self._resolved(address, self._line(hint or address or "]()"))
        self.addresses[address] = resolved
        return resolved

    def picture(self, address: str, alt: str, title: str) -> Picture | None:
        """The picture of ``![alt](address "Подпись | Автор")``; notes a problem without it."""
        line = self._line(address)
        if not says_something(alt):
            remedy = "напишите в квадратных скобках, что на картинке: ![описание](файл)"
            self._fault(line, f"у картинки «{address}» нет описания", remedy)
        if _SCHEME.match(address) or address.startswith("/"):
            self._fault(line, f"картинка «{address}» лежит не рядом с текстом", "сохраните её в папку релиза")
            return None
        if PurePosixPath(address).suffix.lower() not in PICTURES:
            self._fault(line, f"«{address}» не картинка", "сохраните её как JPEG, PNG, WebP или GIF")
            return None
        caption, author = caption_and_author(title)
        picture = self.folder.picture(unquote(address), line, alt=alt, caption=caption, author=author)
        if picture:
            self.addresses[address] = self.site.href(picture.url)
        return picture

    def _line(self, needle: str) -> int:
        """The line of the next occurrence: links and pictures come in the order of the text."""
        self._seen[needle] += 1
        return self.text.line(needle, self._seen[needle] - 1)

    def _resolved(self, address: str, line: int) -> str:
        if fault := _fault_of(address):
            self._fault(line, *fault)
            return "#"
        own = address.removeprefix(self.site.url)
        if own != address and own[:1] in {"", "/"}:
            address = own or "/"
        if _SCHEME.match(address):
            return address
        path, _, fragment = address.partition("#")
        if not path or path.startswith("/"):
            self._found(line, path or self.folder.url, fragment)
            return self.site.href(address)
        if path.endswith(".md"):
            return self._page(unquote(path), fragment, line)
        attachment = self.folder.attachment(unquote(path), line)
        return self.site.href(attachment.url) + address[len(path) :] if attachment else "#"

    def _page(self, path: str, fragment: str, line: int) -> str:
        """The address of another content file, named by its path from this one."""
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.text.file), path))
        address = "" if file.startswith("..") else address_of(file)
        if not address or not (self.folder.root / file).is_file():
            remedy = "проверьте имя файла и путь к нему от этого текста"
            self._fault(line, f"ссылка на «{path}», а такого файла нет", remedy)
            return "#"
        self.folder.touched.setdefault(file, b"")  # without that file the link is a fault again
        page, _, place = address.partition("#")
        self._found(line, page, fragment)
        return self.site.href(page) + (f"#{fragment or place}" if fragment or place else "")

    def _found(self, line: int, target: str, fragment: str) -> None:
        self.found.append(Link(file=self.text.file, line=line, target=target, fragment=unquote(fragment)))

    def _fault(self, line: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.text.file, line, message, remedy))


def _fault_of(address: str) -> tuple[str, str] | None:
    """What is wrong with an address wherever it stands, and what to do."""
    if not address:
        return "у ссылки нет адреса", "впишите его в круглые скобки: [слова](адрес)"
    if not is_safe_address(address):
        address = CONTROL.sub(" ", address)  # a line break would begin another message
        return f"адрес «{address}» не годится для ссылки", "оставьте http://, https://, mailto: или tel:"
    incomplete = f"адрес «{address}» неполный"
    if _FORGOTTEN_SCHEME.match(address):
        return incomplete, "добавьте mailto: в начало" if "@" in address else "добавьте https:// в начало"
    if _FORGOTTEN_SLASH.match(address):
        return incomplete, f"начните адрес страницы этого сайта с косой черты: /{address}"
    return None
