"""A report as Markdown (CommonMark with GFM's tables): to read in a terminal, to paste into a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsroom.pages.report.figures import Chapter, Number, Report, Source, Statement, Table
from newsroom.settings import Site

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


def as_markdown(report: Report, site: Site) -> str:
    """The whole report; links lead to the public site."""
    blocks = [f"# {_plain(report.title)}: {_plain(site.name)}"]
    for chapter in report.chapters:
        blocks += _chapter(chapter, site)
    if missing := list(report.missing):
        blocks += ["## Чего в данных нет", _lines(f"{_plain(each.label)}: {each.remedy}" for each in missing)]
    return "\n\n".join(blocks) + "\n"


def _chapter(chapter: Chapter, site: Site) -> Iterator[str]:
    yield f"## {_plain(chapter.title)}"
    if chapter.statements:
        yield _lines(_statement(each, site) for each in chapter.statements)
    for table in chapter.tables:
        yield f"### {_plain(table.title)}"
        yield _table(table, site)


def _statement(statement: Statement, site: Site) -> str:
    words = _plain(statement.label)
    if statement.number:
        words += f": {_number(statement.number, site)}"
    elif statement.source:
        words = _link(words, statement.source, site)
    return f"{words} ({_plain(statement.remark)})" if statement.remark else words


def _number(number: Number, site: Site) -> str:
    told = f"**{number}**"
    return f"[{told}]({site.absolute(number.source.url)})" if number.source else told


def _table(table: Table, site: Site) -> str:
    lines = [_cells(table.head), _cells(["---", *("---:" for _ in table.head[1:])])]
    for row in table.rows:
        label = _link(_plain(row.label), Source("", row.url), site) if row.url else _plain(row.label)
        lines.append(_cells([label, *map(str, row.numbers)]))
    if table.source:
        lines += ["", f"Источник: {_link(_plain(table.source.title), table.source, site)}"]
    return "\n".join(lines)


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _lines(items: Iterator[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _link(words: str, source: Source, site: Site) -> str:
    return f"[{words}]({site.absolute(source.url)})"


def _plain(words: str) -> str:
    """Words of the material, of which nothing is a mark."""
    return _SPECIAL.sub(r"\\\1", words)
