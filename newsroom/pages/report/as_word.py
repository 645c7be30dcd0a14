"""A report as a Word document, in the manner of those of releases (decision 33)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from newsroom.pages.report.figures import Chapter, Number, Report, Statement, Table
from newsroom.pages.uris import uri
from newsroom.pages.word_body import WordBody
from newsroom.pages.word_document import Properties, packed
from newsroom.settings import Site


def as_word(report: Report, site: Site) -> bytes:
    """The DOCX; its moment is the end of the year, so that the same report is the same bytes."""
    body = WordBody()
    blocks = "".join(_blocks(report, site, body))
    ended = datetime(report.year, 12, 31, tzinfo=site.tz)
    properties = Properties(
        title=f"{report.title}: {site.name}",
        creator=site.organization or site.name,
        identifier=site.absolute(report.url),
        created=ended,
        modified=ended,
    )
    return packed(blocks, body, properties)


def _blocks(report: Report, site: Site, body: WordBody) -> Iterator[str]:
    yield body.paragraph(report.title, "Title")
    yield body.paragraph(site.organization or site.name, "Subtitle")
    for chapter in report.chapters:
        yield body.blocks("".join(_chapter(chapter, site)))
    if missing := list(report.missing):
        items = "".join(f"<li>{escape(each.label)}: {escape(each.remedy)}</li>" for each in missing)
        yield body.blocks(f"<h2>Чего в данных нет</h2><ul>{items}</ul>")
    yield body.linked("Отчёт на сайте: ", site.absolute(report.url), uri(site, report.url))


def _chapter(chapter: Chapter, site: Site) -> Iterator[str]:
    """The chapter as HTML, which is what becomes paragraphs and tables of Word."""
    yield f"<h2>{escape(chapter.title)}</h2>"
    if chapter.statements:
        items = "".join(f"<li>{_statement(each, site)}</li>" for each in chapter.statements)
        yield f"<ul>{items}</ul>"
    for table in chapter.tables:
        yield f"<h3>{escape(table.title)}</h3>{_table(table)}"


def _statement(statement: Statement, site: Site) -> str:
    words = escape(statement.label)
    if statement.number:
        words += f": {_number(statement.number, site)}"
    elif statement.source:
        words = f'<a href="{escape(uri(site, statement.source.url))}">{words}</a>'
    return f"{words} ({escape(statement.remark)})" if statement.remark else words


def _number(number: Number, site: Site) -> str:
    told = f"<strong>{escape(str(number))}</strong>"
    return f'<a href="{escape(uri(site, number.source.url))}">{told}</a>' if number.source else told


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(title)}</th>" for title in table.head)
    rows = "".join(
        f"<tr><td>{escape(row.label)}</td>"
        + "".join(f'<td class="right">{escape(str(number))}</td>' for number in row.numbers)
        + "</tr>"
        for row in table.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
