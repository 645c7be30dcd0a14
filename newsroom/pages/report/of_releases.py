"""Press releases of the year: how many, by months, rubrics, departments."""

from __future__ import annotations

from collections import Counter
from datetime import date

from newsroom.content.amount import Amount
from newsroom.content.dates import month_name
from newsroom.content.plurals import plural
from newsroom.content.types import Department, Rubric
from newsroom.pages.report.figures import Chapter, Number, Row, Source, Statement, Table
from newsroom.pages.report.ground import Ground


def chapter(ground: Ground) -> Chapter:
    """All of it; what was counted elsewhere, before this site was, stands first."""
    return Chapter(id="releases", title="Пресс-релизы", statements=(_total(ground),), tables=_tables(ground))


def _total(ground: Ground) -> Statement:
    label, here = "Пресс-релизов за год", _here(ground)
    if stated := ground.totals.releases:
        told = plural(here, "пресс-релиз", "пресс-релиза", "пресс-релизов")
        remark = f"на этом сайте — {told}" if Amount(here) != stated.amount else ""
        return Statement(label=label, number=ground.stated(stated), remark=remark, large=True)
    if not here:
        return Statement(label=label, number=Number(), remedy="добавьте релизы года или число в releases")
    number = ground.counted(here, "Новости года", f"/news/{ground.year}/")
    return Statement(label=label, number=number, large=True)


def _here(ground: Ground) -> int:
    return ground.releases.outline.published if ground.releases else 0


def _tables(ground: Ground) -> tuple[Table, ...]:
    if not ground.releases:
        return ()
    outline, library = ground.releases.outline, ground.library
    source = Source("Новости года", f"/news/{ground.year}/")
    by_terms = (
        ("rubric", "По рубрикам, на этом сайте", "Рубрика", library.rubrics),
        ("department", "По подразделениям, на этом сайте", "Подразделение", library.departments),
    )
    terms = (
        _by_terms(f"releases-by-{kind}", title, head, outline.counts[kind], things, source)
        for kind, title, head, things in by_terms
    )
    return (_by_months(ground, source), *(table for table in terms if table.rows))


def _by_months(ground: Ground, source: Source) -> Table:
    assert ground.releases
    count: Counter[str] = Counter()
    for day, releases in ground.releases.outline.days:
        count[day[:7]] += releases
    months = (date(ground.year, month, 1) for month in range(1, 13))
    rows = (
        Row(
            label=month_name(month),
            numbers=(Number(amount=Amount(count[f"{month:%Y-%m}"]), source=source),),
            url=f"/news/{month:%Y/%m}/" if count[f"{month:%Y-%m}"] else "",
        )
        for month in months
    )
    return Table(
        id="releases-by-month",
        title="По месяцам, на этом сайте",
        head=("Месяц", "Релизов"),
        rows=tuple(rows),
        drawing="columns",
        source=source,
    )


def _by_terms(
    id: str,
    title: str,
    head: str,
    counts: dict[str, int],
    things: tuple[Rubric, ...] | tuple[Department, ...],
    source: Source,
) -> Table:
    counted = sorted(
        ((counts[thing.id], thing) for thing in things if thing.id in counts),
        key=lambda pair: (-pair[0], pair[1].title),
    )
    rows = tuple(
        Row(label=thing.title, numbers=(Number(amount=Amount(count), source=source),), url=thing.url)
        for count, thing in counted
    )
    return Table(id=id, title=title, head=(head, "Релизов"), rows=rows, drawing="bars", source=source)
