"""The sets of open data: which there are, their columns and their rows."""

from __future__ import annotations

from datetime import UTC, date, datetime

from newsroom.content.catalogue import Entry
from newsroom.content.library import Library
from newsroom.content.measures import Measures
from newsroom.content.years import Entries
from newsroom.pages import open_data_reach
from newsroom.pages.feed_items import known_start
from newsroom.pages.open_data_tables import Column, DataSet, Row, Rows, Table
from newsroom.pages.uris import uri
from newsroom.pages.yearbook import Yearbooks
from newsroom.settings import Site


def datasets(library: Library, books: Yearbooks, site: Site, measures: Measures) -> tuple[DataSet, ...]:
    """Every set that has rows, for the page ``/data/`` and for the files."""
    sets = (
        _releases(library, books, site),
        open_data_reach.channels(library, measures.audience),
        open_data_reach.audience(library, measures.audience),
        open_data_reach.views(measures.views),
        open_data_reach.views_of_releases(measures.views),
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
