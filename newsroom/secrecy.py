"""The last look at every byte before it is published: nothing of what must not be seen is there.

It trusts nothing that the build did to keep a secret. Files made in this build are searched
for all secrets, the others for those that are new: for the rest they were searched before.
What a secret says in the words of published material is none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

import msgspec

from newsroom.build.edition import walk
from newsroom.build.sealed import seal, unseal
from newsroom.build.stage import Stage
from newsroom.build.stored_zip import members
from newsroom.content.folder import MEDIA_TYPES
from newsroom.content.phrases import plain
from newsroom.content.secrets import Needles, Secret, Why, needles
from newsroom.content.types import PACKAGE
from newsroom.problems import NewsroomError, Problem

_NAME = "searched"
_FORMAT = b"searched 2"
_WHY: dict[Why, str] = {
    "draft": "это черновик",
    "embargo": "его час ещё не пришёл",
    "withdrawn": "он отозван",
}
_REMEDY = "сайт не обновлён; это ошибка программы или темы: покажите сообщение тому, кто их ведёт"
_TOLD = 5
"""Files named for one secret: there may be thousands."""

Found = tuple[str, bytes]


class Public(Protocol):
    """What everybody may read, found where it is asked for."""

    def texts(self) -> Iterable[tuple[str, str]]:
        """The names and the texts of published material and of the theme."""

    def text(self, name: str) -> str:
        """One of them; empty if there is none any more."""

    def files(self) -> frozenset[bytes]:
        """The digests of the pictures and files of published material."""


class _Remembered(msgspec.Struct, array_like=True):
    """The digest of an edition, the needles that it was searched for, by the keys of secrets, and where
    those stand in public that are phrases of published material too."""

    edition: str = ""
    needles: dict[bytes, Needles] = {}
    public: dict[bytes, str] = {}


class Secrecy(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """``secrets`` of the content folder ``root``; ``memory`` is the folder where it is kept what was
    looked for already."""

    root: Path
    secrets: Sequence[Secret] = ()
    public: Public
    memory: Path
    hosts: tuple[bytes, ...] = ()
    """What stands before an address of this site that is told whole: «https://news.example»."""

    def search(self, stage: Stage, stale: Callable[[], Iterable[str]], edition: str) -> None:
        """Look through the site as it will be. Raises NewsroomError where a secret is seen.

        ``stale`` gives the paths that go; ``edition`` is the digest of the last edition, "" where
        there is none to be trusted.
        """
        if not self.secrets:
            return
        made = list(walk(stage.folder))
        found = self._find(self._owners.keys(), made, stage.folder)
        if new := self._owners.keys() - self._searched_for(edition):
            gone = {*made, *stale()}
            left = [path for path in walk(stage.output) if path not in gone and not path.startswith(".git/")]
            found += self._find(new, left, stage.output)
        if leaks := self._without_the_public(found):
            raise NewsroomError(self._problems(leaks))

    def remember(self, edition: str) -> None:
        """Keep that the edition of this digest was looked through; a full disk only costs time."""
        kept = _Remembered(edition, self._needles, self._public)
        if kept != self._last:
            with suppress(OSError):
                seal(self.memory / _NAME, _FORMAT, msgspec.msgpack.encode(kept))

    @cached_property
    def _last(self) -> _Remembered:
        data = unseal(self.memory / _NAME, _FORMAT)
        try:
            return msgspec.msgpack.decode(data, type=_Remembered) if data else _Remembered()
        except msgspec.MsgspecError:
            return _Remembered()

    @cached_property
    def _needles(self) -> dict[bytes, Needles]:
        known = self._last.needles
        return {secret.key: known.get(secret.key) or needles(secret, self.root) for secret in self.secrets}

    @cached_property
    def _owners(self) -> dict[bytes, Secret]:
        """Whose each needle is."""
        return {needle: secret for secret in self.secrets for needle in _all(self._needles[secret.key])}

    def _searched_for(self, edition: str) -> set[bytes]:
        if not edition or self._last.edition != edition:
            return set()
        return {needle for each in self._last.needles.values() for needle in _all(each)}

    def _find(self, wanted: Iterable[bytes], paths: Sequence[str], folder: Path) -> list[Found]:
        from newsroom.build.byte_search import ByteSearch

        return ByteSearch(wanted, self.hosts).in_files(paths, lambda path: _searchable(folder / path))

    def _without_the_public(self, found: Sequence[Found]) -> list[Found]:
        """What was found, but for what stands in published material as well."""
        seen = {needle for _, needle in found}
        every = self._needles.values()
        phrases = seen.intersection(phrase for each in every for phrase in each.phrases)
        marks = {mark: digest for each in every for mark, digest in each.marks.items() if mark in seen}
        public = self._public_phrases(phrases) if phrases else set()
        if marks:
            files = self.public.files()
            public |= {mark for mark, digest in marks.items() if digest in files}
        return [(path, needle) for path, needle in found if needle not in public]

    @cached_property
    def _public(self) -> dict[bytes, str]:
        """Where phrases stand in public, as far as that is known."""
        return {phrase: name for phrase, name in self._last.public.items() if phrase in self._owners}

    def _public_phrases(self, phrases: Iterable[bytes]) -> set[bytes]:
        left = {phrase: plain(unquote(phrase.decode())) for phrase in phrases}
        public = {
            phrase
            for phrase, words in left.items()
            if phrase in self._public and words in plain(self.public.text(self._public[phrase]))
        }
        for name, text in self.public.texts():
            if public == left.keys():
                break
            line = plain(text)
            found = {phrase for phrase, words in left.items() if words in line}
            self._public.update(dict.fromkeys(found - public, name))
            public |= found
        return public

    def _problems(self, leaks: Iterable[Found]) -> Iterator[Problem]:
        """One for each secret. What was found is not repeated: logs are read."""
        paths: dict[str, set[str]] = {}
        for path, needle in leaks:
            paths.setdefault(self._owners[needle].entry.file, set()).add(path)
        for secret in self.secrets:
            if seen := sorted(paths.get(secret.entry.file, ())):
                where = ", ".join(seen[:_TOLD]) + (" …" if len(seen) > _TOLD else "")
                message = f"{_WHY[secret.why]}, а на сайте его было бы видно: {where}"
                yield Problem(secret.entry.file, 0, message, _REMEDY)


def _all(found: Needles) -> Iterator[bytes]:
    yield from found.phrases
    yield from found.addresses
    yield from found.marks


def _searchable(path: Path) -> bytes:
    """The bytes of a file, unpacked if it is one of the search; its SHA-256 too where it may be a picture
    or an attachment, or has some in it."""
    data = path.read_bytes()
    if path.suffix.startswith(".pf_"):
        from newsroom.build.pagefind_files import searched_bytes

        return searched_bytes(data)
    if path.name == PACKAGE:
        return data + b"".join(_digest(member) for member in members(data))
    if path.suffix.lower() in MEDIA_TYPES:
        return data + _digest(data)
    return data.replace(b"\r\n ", b"") if path.suffix == ".ics" else data  # folded lines (RFC 5545, 3.1)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
