"""Sets of open data on how many people are reached: official pages, their audience, views of releases."""

from __future__ import annotations

from newsroom.content.amount import Amount
from newsroom.content.audience import Audience, Count
from newsroom.content.library import Library
from newsroom.content.views import Views
from newsroom.pages.announcing import listed
from newsroom.pages.open_data_tables import Column, DataSet, Row, Table


def channels(library: Library, known: Audience) -> DataSet:
    rows = tuple(
        {
            "id": channel.id,
            "title": channel.title,
            "network": channel.network,
            "owner": channel.owner,
            "of_department": channel.of_department,
            "status": channel.status,
            "opened": channel.opened.isoformat() if channel.opened else "",
            "address": channel.address,
            "counted": counts[-1].date.isoformat() if counts else "",
            "subscribers": _value(counts[-1].subscribers) if counts else None,
        }
        for channel in listed(library.channels)
        for counts in (known.subscribers(channel.id),)
    )
    return DataSet(
        id="channels",
        title="Официальные страницы в социальных сетях",
        description="Страницы, их состояние и последнее известное число подписчиков.",
        columns=(
            Column("id", "Постоянное имя страницы"),
            Column("title", "Название"),
            Column("network", "Социальная сеть"),
            Column("owner", "Кто ведёт страницу"),
            Column("of_department", "Страница подразделения", "boolean"),
            Column("status", "Состояние: active — ведётся, archive — архив, closed — закрыта"),
            Column("opened", "День открытия; пусто, если не известен", "date"),
            Column("address", "Адрес страницы; пусто, если в источнике не назван", "anyURI"),
            Column("counted", "День последнего подсчёта", "date"),
            Column("subscribers", "Подписчиков в этот день", "integer"),
        ),
        tables=(Table(name="channels", title="Страницы", rows=rows),),
    )


def audience(library: Library, known: Audience) -> DataSet:
    """Pages that the directory does not show are not told of here either."""
    hidden = {channel.id for channel in library.channels} - {each.id for each in listed(library.channels)}
    counts = [count for count in known.counts if count.channel not in hidden]
    return DataSet(
        id="audience",
        title="Аудитория официальных страниц",
        description="Подписчики, посты и просмотры официальных страниц по дням подсчёта; пустая ячейка — "
        "нет данных. Посты и просмотры — с начала календарного года.",
        columns=(
            Column("date", "День подсчёта", "date"),
            Column("channel", "Имя страницы из набора channels или владелец: все его страницы вместе"),
            Column("subscribers", "Подписчиков", "integer"),
            Column("posts", "Постов с начала года", "integer"),
            Column("views", "Просмотров постов с начала года", "integer"),
            Column("at_least", "Столбцы, где известно только «не меньше»"),
        ),
        tables=(Table(name="audience", title="По дням подсчёта", rows=tuple(map(_count_row, counts))),),
        modified=max((count.date for count in counts), default=None),
    )


def _count_row(count: Count) -> Row:
    known = {name: getattr(count, name) for name in ("subscribers", "posts", "views")}
    return {
        "date": count.date.isoformat(),
        "channel": count.channel,
        **{name: _value(amount) for name, amount in known.items()},
        "at_least": [name for name, amount in known.items() if amount and amount.at_least],
    }


def views(known: Views) -> DataSet:
    tables = (
        Table(
            name=f"views-{year}",
            title=f"Просмотры, {year}",
            rows=tuple(
                {"date": day, "views": count} for day, count in sorted(known.by_day(int(year)).items())
            ),
        )
        for year in reversed(known.names)
    )
    return DataSet(
        id="views",
        title="Просмотры новостей на сайте по дням",
        description="Сколько раз открывали страницы пресс-релизов, по журналам сервера и без роботов.",
        columns=(Column("date", "День", "date"), Column("views", "Просмотров", "integer")),
        tables=tuple(tables),
    )


def views_of_releases(known: Views) -> DataSet:
    tables = (
        Table(
            name=f"views-of-releases-{year}",
            title=f"Просмотры пресс-релизов, {year}",
            rows=tuple({"release": id, "views": count} for id, count in known.most_read(int(year))),
        )
        for year in reversed(known.names)
    )
    return DataSet(
        id="views-of-releases",
        title="Просмотры пресс-релизов за год",
        description="Сколько раз за год открывали страницу каждого пресс-релиза; самые читаемые впереди.",
        columns=(
            Column("release", "Постоянное имя пресс-релиза из набора releases"),
            Column("views", "Просмотров", "integer"),
        ),
        tables=tuple(tables),
    )


def _value(amount: Amount | None) -> int | None:
    return amount.value if amount else None
