"""A published address never dies: whatever stands in ``addresses.lock`` is answered by this edition."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct, field

from newsroom.content.address_lock import NAME, AddressLock
from newsroom.content.library import Library
from newsroom.content.notices import FILE as NOTICES
from newsroom.content.notices import is_message
from newsroom.problems import Problem

_NOTICE_REMEDY = (
    "верните его в список с прежними id и effective; если оно ошибочно, допишите новое с полем cancels"
)
_REMEDY = "верните файл, а если страницы быть не должно, отзовите её (status: withdrawn с причиной)"


class Promises(Struct, frozen=True, kw_only=True, dict=True):
    """``lock`` are the addresses promised; ``kept`` tells whether this edition answers one.

    ``uncertain`` are addresses of files with problems of their own, ``waiting`` those that
    are not published, with the reason.
    """

    lock: AddressLock
    library: Library
    kept: Callable[[str], bool]
    uncertain: frozenset[str] = frozenset()
    waiting: Mapping[str, str] = field(default_factory=dict)

    def broken(self, addresses: Iterable[str]) -> Iterator[Problem]:
        """Those of ``addresses`` that are promised and lead nowhere now; raises NewsroomError."""
        lost = [
            each
            for each in addresses
            if each in self.lock.lines and not self.kept(each) and each not in self.uncertain
        ]
        strangers = self._new_files() if lost else {}
        for address in lost:
            yield self._told(address, strangers)

    def _told(self, address: str, strangers: dict[str, str]) -> Problem:
        line = self.lock.lines[address]
        if address in self.waiting:
            message = f"адрес {address} уже опубликован, а {self.waiting[address]}"
            remedy = "верните прежние date и status; чтобы убрать страницу, отзовите её: status: withdrawn"
            return Problem(NAME, line, message, remedy)
        if is_message(address):
            message = f"экстренное сообщение {address} уже опубликовано, а в {NOTICES} его больше нет"
            return Problem(NAME, line, message, _NOTICE_REMEDY)
        message = f"адрес {address} уже опубликован, а страницы больше нет"
        renamed = _nearest(address, strangers)
        if not renamed:
            return Problem(NAME, line, message, _REMEDY)
        file = strangers.pop(renamed)
        is_list = file.endswith(".yaml")
        where = f"для {renamed}" if is_list else "в его шапку"
        remedy = f"если это переименование, добавьте {where} строку «aliases: [{address}]»"
        return Problem(file, 0 if is_list else 1, message, remedy)

    def _new_files(self) -> dict[str, str]:
        """Files whose address was never published, by the address: one of them may be the lost one."""
        years = self.library.years
        entries = [entry for year in years for entry in (*year.published, *year.withdrawn)]
        found = {entry.url: entry.file for entry in (*entries, *self.library.entries) if entry.url}
        found |= {term.url: file for file, term in self.library.listed_terms}
        return {url: file for url, file in found.items() if url not in self.lock.lines}


def _nearest(address: str, strangers: Iterable[str]) -> str:
    """The new address that a lost one most likely became: the most alike, best in the same folder."""
    folder = address.rstrip("/").rpartition("/")[0] + "/"
    beside = [url for url in strangers if url.startswith(folder) and url.count("/") == address.count("/")]
    near = difflib.get_close_matches(address, beside, n=1, cutoff=0.7)
    near = near or difflib.get_close_matches(address, strangers, n=1, cutoff=0.8)
    if near:
        return near[0]
    return beside[0] if len(beside) == 1 else ""
