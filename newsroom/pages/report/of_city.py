"""What the press service told of: events of the city, broadcasts, the magazine."""

from __future__ import annotations

from itertools import groupby

from newsroom.content.amount import Amount
from newsroom.content.types import Issue
from newsroom.pages.report.figures import Chapter, Number, Row, Source, Statement, Table
from newsroom.pages.report.ground import Ground

_OTHERS = "Другие эфиры"
_MAGAZINE = Source("Журнал", "/magazine/")


def events(ground: Ground) -> Chapter:
    """The events of the year, each with the releases that name it."""
    source = Source("События", "/events/")
    counts = ground.releases.outline.counts["event"] if ground.releases else {}
    today = ground.site.now.astimezone(ground.site.tz).date()
    days = {
        event.id: [day.start for day in event.dates if day.year == ground.year and day.start <= today]
        for event in ground.library.events
    }
    held = [event for event in ground.library.events if days[event.id]]
    first = {id: min(starts) for id, starts in days.items() if starts}
    rows = tuple(
        Row(label=event.title, numbers=(_counted(counts.get(event.id, 0), source),), url=event.url)
        for event in sorted(held, key=lambda event: (first[event.id], event.title))
    )
    total = _counted(len(rows), source) if rows else Number()
    remedy = "укажите в событиях даты этого года"
    table = Table(
        id="events-of-year",
        title="События года",
        head=("Событие", "Релизов на этом сайте"),
        rows=rows,
        source=source,
    )
    return Chapter(
        id="events",
        title="События города",
        statements=(Statement(label="Городских событий освещено", number=total, remedy=remedy),),
        tables=(table,) if rows else (),
    )


def broadcasts(ground: Ground) -> Chapter:
    """The broadcasts that were on the air in the year, by series."""
    source = Source("Эфиры", "/broadcasts/")
    aired = [
        each
        for each in ground.library.broadcasts
        if each.start.year == ground.year and each.state == "recorded"
    ]
    by_series = groupby(sorted(aired, key=lambda each: each.series), lambda each: each.series)
    counted = sorted(((len(list(some)), series or _OTHERS) for series, some in by_series), reverse=True)
    total = _counted(len(aired), source) if aired else Number()
    statements = [
        Statement(label="Эфиров за год", number=total, remedy="добавьте эфиры года в content/broadcasts")
    ]
    statements += [Statement(label=series, number=_counted(count, source)) for count, series in counted]
    return Chapter(id="broadcasts", title="Прямые эфиры", statements=tuple(statements))


def magazine(ground: Ground) -> Chapter:
    """The numbers of the magazine and how many copies were printed."""
    issues = [issue for issue in ground.library.issues if issue.date.year == ground.year]
    number = _counted(len(issues), _MAGAZINE) if issues else Number()
    remedy = "добавьте номер в content/issues"
    statements = [Statement(label="Номеров журнала", number=number, remedy=remedy)]
    statements += [_print_run(issue) for issue in sorted(issues, key=lambda issue: issue.date)]
    title = f"Журнал «{ground.site.magazine}»" if ground.site.magazine else "Журнал"
    return Chapter(id="magazine", title=title, statements=tuple(statements))


def _counted(count: int, source: Source) -> Number:
    return Number(amount=Amount(count), source=source)


def _print_run(issue: Issue) -> Statement:
    amount = Amount(issue.print_run) if issue.print_run else None
    number = Number(amount=amount, source=Source(issue.title, issue.url) if amount else None)
    remedy = f"впишите print_run в content/{issue.source}"
    return Statement(label=f"Тираж номера {issue.number}, экземпляров", number=number, remedy=remedy)
