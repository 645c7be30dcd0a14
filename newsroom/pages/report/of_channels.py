"""Official pages in networks: subscribers, how many more they are, posts and views, by owners and pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from newsroom.content.amount import Amount, total
from newsroom.content.dates import day as day_of
from newsroom.content.types import Channel
from newsroom.pages.announcing import listed
from newsroom.pages.report.figures import Chapter, Number, Row, Source, Statement, Table
from newsroom.pages.report.ground import AUDIENCE, Ground

_FILE = "content/data/audience.csv"
_SITE = "Сайт"
"""Has readers and no subscribers: they are told of in a chapter of their own."""
_DIRECTORY = Source("Каналы", "/channels/")


def chapter(ground: Ground) -> Chapter:
    """Posts, views and growth of each owner; a table of his pages; how many pages departments opened."""
    owners = list(_owners(ground))
    statements = [each for owner, channels in owners for each in _of_owner(owner, channels, ground)]
    statements += _opened(ground)
    tables = tuple(
        _table(number, owner, channels, ground) for number, (owner, channels) in enumerate(owners, 1)
    )
    return Chapter(id="channels", title="Социальные сети", statements=tuple(statements), tables=tables)


def _owners(ground: Ground) -> Iterator[tuple[str, list[Channel]]]:
    """The owners of pages with what is known of a year, departments aside: they are counted together."""
    pages = [channel for channel in listed(ground.library.channels) if not channel.of_department]
    for owner, some in groupby(sorted(pages, key=lambda page: page.owner), lambda page: page.owner):
        channels = list(some)
        names = {owner, *(channel.id for channel in channels)}
        if owner in ground.totals.growth or any(
            count.channel in names and count.date.year == ground.year
            for count in ground.measures.audience.counts
        ):
            yield owner, channels


def _of_owner(owner: str, channels: Sequence[Channel], ground: Ground) -> Iterator[Statement]:
    for field, label in (("posts", "Постов за год"), ("views", "Просмотров постов за год")):
        amount, day = _sum(owner, channels, field, ground)
        yield Statement(
            label=f"{label} ({owner})",
            number=ground.from_audience(amount),
            remark=f"сосчитано на {day_of(day)}" if day and (day.month, day.day) != (12, 31) else "",
            remedy=f"добавьте {field} в {_FILE}",
            large=field == "views",
        )
    remedy = f"добавьте в {_FILE} подписчиков на начало года или growth в {ground.totals.file}"
    yield Statement(
        label=f"Прирост подписчиков за год ({owner})", number=_growth(owner, channels, ground), remedy=remedy
    )


def _sum(
    owner: str, channels: Sequence[Channel], field: str, ground: Ground
) -> tuple[Amount | None, date | None]:
    """What a line says of all the owner's pages, or the sum of his pages, if each is known: the later one.

    With it the day up to which it is known of all.
    """
    audience, year = ground.measures.audience, ground.year
    stated = audience.last_count(owner, field, year)
    parts = [audience.last_count(channel.id, field, year) for channel in _of_the_year(channels, ground)]
    whole = [part for part in parts if part]
    is_whole = bool(whole) and len(whole) == len(parts)
    if stated and not (is_whole and min(part.date for part in whole) > stated.date):
        return getattr(stated, field), stated.date
    if not is_whole:
        return None, None
    return total([getattr(part, field) for part in whole]), min(part.date for part in whole)


def _of_the_year(channels: Sequence[Channel], ground: Ground) -> list[Channel]:
    """The pages that were counted in the year, and those that are kept and should have been."""
    audience, year = ground.measures.audience, ground.year
    return [
        channel
        for channel in channels
        if audience.of_year(channel.id, year) or (_is_live(channel) and channel.network != _SITE)
    ]


def _growth(owner: str, channels: Sequence[Channel], ground: Ground) -> Number:
    """What a release says, else the difference, if each page was counted at both ends of the year."""
    if stated := ground.totals.growth.get(owner):
        return ground.stated(stated, signed=True)
    growths = [_growth_of(channel, ground) for channel in _of_the_year(channels, ground)]
    known = [growth for growth in growths if growth is not None]
    amount = total(known) if known and len(known) == len(growths) else None
    return ground.from_audience(amount, signed=True)


def _growth_of(channel: Channel, ground: Ground) -> Amount | None:
    is_new = channel.opened is not None and channel.opened.year == ground.year
    return ground.measures.audience.growth(channel.id, ground.year, is_new=is_new)


def _table(number: int, owner: str, channels: Sequence[Channel], ground: Ground) -> Table:
    reached = [channel for channel in channels if _has_audience(channel, ground)]
    rows = sorted((_row(channel, ground) for channel in reached), key=_by_subscribers)
    return Table(
        id=f"channels-{number}",
        title=f"Подписчики, посты, просмотры: {owner}",
        head=("Страница", "Подписчиков", "Прирост", "Постов", "Просмотров"),
        rows=tuple(rows),
        drawing="bars",
        source=AUDIENCE,
    )


def _has_audience(channel: Channel, ground: Ground) -> bool:
    """A page that nobody ever counted, and that no release goes to, is no place in a network."""
    return bool(channel.announce) or channel.id in ground.measures.audience.by_channel


def _row(channel: Channel, ground: Ground) -> Row:
    audience, year = ground.measures.audience, ground.year
    subscribers, posts, views = (
        ground.from_audience(audience.last(channel.id, field, year))
        for field in ("subscribers", "posts", "views")
    )
    grown = ground.from_audience(_growth_of(channel, ground), signed=True)
    return Row(
        label=channel.title, numbers=(subscribers, grown, posts, views), url=f"/channels/#{channel.id}"
    )


def _by_subscribers(row: Row) -> tuple[int, str]:
    known = row.numbers[0].amount
    return -(known.value if known else -1), row.label


def _opened(ground: Ground) -> Iterator[Statement]:
    """Pages that departments opened in the year."""
    label = "Новых пабликов подразделений"
    if stated := ground.totals.department_pages:
        yield Statement(label=label, number=ground.stated(stated))
        return
    pages = [channel for channel in listed(ground.library.channels) if channel.of_department]
    opened = [page for page in pages if page.opened and page.opened.year == ground.year]
    if opened:
        yield Statement(label=label, number=Number(amount=Amount(len(opened)), source=_DIRECTORY))
    else:
        yield Statement(label=label, number=Number(), remedy="укажите в каналах подразделений поле opened")


def _is_live(channel: Channel) -> bool:
    return channel.status == "active"
