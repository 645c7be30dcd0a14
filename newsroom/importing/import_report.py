"""What became of every entry of an import: a table for a file, a few lines for the screen."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsroom.content.plurals import plural
from newsroom.importing.planning import FAILED, IMPORTED, KNOWN, SKIPPED, Outcome

_HEAD = ("запись", "заголовок", "что стало", "старый адрес", "новый адрес", "файл", "что не сохранилось")
_SHOWN = 10
"""Failures and kinds of losses told on the screen; all are in the file."""


def table(outcomes: Sequence[Outcome], left: Sequence[str], suffix: str) -> bytes:
    """The report as Markdown for «.md», else as CSV that Excel opens by a double click."""
    rows = [*map(_row, outcomes), *(("все", "", "", "", "", "", remark) for remark in _of_all(left))]
    return _markdown(rows).encode() if suffix == ".md" else _csv([_HEAD, *rows], bom=True)


def redirects(outcomes: Sequence[Outcome]) -> bytes:
    """«old;new»: paths at which no static page can answer, with new addresses; empty if there are none."""
    pairs = sorted(
        {
            (outcome.old, outcome.url)
            for outcome in outcomes
            if outcome.old and outcome.url not in {"", outcome.old}
        }
    )
    return _csv([("old", "new"), *pairs], bom=False) if pairs else b""


def lines(outcomes: Sequence[Outcome], left: Sequence[str]) -> Iterator[str]:
    """The report in a few lines."""
    states = Counter(outcome.state for outcome in outcomes)
    yield f"Вошло: {plural(states[IMPORTED], 'релиз', 'релиза', 'релизов')}."
    if states[KNOWN]:
        yield f"Уже были, не тронуты: {states[KNOWN]}."
    if states[SKIPPED]:
        yield f"Пропущено, это не записи (вложения, меню): {states[SKIPPED]}."
    if states[FAILED]:
        yield f"Не вошло: {plural(states[FAILED], 'запись', 'записи', 'записей')}:"
    failed = [outcome for outcome in outcomes if outcome.state == FAILED]
    for outcome in failed[:_SHOWN]:
        yield f"  {outcome.entry.place}, «{outcome.entry.title[:60]}»: {'; '.join(outcome.remarks)}"
    if len(failed) > _SHOWN:
        yield f"  … и ещё {len(failed) - _SHOWN}, все — в отчёте"
    worse = sum(bool(outcome.remarks) for outcome in outcomes if outcome.state == IMPORTED)
    if worse:
        yield f"Вошли не целиком или с заменами: {worse} (что именно — в отчёте)."
    yield from _of_all(left)


def redirects_beside(report: Path) -> Path:
    """Where the list of redirects lies."""
    return report.with_name(f"{report.stem}-redirects.csv")


def _of_all(left: Sequence[str]) -> Iterator[str]:
    if left:
        yield f"Столбцы, которых в релизе нет, не вошли: {', '.join(left)}."


def _row(outcome: Outcome) -> tuple[str, ...]:
    entry = outcome.entry
    remarks = "; ".join(outcome.remarks)
    return entry.place, entry.title, outcome.state, entry.address, outcome.url, outcome.file, remarks


def _csv(rows: Sequence[Sequence[str]], *, bom: bool) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    cells = [[" ".join(cell.replace("|", "\\|").split()) for cell in row] for row in [_HEAD, *rows]]
    head, *others = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join(["# Отчёт о переносе", "", head, "|" + "---|" * len(_HEAD), *others, ""])
