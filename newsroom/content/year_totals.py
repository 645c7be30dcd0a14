"""``data/years/2023.yaml``: what is known of a year and follows from nothing else here, with its source.

releases:
  value: 1530
  release: 2024-01-15-itogi-2023-goda
plans:
  - Освещать все направления жизни города

Every number names the release that says it. A year with such a file has a page.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from pathlib import Path

from msgspec import Struct

from newsroom.content import values
from newsroom.content.amount import Amount, amount
from newsroom.content.data_table import FOLDER
from newsroom.content.fields import Each, Part, field
from newsroom.content.front_matter import FrontMatter, parse_yaml, read_text
from newsroom.content.schema import Header
from newsroom.content.validation import validate
from newsroom.problems import NewsroomError, Problem

YEARS = f"{FOLDER}/years"
_NAME = re.compile(r"\d{4}\.yaml")
_SOURCE = "релиз, в котором оно названо: имя его файла без .md"


class StatedHeader(Header):
    """Число из релиза."""

    value: Amount = field(amount, "число: 1530, а если известно лишь «более» — >1500")
    release: str = field(values.text, _SOURCE)


class GrowthHeader(Header):
    """Прирост подписчиков за год."""

    owner: str = field(values.text, "чьи страницы: Администрация города")
    value: Amount = field(amount, "на сколько больше подписчиков, чем в начале года")
    release: str = field(values.text, _SOURCE)


class SaidHeader(Header):
    """Что сделано впервые."""

    text: str = field(values.text, "что сделано, одной фразой")
    release: str = field(values.text, "релиз об этом: имя его файла без .md")


class PlansHeader(Header):
    """Что в планах на следующий год."""

    release: str = field(values.text, "релиз о планах: имя его файла без .md")
    tasks: tuple[str, ...] = field(Each(values.text), "что намечено, по строке на задачу")


class YearHeader(Header):
    """Итоги года: `content/data/years/2023.yaml`."""

    releases: StatedHeader | None = field(Part(StatedHeader), "сколько пресс-релизов вышло", None)
    site_views: StatedHeader | None = field(
        Part(StatedHeader), "сколько раз смотрели новости на сайте; пусто — по data/views", None
    )
    department_pages: StatedHeader | None = field(
        Part(StatedHeader), "сколько страниц открыли подразделения; пусто — по полю opened каналов", None
    )
    growth: tuple[GrowthHeader, ...] = field(
        Each(Part(GrowthHeader)), "прирост подписчиков; пусто — по data/audience.csv", ()
    )
    firsts: tuple[SaidHeader, ...] = field(Each(Part(SaidHeader)), "что сделано впервые", ())
    plans: PlansHeader | None = field(Part(PlansHeader), "что в планах на следующий год", None)


class Stated(Struct, frozen=True):
    """A number, and the id of the release that says it."""

    amount: Amount
    release: str


class Said(Struct, frozen=True):
    """Words, and the id of the release that says them."""

    text: str
    release: str


class YearTotals(Struct, frozen=True, kw_only=True):
    """What people wrote of a year; None and () where they wrote nothing. ``growth`` is by owners."""

    year: int
    releases: Stated | None = None
    site_views: Stated | None = None
    department_pages: Stated | None = None
    growth: dict[str, Stated] = {}
    firsts: tuple[Said, ...] = ()
    plans: tuple[Said, ...] = ()

    @property
    def file(self) -> str:
        """The path from the content folder."""
        return f"{YEARS}/{self.year}.yaml"

    @property
    def named(self) -> Iterator[str]:
        """The ids of the releases that it names."""
        numbers = (self.releases, self.site_views, self.department_pages, *self.growth.values())
        yield from (each.release for each in (*numbers, *self.firsts, *self.plans) if each)


def read_years(root: Path) -> dict[int, YearTotals]:
    """The totals by years; raises NewsroomError with the problems of all files."""
    found: dict[int, YearTotals] = {}
    problems: list[Problem] = []
    for path in sorted((root / YEARS).glob("[!.]*")):
        try:
            totals = _read(path)
            found[totals.year] = totals
        except NewsroomError as error:
            problems += error.problems
    if problems:
        raise NewsroomError(problems)
    return found


def strange_releases(totals: YearTotals, releases: Container[str], root: Path) -> Iterator[Problem]:
    """Releases named as a source that are not published."""
    text = (root / totals.file).read_text("utf-8", "replace")
    for id in dict.fromkeys(totals.named):
        if id not in releases:
            line = text.count("\n", 0, max(text.find(id), 0)) + 1
            remedy = "впишите имя файла опубликованного релиза без .md"
            yield Problem(totals.file, line, f"релиза «{id}» среди опубликованных нет", remedy)


def strange_owners(totals: YearTotals, owners: Container[str], root: Path) -> Iterator[Problem]:
    """Owners of pages named in growth that own none."""
    text = (root / totals.file).read_text("utf-8", "replace")
    for owner in totals.growth:
        if owner not in owners:
            line = text.count("\n", 0, max(text.find("growth"), 0)) + 1
            remedy = "впишите owner так же, как в шапках каналов"
            yield Problem(totals.file, line, f"страниц владельца «{owner}» нет", remedy)


def _read(path: Path) -> YearTotals:
    file = f"{YEARS}/{path.name}"
    if not _NAME.fullmatch(path.name):
        remedy = "назовите файл по году: 2023.yaml"
        raise NewsroomError([Problem(file, 0, "это не итоги года", remedy)])
    header, lines = parse_yaml(read_text(path, file), file)
    given = validate(YearHeader, FrontMatter(header, "", 1, dict(lines)), file)
    plans = given.plans
    return YearTotals(
        year=int(path.stem),
        releases=_stated(given.releases),
        site_views=_stated(given.site_views),
        department_pages=_stated(given.department_pages),
        growth={each.owner: Stated(each.value, each.release) for each in given.growth},
        firsts=tuple(Said(each.text, each.release) for each in given.firsts),
        plans=tuple(Said(task, plans.release) for task in plans.tasks) if plans else (),
    )


def _stated(given: StatedHeader | None) -> Stated | None:
    return Stated(given.value, given.release) if given else None
