"""What is wrong with the material, told to the editor all at once."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
"""What the system says where a file finds no room, or may not be written at all."""


class Problem(Struct, frozen=True, order=True):
    """One fault in one file: where it is, what is wrong, what to do.

    ``file`` is relative to the content folder, ``line`` counts from 1
    (0 when the fault belongs to the whole file); the texts are in Russian.
    """

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message} — {self.remedy}"


class NewsroomError(Exception):
    """The material cannot be published; carries every problem found."""

    exitcode = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[NewsroomError], tuple[list[Problem]]]:
        """How a worker process sends it: made again of its problems, not of its text."""
        return type(self), (self.problems,)


def no_room(error: OSError, place: Path) -> NewsroomError:
    """What to tell of a disk that is full or closed; ``place`` where the system names no file."""
    message = f"не записано: {error.strerror}"
    remedy = "освободите место на диске и соберите снова"
    return NewsroomError([Problem(str(error.filename or place), 0, message, remedy)])
