"""What is wrong with the material, told to the editor all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
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
