"""How often the news were read on the site, and which most."""

from __future__ import annotations

from datetime import date

from newsroom.content.amount import Amount
from newsroom.content.dates import month_name
from newsroom.pages.home import most_read
from newsroom.pages.report.figures import Chapter, Drawing, Number, Row, Source, Statement, Table
from newsroom.pages.report.ground import Ground

_SOURCE = Source("Просмотры новостей", "/data/#views")
_MOST = 10


def chapter(ground: Ground) -> Chapter:
    """Views of the year: what a release says of them, else what the server's logs do."""
    return Chapter(id="site", title="Сайт", statements=(_views(ground),), tables=tuple(_tables(ground)))


def _views(ground: Ground) -> Statement:
    stated, remedy = ground.totals.site_views, "посчитайте их по журналам сервера: inv views"
    counted = ground.measures.views.total(ground.year)
    number = Number(amount=Amount(counted), source=_SOURCE) if counted is not None else Number()
    remark = f"по журналам этого сайта — {number}" if stated and counted is not None else ""
    if stated:
        number = ground.stated(stated)
    label = "Просмотров новостей на сайте за год"
    return Statement(label=label, number=number, remark=remark, remedy=remedy, large=True)


def _tables(ground: Ground) -> list[Table]:
    views = ground.measures.views
    if not views.total(ground.year):
        return []
    by_month = views.by_month(ground.year)
    months = (date(ground.year, month, 1) for month in range(1, 13))
    rows = [_row(month_name(month), by_month.get(f"{month:%Y-%m}", 0)) for month in months]
    most = most_read(ground.library, views.most_read(ground.year), _MOST)
    read = [_row(card.title, count, card.url) for card, count in most]
    return [
        _table("views-by-month", "Просмотры по месяцам", "Месяц", rows, "columns"),
        _table("most-read", "Самое читаемое", "Релиз", read, ""),
    ]


def _row(label: str, count: int, url: str = "") -> Row:
    return Row(label=label, numbers=(Number(amount=Amount(count), source=_SOURCE),), url=url)


def _table(id: str, title: str, head: str, rows: list[Row], drawing: Drawing) -> Table:
    return Table(
        id=id, title=title, head=(head, "Просмотров"), rows=tuple(rows), drawing=drawing, source=_SOURCE
    )
