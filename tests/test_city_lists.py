"""The lists of ``content/check/``: what is wrong with one is told at its line, and no build knows of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.check.circumstances import Circumstances
from newsroom.check.lists import FILES, Lists
from newsroom.check.manuscript import manuscript_of
from newsroom.check.rules import RULES
from tests.conftest import ROOT, TinySite

pytestmark = pytest.mark.usefixtures("quick_dictionary")

REGISTER = "registers:\n  a:\n    title: Перечень\n    mark: запрещено\n    keywords: запрещ\n"
OF_LISTS = {"spelling", "foreign-word", "official-title", "marked-organization"}
PIECES = (
    *("Мэр", "мэр Братска", "глава", "С. В.", "Серебренников", "Серебренникова", "Иванович", "спорсмен"),
    *("кейсы", "Meta", "IT-", "Ё", "«", "»", ".", "\n\n", "-", "—", "\u2011", "#", "@", "\u0301"),
)


def problems(folder: Path, file: str, text: str | bytes) -> list[str]:
    """What is told of a list with this text."""
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(map(str, Lists(folder / "check").problems()))


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("words.txt", "# два\nНовый Падун\n", "2: строка «Новый Падун» не понятна"),
        ("words.txt", "Падун = Бкайл\n", "1: образца «Бкайл» нет в словаре"),
        ("words.txt", "Падун = идти\n", "1: «Падун» не склоняется как «идти»"),
        ("words.txt", "Падун\n".encode("cp1251"), "1: файл не в UTF-8 (похоже на Windows-1251)"),
        ("foreign-words.yaml", "кейс: случай\nтренд:\n", "2: у слова «тренд» нет замены"),
        ("foreign-words.yaml", "кейс: случай\nкейс: пример\n", "2: поле «кейс» стоит дважды"),
        ("foreign-words.yaml", "- кейс\n", "1: вместо полей список или текст"),
        ("marked-organizations.yaml", "organizations:\n", "1: нет поля «registers»"),
        ("marked-organizations.yaml", "registers: а\n", "1: в поле «registers» должны быть перечни"),
        (
            "marked-organizations.yaml",
            f"{REGISTER}organizations:\n  - names: Пример\n    register: б\n",
            "8: перечня «б» нет",
        ),
        (
            "marked-organizations.yaml",
            REGISTER.replace("    mark: запрещено\n", ""),
            "2: нет поля «mark»",
        ),
        ("officials.yaml", "officials:\n  - surname: Примеров\n", "2: нет поля «titles»"),
        (
            "officials.yaml",
            "officials:\n  - surname: Примеров\n    titles: мэр\n    until: вчера\n",
            "4: поле «until»: дата не читается",
        ),
        (
            "officials.yaml",
            "officials:\n  - surname: Примеров\n    tytles: мэр\n",
            "3: неизвестное поле «tytles»",
        ),
    ],
)
def test_a_broken_list_is_told_at_its_line(tmp_path: Path, file: str, text: str | bytes, told: str) -> None:
    assert any(line.startswith(f"check/{file}:{told}") for line in problems(tmp_path, f"check/{file}", text))


def test_lists_may_be_missing_and_empty(tmp_path: Path) -> None:
    assert [] == Lists(tmp_path / "check").problems()
    for file in FILES:
        text = "registers: {}\n" if "marked" in file else ""
        assert [] == problems(tmp_path, file, text)


def test_a_broken_line_of_words_spares_the_others(tmp_path: Path) -> None:
    problems(tmp_path, "check/words.txt", "Новый Падун\nПадун = Байкал\nкёрлинг = холдинг # вид спорта\n")
    lists = Lists(tmp_path / "check")
    assert {"падун", "кёрлинг"} == lists.words
    assert lists.speller.passes("Падуном")
    assert lists.speller.passes("кёрлингу")


@settings(max_examples=60, deadline=None)
@given(
    text=st.one_of(st.binary(max_size=60), st.text(max_size=80).map(str.encode)), file=st.sampled_from(FILES)
)
def test_whatever_a_list_holds_is_a_list_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, text: bytes, file: str
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    assert all(line.startswith(file) for line in problems(folder, file, text))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_no_text_is_too_strange_for_the_rules_of_lists(text: str) -> None:
    manuscript = manuscript_of(
        f"---\ntitle: Каток\ndate: 2023-05-09\n---\n{text}", "releases/2023/05/2023-05-09-a.md"
    )
    circumstances = Circumstances(ROOT / "content")
    for rule in RULES:
        if rule.name in OF_LISTS:
            assert all(
                0 < found.line <= manuscript.body_line + len(manuscript.lines)
                for found in rule.look(manuscript, circumstances)
            )


def test_the_citys_own_lists_are_sound() -> None:
    assert [] == Lists(ROOT / "content/check").problems()


def test_the_citys_own_texts_give_the_rules_of_lists_nothing_to_say() -> None:
    content = ROOT / "content"
    circumstances = Circumstances(content)
    told = []
    for path in sorted(content.rglob("*.md")):
        manuscript = manuscript_of(path.read_text("utf-8"), path.relative_to(content).as_posix())
        told += [
            found for rule in RULES if rule.name in OF_LISTS for found in rule.look(manuscript, circumstances)
        ]
    assert [] == told


def test_lists_are_no_material_and_a_change_of_one_makes_nothing_anew(site: TinySite) -> None:
    site.release(body="Лёд готов.\n")
    without = site.build().files()
    for file in FILES:
        site.write(file, (ROOT / "content" / file).read_bytes())
    built = site.build()
    assert 0 == built.status, built.said
    assert without == built.files()
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}
    site.write("check/words.txt", "Падун\n")
    site.write("check/officials.yaml", "это не список\n")
    assert 0 == site.build().status
    assert before == {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}
