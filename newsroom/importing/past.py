"""The import of an old site: every entry made a release, tried, and kept if it is sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from newsroom.content.markdown import Converter
from newsroom.importing.names import Names
from newsroom.importing.old_desk import OldDesk
from newsroom.importing.old_files import OldFiles
from newsroom.importing.old_release import Made, make
from newsroom.importing.planning import FAILED, Outcome, Plan
from newsroom.importing.rules_said import said_by_rules
from newsroom.importing.trial import tried
from newsroom.importing.writing import write_all
from newsroom.problems import NewsroomError, Problem

_TAKEN = re.compile(r"адрес (/\S*) уже занят")
_MOST_TRIALS = 10
"""Each leaves out what the one before found unsound; what they leave out, others may have named."""


class Past:
    """The releases of a plan, made and tried until those that are left are sound."""

    def __init__(self, content: Path, plan: Plan, old_files: OldFiles, settings: str) -> None:
        self._content, self._plan, self._settings = content, plan, settings
        self._old_files, self._names = old_files, Names(content)
        self._made: dict[str, Made] = {}
        self._converter = Converter()

    def make(self) -> None:
        """Make and try; outcomes of the plan tell what was left out and why."""
        if not self._plan.releases and not any(outcome.old for outcome in self._plan.outcomes):
            return
        self._make(list(self._plan.releases))
        for _ in range(_MOST_TRIALS):
            trial = tried(self._content, self._files(), self._settings)
            if not trial.problems:
                break
            self._make(self._mended(trial.problems))
        for file, problems in trial.problems.items():
            self._leave_out(file, problems)
        self._plan.keep_free(trial.addresses)

    def keep(self) -> None:
        """Write all releases, each with what lies beside it; one that cannot be written is told."""
        for file, made in self._made.items():
            folder = self._content / Path(file).parent
            beside = {folder / name: data for name, data in made.files.items()}
            try:
                write_all(beside | {self._content / file: made.text.encode()})
            except NewsroomError as error:
                self._fail(file, error.problems)

    def look(self) -> None:
        """Put the rules to the texts that came over; what they say stands in the report."""
        texts = {file: made.text for file, made in self._made.items()}
        for file, said in said_by_rules(self._content, texts).items():
            if self._plan.by_file[file].state != FAILED:
                self._plan.by_file[file].remarks += said

    def _make(self, files: Iterable[str]) -> None:
        for file in files:
            planned = self._plan.releases[file]
            desk = OldDesk(
                file, planned.title, planned.page,
                pages=self._plan.pages, old_files=self._old_files, names=self._names,
                hidden=self._plan.hidden,
            )  # fmt: skip
            self._made[file] = make(planned, desk, self._converter)
            outcome = self._plan.by_file[file]
            outcome.remarks = list(dict.fromkeys([*outcome.remarks, *self._made[file].losses]))

    def _files(self) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        for file, made in self._made.items():
            folder = Path(file).parent
            files |= {(folder / name).as_posix(): data for name, data in made.files.items()}
            files[file] = made.text.encode()
        return files

    def _mended(self, found: Mapping[str, list[Problem]]) -> list[str]:
        """The releases to be made again, without an alias that is taken or a link to what is left out."""
        aliases = {planned.alias.rstrip("/"): file for file, planned in self._plan.releases.items()}
        again: set[str] = set()
        gone: set[str] = set()
        for file, problems in found.items():
            taken = [match[1].rstrip("/") for each in problems if (match := _TAKEN.match(each.message))]
            holders = {aliases[address] for address in taken if address and address in aliases}
            if len(taken) == len(problems) and holders:
                again |= holders
            else:
                gone.add(file)
        for file in again:
            self._give_up_alias(file)
        for file in gone:
            self._leave_out(file, found[file])
        again |= {file for file, made in self._made.items() if made.linked & gone}
        return sorted(again & self._made.keys())

    def _give_up_alias(self, file: str) -> None:
        planned, outcome = self._plan.releases[file], self._plan.by_file[file]
        told = f"старый адрес {planned.alias} занят другой страницей: прежнего адреса у релиза нет"
        outcome.remarks.append(told)
        self._plan.releases[file] = replace(planned, alias="")

    def _leave_out(self, file: str, problems: Iterable[Problem]) -> None:
        del self._made[file]
        self._plan.pages = {key: other for key, other in self._plan.pages.items() if other != file}
        self._fail(file, problems)

    def _fail(self, file: str, problems: Iterable[Problem]) -> None:
        outcome: Outcome = self._plan.by_file[file]
        outcome.state, outcome.file, outcome.old = FAILED, "", ""
        outcome.remarks += [f"{problem.message} — {problem.remedy}" for problem in problems]
