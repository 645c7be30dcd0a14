"""The sets of open data: which there are, their columns and their rows."""

from __future__ import annotations

from datetime import UTC, date, datetime

from newsroom.content.amount import Amount
from newsroom.content.audience import Audience, Count
from newsroom.content.catalogue import Entry
from newsroom.content.library import Library
from newsroom.content.measures import Measures
from newsroom.content.views import Views
from newsroom.content.years import Entries
from newsroom.pages.announcing import listed
from newsroom.pages.feed_items import known_start
from newsroom.pages.open_data_tables import Column, DataSet, Row, Rows, Table
from newsroom.pages.uris import uri
from newsroom.pages.yearbook import Yearbooks
from newsroom.settings import Site


def datasets(library: Library, books: Yearbooks, site: Site, measures: Measures) -> tuple[DataSet, ...]:
    """Every set that has rows, for the page ``/data/`` and for the files."""
    sets = (
        _releases(library, books, site),
        _channels(library, measures.audience),
        _audience(library, measures.audience),
        _views(measures.views),
        _views_of_releases(measures.views),
        _events(library, site),
        _broadcasts(library, site),
        _issues(library, site),
    )
    return tuple(each for each in sets if any(table.rows for table in each.tables))


def _releases(library: Library, books: Yearbooks, site: Site) -> DataSet:
    columns = (
        Column("id", "Постоянное имя пресс-релиза"),
        Column("date", "Время публикации", "dateTime"),
        Column("updated", "Время последнего исправления", "dateTime"),
        Column("title", "Заголовок"),
        Column("rubric", "Рубрика"),
        Column("department", "Подразделение, выпустившее пресс-релиз"),
        Column("tags", "Темы"),
        Column("events", "Городские события"),
        Column("summary", "Краткое содержание"),
        Column("address", "Адрес страницы", "anyURI"),
        Column("words", "Число слов в тексте", "integer"),
        Column("pictures", "Число иллюстраций", "integer"),
        Column("conventional_date", "Дата условная: в источнике не названа", "boolean"),
    )
    return DataSet(
        id="releases",
        title="Пресс-релизы",
        description="Все опубликованные пресс-релизы, по одной таблице на год.",
        columns=columns,
        tables=tuple(
            Table(
                name=f"releases-{year.name}",
                title=f"Пресс-релизы, {year.name}",
                rows=Rows(Entries([year]), lambda entry: _release_row(entry, library, site)),
            )
            for year in library.releases.years
        ),
        modified=_last_change(library, books, site),
    )


def _last_change(library: Library, books: Yearbooks, site: Site) -> date | None:
    last = max((books.years[year.name].changed for year in library.releases.years), default=None)
    return None if last is None else datetime.fromtimestamp(last, UTC).astimezone(site.tz).date()


def _release_row(entry: Entry, library: Library, site: Site) -> Row:
    release = library.release(entry)
    return {
        "id": release.id,
        "date": release.date.isoformat(),
        "updated": release.updated.isoformat(),
        "title": release.title,
        "rubric": release.rubric.title,
        "department": release.department.title,
        "tags": [tag.title for tag in release.tags],
        "events": [event.title for event in release.events],
        "summary": release.summary,
        "address": uri(site, release.url),
        "words": release.words,
        "pictures": len(release.pictures),
        "conventional_date": release.conventional_date,
    }


def _channels(library: Library, audience: Audience) -> DataSet:
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
        for counts in (audience.subscribers(channel.id),)
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


def _audience(library: Library, audience: Audience) -> DataSet:
    """Pages that the directory does not show are not told of here either."""
    hidden = {channel.id for channel in library.channels} - {each.id for each in listed(library.channels)}
    counts = [count for count in audience.counts if count.channel not in hidden]
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


def _views(views: Views) -> DataSet:
    tables = (
        Table(
            name=f"views-{year}",
            title=f"Просмотры, {year}",
            rows=tuple(
                {"date": day, "views": count} for day, count in sorted(views.by_day(int(year)).items())
            ),
        )
        for year in reversed(views.names)
    )
    return DataSet(
        id="views",
        title="Просмотры новостей на сайте по дням",
        description="Сколько раз открывали страницы пресс-релизов, по журналам сервера и без роботов.",
        columns=(Column("date", "День", "date"), Column("views", "Просмотров", "integer")),
        tables=tuple(tables),
    )


def _views_of_releases(views: Views) -> DataSet:
    tables = (
        Table(
            name=f"views-of-releases-{year}",
            title=f"Просмотры пресс-релизов, {year}",
            rows=tuple({"release": id, "views": count} for id, count in views.most_read(int(year))),
        )
        for year in reversed(views.names)
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


def _events(library: Library, site: Site) -> DataSet:
    rows = tuple(
        {
            "id": event.id,
            "title": event.title,
            "start": dates.start.isoformat(),
            "end": dates.end.isoformat(),
            "place": event.place,
            "summary": event.summary,
            "address": uri(site, event.url),
            "releases": sum(entry.day[:4] == str(dates.year) for entry in library.by_event.get(event.id, ())),
            "conventional_date": event.conventional_date,
        }
        for event in library.events
        for dates in event.dates
    )
    return DataSet(
        id="events",
        title="Городские события",
        description="Даты городских событий; строка на каждый год.",
        columns=(
            Column("id", "Постоянное имя события"),
            Column("title", "Название"),
            Column("start", "Первый день", "date"),
            Column("end", "Последний день", "date"),
            Column("place", "Место"),
            Column("summary", "Краткое описание"),
            Column("address", "Адрес страницы", "anyURI"),
            Column("releases", "Пресс-релизов о событии за этот год", "integer"),
            Column("conventional_date", "Дата условная: в источнике не названа", "boolean"),
        ),
        tables=(Table(name="events", title="События", rows=rows),),
    )


def _broadcasts(library: Library, site: Site) -> DataSet:
    rows = tuple(
        {
            "id": broadcast.id,
            "title": broadcast.title,
            "start": known_start(broadcast.start).isoformat(),
            "minutes": broadcast.duration_minutes or None,
            "state": broadcast.state,
            "video": broadcast.video,
            "address": uri(site, broadcast.url),
            "conventional_date": broadcast.conventional_date,
        }
        for broadcast in library.broadcasts
    )
    return DataSet(
        id="broadcasts",
        title="Прямые эфиры",
        description="Объявленные, идущие и записанные прямые эфиры.",
        columns=(
            Column("id", "Постоянное имя эфира"),
            Column("title", "Название"),
            Column("start", "Начало; только день, если час не назван", "dateTime, date"),
            Column("minutes", "Длительность в минутах", "integer"),
            Column("state", "Состояние: announced — объявлен, live — идёт, recorded — в записи"),
            Column("video", "Адрес видео", "anyURI"),
            Column("address", "Адрес страницы", "anyURI"),
            Column("conventional_date", "Дата условная: в источнике не названа", "boolean"),
        ),
        tables=(Table(name="broadcasts", title="Прямые эфиры", rows=rows),),
    )


def _issues(library: Library, site: Site) -> DataSet:
    rows = tuple(
        {
            "id": issue.id,
            "title": issue.title,
            "number": issue.number,
            "date": issue.date.isoformat(),
            "pages": issue.pages,
            "print_run": issue.print_run or None,
            "pdf": uri(site, issue.pdf.url),
            "pdf_bytes": issue.pdf.size,
            "address": uri(site, issue.url),
            "conventional_date": issue.conventional_date,
        }
        for issue in library.issues
    )
    return DataSet(
        id="issues",
        title="Номера журнала",
        description=f"Номера журнала «{site.magazine}»." if site.magazine else "Номера журнала.",
        columns=(
            Column("id", "Постоянное имя номера"),
            Column("title", "Название"),
            Column("number", "Номер"),
            Column("date", "Дата выхода", "date"),
            Column("pages", "Число страниц", "integer"),
            Column("print_run", "Тираж, экземпляров", "integer"),
            Column("pdf", "Адрес файла PDF", "anyURI"),
            Column("pdf_bytes", "Размер файла PDF в байтах", "integer"),
            Column("address", "Адрес страницы", "anyURI"),
            Column("conventional_date", "Дата условная: в источнике не названа", "boolean"),
        ),
        tables=(Table(name="issues", title="Номера журнала", rows=rows),),
    )
