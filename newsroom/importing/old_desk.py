"""What becomes of links and pictures of an old page when it is made a release."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from newsroom.content.folder import MEDIA_TYPES, PICTURES
from newsroom.importing.addresses import full_address
from newsroom.importing.found_pictures import TOO_LARGE, for_the_web, is_too_large, own_words
from newsroom.importing.names import Names
from newsroom.importing.old_addresses import key_of
from newsroom.importing.old_files import OldFiles, name_of


class OldDesk:
    """The desk of one release.

    ``page`` is the old address of its page, ``pages`` has the files of all releases by the keys
    of their old addresses, ``hidden`` are files that readers cannot see. ``files`` is what lies
    beside the release, ``linked`` the other releases it names, ``losses`` what was not kept.
    """

    def __init__(
        self,
        file: str,
        title: str,
        page: str,
        *,
        pages: Mapping[str, str],
        old_files: OldFiles,
        names: Names,
        hidden: Container[str] = frozenset(),
    ) -> None:
        self.files: dict[str, bytes] = {}
        self.linked: set[str] = set()
        self.losses: list[str] = []
        self._file, self._title, self._page = file, title, page
        self._pages, self._old_files, self._names, self._hidden = pages, old_files, names, hidden
        self._folder = posixpath.dirname(file)
        self._stem = PurePosixPath(file).stem[len("2024-05-09-") :]
        self._kept: dict[str, str] = {}
        names.give_back(self._folder, file)

    def link(self, address: str) -> str:
        if address.startswith("#"):
            return ""
        full = self.whole(address)
        if not full:
            if name := self._attached(address):
                return name
            self.lost(f"ссылка «{address[:100]}» никуда не ведёт: остались слова")
            return ""
        if not self._is_of_old_site(full):
            return full
        place = key_of(full, with_place=True)
        target = self._pages.get(place) or self._pages.get(key_of(full))
        if target is None:
            return self._attached(full) or full
        fragment = urlsplit(full).fragment
        if fragment and place not in self._pages and target != self._file:
            self.lost(f"ссылка на место «#{fragment}» другой страницы ведёт на её начало")
        return self._to(target)

    def _to(self, target: str) -> str:
        """The address of another release, "" where there is none to lead to."""
        if target == self._file:
            return ""  # to the page it stands on: a printed version, a heading
        if target in self._hidden:
            self.lost(f"ссылка на {target}, которого читатели пока не видят: остались слова")
            return ""
        self.linked.add(target)
        return posixpath.relpath(f"/{target}", f"/{self._folder}")

    def picture(self, address: str) -> str:
        full = address if address.startswith("data:") else self.whole(address) or address.strip()
        if full not in self._kept:
            self._kept[full] = self._picture(full)
        return self._kept[full]

    def alt(self, written: str, caption: str) -> str:
        """Without a description the headline stands for the picture: a release goes out as it is."""
        words = own_words(written) or caption
        if not words:
            self.lost("у картинки не было описания: поставлен заголовок")
        return words or self._title

    def lost(self, what: str) -> None:
        self.losses.append(what)

    def attachment(self, address: str) -> str:
        """The name of a file that was attached, or "" where it is not to be had."""
        full = self.whole(address)
        told = len(self.losses)
        name = self._attached(full or address.strip())
        if not name and len(self.losses) == told and full not in self._kept:
            left = "осталась ссылка на старый сайт" if full else "ссылки на него нет"
            self.lost(f"вложение {full or address} не вошло: {left}")
        return name

    def whole(self, address: str) -> str:
        """The address as it is known to the whole world, "" where it cannot be told."""
        return full_address(address, self._page)

    def _attached(self, full: str) -> str:
        """The name beside the release of a file the old site had, "" where the address is no such file's."""
        suffix = PurePosixPath(name_of(full)).suffix.lower()
        if suffix not in MEDIA_TYPES or full in self._kept:
            return self._kept.get(full, "")
        if suffix in PICTURES:
            return self.picture(full)
        data = self._old_files.find(full)
        self._kept[full] = ""
        if data is None:
            self.lost(f"файл {full} не найден{_left(full)}")
        else:
            self._kept[full] = self._put(data, PurePosixPath(name_of(full)).stem, suffix)
        return self._kept[full]

    def _picture(self, full: str) -> str:
        data = self._old_files.find(full) if full else None
        told = full if not full.startswith("data:") else "внутри текста"
        if data is None:
            fault = "не читается" if told != full else f"не найдена{_left(full)}"
            self.lost(f"картинка {told or 'без адреса'} {fault}")
            return ""
        made = for_the_web(data)
        if made is None:
            broken = "испорчена или такого вида, какого браузеры не показывают"
            self.lost(f"картинка {told} {TOO_LARGE if is_too_large(data) else broken}")
            return ""
        return self._put(made[0], self._stem, made[1])

    def _put(self, data: bytes, words: str, suffix: str) -> str:
        same = next((name for name, other in self.files.items() if other == data), "")
        if same:
            return same
        name = self._names.claim(self._folder, words, suffix, self._file)
        self.files[name] = data
        return name

    def _is_of_old_site(self, full: str) -> bool:
        own, other = urlsplit(self._page).hostname or "", urlsplit(full).hostname or ""
        return own.removeprefix("www.") == other.removeprefix("www.")


def _left(full: str) -> str:
    """What is left of a file: a link, if the world can open it."""
    return ": осталась ссылка на старый сайт" if full_address(full) else ""
