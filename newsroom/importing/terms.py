"""Rubrics, tags and departments of the newsroom, by whatever an old site called them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from newsroom.content.types import Term
from newsroom.content.vocabulary import read_rubrics, read_tags
from newsroom.importing.kept import letters
from newsroom.problems import NewsroomError, Problem


class Terms:
    """``rubrics`` and ``tags`` map old names to ids of ours; ``rubric`` is for entries without a known one.

    Raises NewsroomError for an id there is not.
    """

    def __init__(
        self,
        content: Path,
        *,
        rubric: str,
        department: str,
        rubrics: Mapping[str, str],
        tags: Mapping[str, str],
    ) -> None:
        known_rubrics, known_tags = read_rubrics(content), read_tags(content)
        departments = sorted(path.stem for path in (content / "departments").glob("*.md"))
        self.rubric = rubric
        self.department = department or (departments[0] if len(departments) == 1 else "")
        problems = [
            *_not_listed("рубрики", [*filter(None, [rubric]), *rubrics.values()], known_rubrics),
            *_not_listed("темы", tags.values(), known_tags),
            *_not_listed("подразделения", [self.department], departments),
        ]
        if problems:
            raise NewsroomError(problems)
        self._rubrics = _by_name(known_rubrics, rubrics)
        self._tags = _by_name(known_tags, tags)

    def rubric_of(self, written: str) -> str:
        """The id of the rubric that an old site calls so; else the one for all others, "" without it."""
        return self._rubrics.get(letters(written), "") or self.rubric

    def is_rubric(self, written: str) -> bool:
        return letters(written) in self._rubrics

    def tags_of(self, written: Iterable[str]) -> list[str]:
        """The ids of tags that are in our list, each once."""
        return list(dict.fromkeys(self._tags[letters(name)] for name in written if self.is_tag(name)))

    def is_tag(self, written: str) -> bool:
        return letters(written) in self._tags


def _by_name(known: Mapping[str, Term], given: Mapping[str, str]) -> dict[str, str]:
    """Ids by the letters of the id, of the title, and of what an editor has said."""
    titles = {letters(term.title): id for id, term in known.items()}
    return titles | {letters(id): id for id in known} | {letters(name): id for name, id in given.items()}


def _not_listed(kind: str, ids: Iterable[str], known: Iterable[str]) -> list[Problem]:
    listed = list(known)
    remedy = f"есть: {', '.join(listed)}"
    return [
        Problem(
            "",
            0,
            f"{kind} «{id}» нет" if id else f"не сказано, чьи это релизы: нет {kind}",
            _said(id, remedy),
        )
        for id in dict.fromkeys(ids)
        if id not in listed
    ]


def _said(id: str, remedy: str) -> str:
    return remedy if id else f"добавьте --department; {remedy}"
