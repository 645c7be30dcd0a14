"""Each rule of ``newsroom/check/`` tells what is wrong in its bad examples, and nothing of its good ones.

The examples are files in ``tests/rules/<rule>/``: ``bad*.md``, ``good*.md``, in ``expected.txt`` what is
told of the bad ones («bad.md:14: сообщение»), in ``pictures.txt`` the pictures that they need
(«katok.jpg 1600x900», with «noise» a heavy one), lists of the city in ``check/``.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import SHOWN, Manuscript, manuscript_of, read_manuscript
from newsroom.check.rule import Remark
from newsroom.check.rules import RULES, remarks
from newsroom.check.rules_reference import reference
from newsroom.content.allowances import ALLOWABLE
from newsroom.content.fields import FaultsError
from newsroom.content.front_matter import FrontMatter
from newsroom.content.schema import PageHeader
from tests.pdf_files import plain, scan

pytestmark = pytest.mark.usefixtures("quick_dictionary")

EXAMPLES = Path(__file__).parent / "rules"
FOLDER = "releases/2024/05"
CASES = sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.glob("*/*.md"))


def told(case: str, content: Path) -> list[Remark]:
    """What all rules say of an example, put among the releases of ``content`` with what it needs."""
    example = EXAMPLES / case
    place = content / FOLDER / f"2024-05-09-{example.name}"
    place.parent.mkdir(parents=True)
    shutil.copy(example, place)
    if (lists := example.parent / "check").is_dir():
        shutil.copytree(lists, content / "check")
    make_pictures(example.with_name("pictures.txt"), place.parent)
    manuscript = read_manuscript(content, f"{FOLDER}/{place.name}")
    assert manuscript
    return list(remarks(manuscript, Circumstances(content)))


def make_pictures(described: Path, folder: Path) -> None:
    from PIL import Image

    lines = described.read_text("utf-8").splitlines() if described.is_file() else ()
    for name, measures, *noise in (line.split() for line in lines):
        width, height = map(int, measures.split("x"))
        picture = Image.new("RGB", (width, height), (12, 60, 80))
        if noise:
            picture = Image.frombytes("RGB", (width, height), Random(1).randbytes(width * height * 3))
        picture.save(folder / name, compress_level=1)


def expected(case: str) -> list[str]:
    """The lines of ``expected.txt`` that are about this example, without its name."""
    rule, _, name = case.partition("/")
    lines = (EXAMPLES / rule / "expected.txt").read_text("utf-8").splitlines()
    return [line.removeprefix(f"{name}:") for line in lines if line.startswith(f"{name}:")]


@pytest.mark.parametrize("case", [case for case in CASES if "/bad" in case])
def test_a_bad_example_is_told_where_it_is_bad(case: str, tmp_path: Path) -> None:
    remarks = told(case, tmp_path)
    assert {case.partition("/")[0]} == {remark.rule for remark in remarks}
    assert expected(case) == [f"{remark.problem.line}: {remark.problem.message}" for remark in remarks]


@pytest.mark.parametrize("case", [case for case in CASES if "/good" in case])
def test_of_a_good_example_nothing_is_told(case: str, tmp_path: Path) -> None:
    assert [] == told(case, tmp_path)


def test_every_rule_has_a_bad_and_a_good_example_and_a_reason() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(set(names)) == sorted(names)
    for kind in ("bad", "good"):
        assert sorted(names) == sorted({case.partition("/")[0] for case in CASES if f"/{kind}" in case})
    assert [] == [rule.name for rule in RULES if not rule.reason.endswith(".")]


def test_the_reference_of_rules_is_what_rules_and_examples_say() -> None:
    assert reference(EXAMPLES) == (EXAMPLES.parent.parent / "docs/rules.md").read_text("utf-8")


CHILDREN = (
    "Дети на льду", "Ребенок с флагом", "У ёлки — школьники", "Воспитанницы студии",
    "Первоклассник с букетом", "Малыши", "Подростки на сцене", "Юные спортсмены", "Ученица 5 «А» класса",
    "Дошкольники", "Девочка у ёлки", "Мальчики с клюшками", "Ребята из отряда", "Кадеты на параде",
    "Мама с детьми", "Несовершеннолетний водитель",
)  # fmt: skip
THINGS = (
    "Детский сад «Ёлочка»", "Детская площадка", "Школьный автобус", "Дом ребёнка", "День защиты детей",
    "Подарки для детей", "Горка для самых смелых детей", "Рисунки школьников", "Кадетский корпус",
    "Значок сети «Одноклассники»", "Подростковый клуб", "Театр юного зрителя", "Ветераны и дети войны",
    "Книга о детях", "Станция юных техников",
)  # fmt: skip


@pytest.mark.parametrize(
    ("alt", "expected"),
    [*((words, ["consent"]) for words in CHILDREN), *((words, []) for words in THINGS)],
)
def test_consent_is_asked_for_where_words_tell_of_children_and_not_of_things(
    alt: str, expected: list[str], tmp_path: Path
) -> None:
    manuscript = manuscript_of(f"---\ntitle: Каток\n---\n![{alt}](a.jpg)\n", "pages/katok.md")
    assert expected == [remark.rule for remark in remarks(manuscript, Circumstances(tmp_path))]


@pytest.mark.parametrize(
    ("body", "beside", "expected"),
    [
        ("[Речь](rech.mp3)", (), []),
        ("[Речь](rech.mp3)", ("rech.txt",), ["text-later"]),
        ("[Речь](rech.mp3) и [снимок](skan.pdf#page=2)", ("rech.transcript.md",), []),
        ("[Речь](rech.mp3) и [снимок](skan.pdf)", ("rech.transcript.md", "skan.txt"), ["text-later"]),
        ("[Порядок](poryadok.pdf)", (), ["text-later"]),
        ("[Другой сайт](https://news.example/rech.mp3)", (), ["text-later"]),
    ],
)
def test_a_promise_of_a_text_is_idle_where_no_file_lacks_one(
    body: str, beside: tuple[str, ...], expected: list[str], tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    files = {"skan.pdf": scan(), "poryadok.pdf": plain("Own words"), **dict.fromkeys(beside, b"Text")}
    for name, data in files.items():
        (tmp_path / "pages" / name).write_bytes(data)
    manuscript = manuscript_of(f"---\ntitle: Каток\ntext_later: Позже\n---\n{body}\n", "pages/katok.md")
    assert expected == [remark.rule for remark in remarks(manuscript, Circumstances(tmp_path))]


def test_the_rules_that_can_be_allowed_away_are_those_that_keep_no_law() -> None:
    names = [rule.name for rule in RULES if not rule.is_law and rule.name != "allow-unused"]
    assert sorted(names) == sorted(ALLOWABLE)


def test_what_is_allowed_is_not_told_but_a_law_is_kept(tmp_path: Path) -> None:
    header = "title: Каток\nallow: [doubled-word]\n"
    both = manuscript_of(f"---\n{header}---\nЛёд лёд. СНИЛС 112-233-445 95.\n", "pages/katok.md")
    assert ["private-snils"] == [remark.rule for remark in remarks(both, Circumstances(tmp_path))]
    excused = manuscript_of("---\nallow: private-snils\n---\nСНИЛС 112-233-445 95.\n", "pages/katok.md")
    assert ["private-snils"] == [remark.rule for remark in remarks(excused, Circumstances(tmp_path))]


@pytest.mark.parametrize(
    ("typed", "message"),
    [("doubled-wrod", "может быть, «doubled-word»?"), ("consent", "закон обойти нельзя")],
)
def test_an_unknown_name_in_allow_is_refused_by_the_schema(typed: str, message: str) -> None:
    with pytest.raises(FaultsError) as error:
        PageHeader.read({"title": "Каток", "allow": typed})
    assert message in error.value.faults[0].remedy


# Letters, marks and words that the rules look for, in any order.
_PIECES = st.sampled_from(
    [
        *"«»\"[]()!<>|`*_#-=\\\n 8c", "Каток", "каток ", "дети", "](", "![", "\n\n", '](a.jpg "', '")',
        "\n- ", "[a]: b\n", "112-233-445 95", "паспорт", "25 04 123456", "+7 901 234-56-78", "a@mail.ru",
        "https://a.example",
    ]
)  # fmt: skip
_NAMES = [*sorted(SHOWN), "image", "src", "contact", "phone", "email", "department", "consent", "allow"]
_HEADERS = st.recursive(
    st.none() | st.text(max_size=8),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), part, max_size=4),
)


@settings(max_examples=150, deadline=None)
@given(body=st.lists(_PIECES | st.text(max_size=5), max_size=40).map("".join), header=_HEADERS)
def test_no_text_makes_a_rule_fail(body: str, header: object) -> None:
    front = FrontMatter(header if isinstance(header, dict) else {"title": header}, body, 3)
    text = f"---\n---\n{body}"
    source = text.split("\n")
    manuscript = Manuscript(file="pages/a.md", kind="pages", id="a", front=front, text=text)
    lengths = [len(line) for line in manuscript.lines]
    assert lengths == [len(line) for line in manuscript.prose]
    for remark in remarks(manuscript, Circumstances(Path(__file__).parent)):
        assert 1 <= remark.problem.line <= len(source)
        assert 0 <= remark.column <= len(source[remark.problem.line - 1])
        assert remark.problem.message
        assert remark.problem.remedy
