"""Logs as they lie on the server: growing, rotated, packed. Each line is given once, whenever it is read.

A log is known by the digest of its first line, under whatever name it lies and packed or not. How far it was
read is remembered with the digest of the last line read; neither tells anything of who visited.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from io import BufferedReader
from typing import IO, cast

from msgspec import Struct

from newsroom.problems import NewsroomError, Problem

_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20


class Mark(Struct, frozen=True):
    """How far a log was read: so many bytes, the last line of which has this digest."""

    size: int
    last: str


class Log:
    """One log: its lines beyond a mark, and the mark after them."""

    def __init__(self, path: str, marks: dict[str, Mark]) -> None:
        self.path, self.marks = path, marks
        self.id = ""
        self.mark: Mark | None = None

    def lines(self) -> Iterator[list[bytes]]:
        """Whole lines that nobody has read yet, many at a time. Raises NewsroomError.

        A last line without an end is still being written: it is left for the next time.
        """
        with ExitStack() as stack:
            stream = self._opened(stack)
            first = stream.readline()
            if not first.endswith(b"\n"):
                return
            self.id = _digest(first)
            known = self.marks.get(self.id)
            size, last = len(first), first
            if known and known.size > 0:
                size = self._skip(stream, len(first), known)
            else:
                yield [first]
            while chunk := self._read(stream):
                if not chunk[-1].endswith(b"\n"):
                    chunk.pop()
                if not chunk:
                    break
                size += sum(map(len, chunk))
                last = chunk[-1]
                yield chunk
                self.mark = Mark(size, _digest(last))
            self.mark = self.mark or known or Mark(size, _digest(last))

    def _read(self, stream: IO[bytes]) -> list[bytes]:
        try:
            return stream.readlines(_CHUNK)
        except (EOFError, OSError, zlib.error) as error:
            message = f"журнал не дочитан: {error}"
            remedy = "файл не цел: скопируйте его с сервера ещё раз"
            raise NewsroomError([Problem(self.path, 0, message, remedy)]) from None

    def _skip(self, stream: IO[bytes], place: int, known: Mark) -> int:
        """Go to where the log was read up to; NewsroomError where it is not the same log any more."""
        rest, tail = known.size - place, b""
        while rest > 0:
            part = stream.read(min(rest, _CHUNK))
            if not part:
                break
            rest -= len(part)
            tail = (tail + part)[-65_536:]
        line = tail.rstrip(b"\n").rpartition(b"\n")[2] + b"\n"
        if rest > 0 or (known.size > place and _digest(line) != known.last):
            message = "журнал начинается, как уже прочитанный, а дальше в нём другое"
            remedy = "прочтите его целиком, каким он был, или не читайте: иначе просмотры удвоятся"
            raise NewsroomError([Problem(self.path, 0, message, remedy)])
        return known.size

    def _opened(self, stack: ExitStack) -> IO[bytes]:
        try:
            file = open(self.path if self.path != "-" else sys.stdin.fileno(), "rb", buffering=_CHUNK)  # noqa: SIM115, PTH123
            stream = cast("BufferedReader", stack.enter_context(file))
            if stream.peek(2)[:2] == _GZIP:  # it looks ahead in a pipe too
                return cast("IO[bytes]", stack.enter_context(gzip.open(stream, "rb")))
        except OSError as error:
            message = f"журнал не открывается: {error.strerror}"
            raise NewsroomError([Problem(self.path, 0, message, "проверьте имя и права")]) from None
        return stream


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
