"""``content/addresses.lock``: every address that was ever published, a line each.

It outlives renames, rewritten history and lost caches: what stands in it must be answered for
ever, by a page, a notice or a redirect. Lines are only added (``invoke addresses``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from newsroom.build.fingerprint import of_bytes
from newsroom.content.fields import FaultsError
from newsroom.content.notices import is_message
from newsroom.content.values import root_address
from newsroom.problems import NewsroomError, Problem

NAME = "addresses.lock"
_HEAD = "# Опубликованные адреса. Строки добавляет invoke addresses; их не правят и не стирают.\n"


class AddressLock(Struct, frozen=True, dict=True):
    """``data`` is what the file holds; b"" where there is none."""

    data: bytes = b""

    @property
    def digest(self) -> bytes:
        return of_bytes(self.data) if self.data else b""

    @cached_property
    def lines(self) -> dict[str, int]:
        """The addresses with their lines, from 1; raises NewsroomError where a line is none."""
        found, problems = {}, []
        for number, line in enumerate(self.data.decode(errors="replace").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            try:
                found[line if is_message(line) else root_address(line)] = number
            except FaultsError:
                remedy = "верните файл, каким он был в git: его пишет программа"
                problems.append(Problem(NAME, number, f"это не адрес страницы: «{line[:80]}»", remedy))
        if problems:
            raise NewsroomError(problems)
        return found

    def with_more(self, addresses: Iterable[str]) -> AddressLock:
        """The lock with these addresses in it too; itself where it has them all."""
        more = set(addresses) - self.lines.keys()
        if not more:
            return self
        lines = "".join(f"{address}\n" for address in sorted(more | self.lines.keys()))
        return AddressLock((_HEAD + lines).encode())


def read_lock(root: Path) -> AddressLock:
    """The lock of a content folder; raises NewsroomError where it cannot be read."""
    try:
        return AddressLock((root / NAME).read_bytes())
    except FileNotFoundError:
        return AddressLock()
    except OSError as error:
        remedy = "проверьте права на файл"
        raise NewsroomError([Problem(NAME, 0, f"не открывается: {error.strerror}", remedy)]) from None


def write_lock(root: Path, lock: AddressLock) -> None:
    """Put the lock into a content folder, whole or not at all."""
    new = root / f".{NAME}.new"
    new.write_bytes(lock.data)
    new.replace(root / NAME)


def promised(urls: Iterable[str]) -> Iterator[str]:
    """Those of the addresses that are pages of their own, and no place within one."""
    return (url for url in urls if "#" not in url and url != "/")
