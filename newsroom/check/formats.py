"""Remarks as people read them, and as JSON, GitHub and GitLab take them.

JSON is a list of ``{file, line, column, severity, rule, message, remedy}``: the path as it can be opened
from the folder where the check was run, ``line`` and ``column`` from 1, 0 where there is none, ``severity``
«error», «warning», or «notice» for a draft, ``rule`` a name of ``docs/rules.md``, or «build» for what a build
would refuse, or «lists» for a list of ``check/`` that cannot be understood. New keys may come; these stay.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from newsroom.check.rule import BUILD, LISTS, Remark

WORDS = {"error": "ошибка", "warning": "замечание", "notice": "до выхода"}
WIDEST = 76
"""Characters of a line that are shown: with the margin they fit the narrowest terminal in use, of 80."""
_AROUND = 40
"""Characters that are shown before a fault, if the line is longer."""
_GITLAB = {"error": "major", "warning": "minor", "notice": "info"}


class Places:
    """Opens what remarks name: ``root`` is the content folder, ``near`` the folder people look from."""

    def __init__(self, root: Path, near: Path) -> None:
        self.root, self.near = root.resolve(), near.resolve()
        self._lines: dict[str, list[str]] = {}

    def shown(self, file: str) -> str:
        """The path of a file of the material as a terminal opens it; any other name as it is."""
        path = self.root / file
        if not file or not (path.exists() or path.is_symlink()):
            return file
        return path.relative_to(self.near).as_posix() if path.is_relative_to(self.near) else path.as_posix()

    def line(self, file: str, number: int) -> str:
        """A line of a file of the material, without its end; "" where there is none."""
        if file not in self._lines:
            try:
                self._lines[file] = (self.root / file).read_text("utf-8-sig", "replace").split("\n")
            except (OSError, ValueError):
                self._lines[file] = []
        lines = self._lines[file]
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


Format = Callable[[Sequence[Remark], Places], str]


def as_text(remarks: Sequence[Remark], places: Places) -> str:
    """A remark a line, under it the line of the file and, where a column is known, a mark below the place."""
    told = []
    for remark in remarks:
        file, line, message, remedy = _parts(remark, places)
        place = f"{file}:{line}: " if line else f"{file}: " if file else ""
        rule = "" if remark.rule in (BUILD, LISTS) else f" [{remark.rule}]"
        told.append(f"{place}{WORDS[remark.severity]}: {message} — {remedy}{rule}")
        typed = places.line(remark.problem.file, line).replace("\t", " ")
        if typed.strip():
            shown, column = _cropped(typed, remark.column)
            told.append(f"    {shown}")
            told += [f"    {' ' * (column - 1)}^"] if column else []
    return "\n".join(told)


def _cropped(typed: str, column: int) -> tuple[str, int]:
    """What of a line fits a terminal around a column, and the column in that.

    A paragraph is one line; a terminal breaks it, and a mark below would stand under another word.
    """
    first = max(0, min(column - _AROUND, len(typed) - WIDEST)) if len(typed) > WIDEST else 0
    before = "…" if first else ""
    after = "…" if first + WIDEST < len(typed) else ""
    shown = f"{before}{typed[first + len(before) : first + WIDEST - len(after)]}{after}"
    return shown, column - first if column else 0


def as_json(remarks: Sequence[Remark], places: Places) -> str:
    """The list that this module's head describes."""
    listed = []
    for remark in remarks:
        file, line, message, remedy = _parts(remark, places)
        listed.append(
            {
                "file": file,
                "line": line,
                "column": remark.column,
                "severity": remark.severity,
                "rule": remark.rule,
                "message": message,
                "remedy": remedy,
            }
        )
    return json.dumps(listed, ensure_ascii=False, indent=1)


def as_github(remarks: Sequence[Remark], places: Places) -> str:
    """Workflow commands of GitHub Actions: an annotation at each line."""
    told = []
    for remark in remarks:
        file, line, message, remedy = _parts(remark, places)
        given = {
            "file": file,
            "line": line,
            "col": remark.column,
            "title": f"{WORDS[remark.severity]}: {remark.rule}",
        }
        properties = ",".join(f"{name}={_property(str(value))}" for name, value in given.items() if value)
        told.append(f"::{remark.severity} {properties}::{_data(f'{message} — {remedy}')}")
    return "\n".join(told)


def as_gitlab(remarks: Sequence[Remark], places: Places) -> str:
    """GitLab's Code Quality report; a fingerprint outlives lines that are put in above."""
    seen: Counter[tuple[str, str, str]] = Counter()
    listed = []
    for remark in remarks:
        file, line, message, remedy = _parts(remark, places)
        same = (file, remark.rule, message)
        seen[same] += 1
        fingerprint = hashlib.sha256("\0".join((*same, str(seen[same]))).encode()).hexdigest()
        listed.append(
            {
                "description": f"{message} — {remedy}",
                "check_name": remark.rule,
                "fingerprint": fingerprint,
                "severity": _GITLAB[remark.severity],
                "location": {"path": file, "lines": {"begin": max(line, 1)}},
            }
        )
    return json.dumps(listed, ensure_ascii=False, indent=1)


FORMATS: dict[str, Format] = {"text": as_text, "json": as_json, "github": as_github, "gitlab": as_gitlab}


def _parts(remark: Remark, places: Places) -> tuple[str, int, str, str]:
    problem = remark.problem
    return places.shown(problem.file), problem.line, problem.message, problem.remedy


def _data(text: str) -> str:
    """A message as a workflow command carries it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
