"""The rules put to many files: by all processors, and only to those that are not known already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec

from newsroom.build.fingerprint import fingerprint
from newsroom.build.program import program
from newsroom.build.scan import UNKNOWN, Scan, content_digest, digest_of, settled
from newsroom.build.sealed import seal, unseal
from newsroom.build.workers import Tick, processors, share_out
from newsroom.check.circumstances import Circumstances
from newsroom.check.lists import LISTS
from newsroom.check.manuscript import manuscript_of
from newsroom.check.pictures import path_of
from newsroom.check.rule import LISTS as BROKEN_LIST
from newsroom.check.rule import Remark
from newsroom.check.rules import remarks
from newsroom.check.russian import DICTIONARY_FILES
from newsroom.content.catalogue import FileState, states
from newsroom.content.front_matter import decoded, read_bytes
from newsroom.problems import NewsroomError

PACKAGE = Path(__file__).parent.parent
WORTH_SHARING = 200
"""Files from which on a second process saves more time than it costs."""


class Looked(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the rules said of a file when it and its pictures (``states``) were as they were."""

    file: str
    states: tuple[FileState, ...]
    remarks: tuple[Remark, ...]

    @property
    def is_read(self) -> bool:
        """Whether the rules could be put to it: its header is one."""
        return any(state.path == self.file and state.digest for state in self.states)


class Looking:
    """Puts the rules to files of the content folder ``root``.

    ``stamps`` are those of all files there as they were at ``now``, in nanoseconds since 1970.
    """

    def __init__(self, root: Path, stamps: Scan, now: int) -> None:
        self.root, self.stamps, self.now = root, stamps, now

    def at(self, files: Sequence[str]) -> list[Looked]:
        """What the rules say of these files, sorted."""
        workers = processors() if len(files) >= WORTH_SHARING else 1
        parts = share_out(files, self._at_some, workers=workers)
        return sorted((looked for part in parts for looked in part), key=lambda looked: looked.file)

    def at_all(self, files: Sequence[str], memory: Path) -> list[Looked]:
        """The same; of what is as it was the file ``memory`` knows, and is told for the next time."""
        key = self._key()
        known = {looked.file: looked for looked in _recalled(memory, key)}
        kept = {file: looked for file in files if (looked := self._refreshed(known.get(file)))}
        found = [*kept.values(), *self.at([file for file in files if file not in kept])]
        found.sort(key=lambda looked: looked.file)
        if found != list(known.values()):
            with suppress(OSError):  # a full disk only costs the next check its speed
                seal(memory, key, msgspec.msgpack.encode(found))
        return found

    def _key(self) -> bytes:
        """What every remark depends on: the program, the city's lists, the contacts of departments,
        the names of channels."""
        of_all = [path for path in self.stamps if path.startswith((f"{LISTS}/", "departments/"))]
        digests = [(path, content_digest(self.root / path)) for path in sorted(of_all)]
        places = (PACKAGE / "check", PACKAGE / "content", PACKAGE / "build", *DICTIONARY_FILES)
        channels = sorted(path for path in self.stamps if path.startswith("channels/"))
        return fingerprint(program(*places), digests, channels)

    def _refreshed(self, looked: Looked | None) -> Looked | None:
        """The same with the stamps of today, if all its files hold what they held; else None.

        Files with other stamps, as in a fresh clone, are compared by their digests.
        """
        if looked is None or all(self.stamps.get(state.path) == state.stamp for state in looked.states):
            return looked
        for state in looked.states:
            if not state.digest or content_digest(self.root / state.path) != state.digest:
                return None
        now = (
            FileState(state.path, self.stamps.get(state.path, UNKNOWN), state.digest)
            for state in looked.states
        )
        return msgspec.structs.replace(looked, states=self._settled(now))

    def _at_some(self, files: Sequence[str], tick: Tick) -> list[Looked]:
        circumstances = Circumstances(self.root)
        look = partial(self._at_one, circumstances=circumstances)
        found = []
        for file in files:
            found.append(look(file))
            tick(1)
        return found

    def _at_one(self, file: str, circumstances: Circumstances) -> Looked:
        if file.startswith(f"{LISTS}/"):
            return self._at_a_list(file, circumstances)
        try:
            data = read_bytes(self.root / file, file)
            manuscript = manuscript_of(decoded(data, file), file)
        except NewsroomError:  # a build tells what is wrong with it
            return Looked(file, (FileState(file, UNKNOWN, b""),), ())
        paths = {path_of(manuscript, picture) for picture in manuscript.pictures} - {""}
        digests = {file: digest_of(data), **dict.fromkeys(paths, b"")}
        known = states(digests, self.stamps, self.root)
        return Looked(file, self._settled(known), tuple(remarks(manuscript, circumstances)))

    def _at_a_list(self, file: str, circumstances: Circumstances) -> Looked:
        """What is wrong with one of the city's lists, which no build reads."""
        digest = content_digest(self.root / file)
        problems = (problem for problem in circumstances.lists.problems() if problem.file == file)
        told = tuple(Remark(problem, BROKEN_LIST, "error") for problem in problems)
        return Looked(file, self._settled(states({file: digest}, self.stamps, self.root)), told)

    def _settled(self, known: Iterable[FileState]) -> tuple[FileState, ...]:
        return tuple(msgspec.structs.replace(state, stamp=settled(state.stamp, self.now)) for state in known)


def _recalled(memory: Path, key: bytes) -> list[Looked]:
    data = unseal(memory, key)
    return msgspec.msgpack.decode(data, type=list[Looked]) if data else []
