"""Whatever is in a file: a page or a problem, never a traceback, never a file passed over in silence."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsroom.build.cache import ContentCache
from newsroom.content.schema import HEADERS
from newsroom.content.source import Source, Sources
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import Site
from tests.conftest import VOCABULARY, Built, TinySite
from tests.pdf_files import plain
from tests.spoiling import spoilt

FILES = {
    "releases": "releases/2024/05/2024-05-09-katok.md",
    "events": "events/den.md",
    "broadcasts": "broadcasts/2024/efir.md",
    "issues": "issues/2024/nomer.md",
    "departments": "departments/otdel.md",
    "channels": "channels/vk.md",
    "pages": "pages/about.md",
}
RUSSIAN = re.compile("[а-яё]")
TEXT = st.text(max_size=300)
SCALARS = st.one_of(TEXT, st.integers(), st.floats(), st.booleans(), st.none(), st.dates(), st.datetimes())
VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4))
)
MARKDOWN = st.lists(
    st.one_of(
        TEXT,
        st.sampled_from(
            ["# ", "- ", "> ", "1. ", "![a](b.jpg)", "[a](b.md)", "[a]: /b", "|a|b|\n|-|-|\n|c|d|", "```",
             "    x", "<b>", "[^1]", "**", "_", "`", "\\", "&nbsp;", "https://a.b/", "![](", "[[[[",
             "***" * 30, "\n\n"]
        ),
    ),
    max_size=30,
).map("\n".join)  # fmt: skip


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    clock = datetime(2024, 6, 1, tzinfo=UTC)
    site = Site(name="Новости", city="Город", url="https://news.example", now=clock)
    return Sources(tmp_path_factory.mktemp("content"), site, ContentCache(tmp_path_factory.mktemp("cache")))


def read(sources: Sources, kind: str, data: bytes) -> Source | list[Problem]:
    """What came of a file, which must be one or the other."""
    path = sources.root / FILES[kind]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    try:
        return sources.read(FILES[kind])
    except NewsroomError as error:
        return error.problems


def tells(found: Source | list[Problem], kind: str) -> bool:
    """Whether it is a thing to publish, or a list of problems that an editor can do something with."""
    if isinstance(found, Source):
        return found.is_draft or found.header is not None
    return bool(found) and all(
        problem.file.startswith(FILES[kind].rpartition("/")[0])
        and problem.line >= 0
        and RUSSIAN.search(problem.message)
        and RUSSIAN.search(problem.remedy)
        for problem in found
    )


ANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANY
@given(kind=st.sampled_from(sorted(FILES)), data=st.binary(max_size=2000))
def test_arbitrary_bytes(sources: Sources, kind: str, data: bytes) -> None:
    assert tells(read(sources, kind, data), kind)


@ANY
@given(kind=st.sampled_from(sorted(FILES)), header=TEXT, body=TEXT)
def test_an_arbitrary_text_between_fences(sources: Sources, kind: str, header: str, body: str) -> None:
    assert tells(read(sources, kind, f"---\n{header}\n---\n{body}".encode(errors="replace")), kind)


@pytest.mark.slow
@settings(parent=ANY, max_examples=300)
@given(data=st.data(), kind=st.sampled_from(sorted(FILES)), body=MARKDOWN)
def test_arbitrary_values_of_known_fields(
    sources: Sources, data: st.DataObject, kind: str, body: str
) -> None:
    known = st.sampled_from(sorted(HEADERS[kind].fields))
    header = data.draw(st.dictionaries(known, VALUES, max_size=8))
    text = yaml.safe_dump(header, allow_unicode=True)
    assert tells(read(sources, kind, f"---\n{text}---\n{body}".encode(errors="replace")), kind)


@pytest.mark.slow
@settings(parent=ANY, max_examples=300)
@given(body=MARKDOWN)
def test_an_arbitrary_body_under_a_good_header(sources: Sources, body: str) -> None:
    header = "title: Каток\ndate: 2024-05-09\nrubric: gorod\ndepartment: press\nsummary: Лёд."
    found = read(sources, "releases", f"---\n{header}\n---\n{body}".encode(errors="replace"))
    assert tells(found, "releases")


RICH = """\
---
title: 'Город открыл каток: "Лёд готов"'
date: 2024-05-09 10:00
rubric: gorod
department: press
summary: Каток на площади открыт для всех.
tags: [zima, yarmarka]
image:
  src: katok.jpg
  alt: Дорожка и люди на льду
  author: Городской архив
attachments:
  - file: plan.pdf
    title: План катка
contact: {phone: '112', email: press@city.example}
changes:
  - date: 2024-05-10 09:30
    note: Уточнено время
aliases: [/staroe/mesto/]
featured: true
---
Каток открыт **сегодня**, вход свободный.

## Где и когда

- на площади;
- с 10:00 до 22:00.

| день | часы |
|---|---|
| будни | 12 |

> Лёд готов, — сказали на открытии.

![Вид сверху](katok.jpg "Первый день | Городской архив")

[План](plan.pdf), [ярмарка](2024-05-08-yarmarka.md), [новости](/news/), <https://example.org>.
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    site = TinySite(tmp_path_factory.mktemp("published"))
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.release("2024-05-08-yarmarka", title="Ярмарка")
    site.picture("releases/2024/05/katok.jpg")
    site.write("releases/2024/05/plan.pdf", plain())
    site.write(FILES["releases"], RICH)
    built = site.build()
    assert 0 == built.status, built.said
    return site


def traces(folder: Path) -> dict[str, tuple[int, int]]:
    """All files of a site, and when and as what they were written."""
    found = {}
    for inside, _, names in os.walk(folder):
        for name in names:
            path = Path(inside, name)
            found[str(path)] = (path.stat().st_mtime_ns, path.stat().st_ino)
    return found


def bad_files(site: TinySite, file: str, first_seed: int) -> Iterator[tuple[bytes, Built]]:
    """Fifty builds that were refused, each over one spoilt file."""
    good = (site.content / file).read_bytes()
    seed, found = first_seed, 0
    while found < 50:
        data = spoilt(good, seed)
        seed += 1
        site.write(file, data)
        before = traces(site.output)
        built = site.build()
        if built.status == 0:
            assert is_told_of(data, built), data
        else:
            assert before == traces(site.output), data
            yield data, built
            found += 1
        site.write(file, good)
        if built.status == 0:
            assert 0 == site.build().status


def is_told_of(data: bytes, built: Built) -> bool:
    """Whether what was accepted is a page, a notice, or says itself that it is a draft."""
    return built.has("/news/2024/05/katok/") or b"draft" in data


SPOILT = {
    **{f"a release, part {part}": FILES["releases"] for part in range(6)},
    "the rubrics": "rubrics.yaml",
    "the tags": "tags.yaml",
    "a department": "departments/press.md",
    "a picture": "releases/2024/05/katok.jpg",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SPOILT)
def test_a_bad_file_leaves_the_previous_edition_untouched_and_is_told(published: TinySite, name: str) -> None:
    """Fifty bad files of each: five hundred in all."""
    file = SPOILT[name]
    for data, built in bad_files(published, file, 10_000 * list(SPOILT).index(name)):
        told = built.problems()
        assert told, data
        assert "Traceback" not in built.said
        if file.endswith(".md"):
            assert any(file in line for line in told), (data, told)
