"""A release is told to a channel in whole sentences, and nothing is cut in its middle."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsroom.content.announcing import Announcing, Social
from newsroom.content.types import Release, Rubric, Tag, named
from newsroom.problems import NewsroomError
from newsroom.publish.networks.network import Wording
from newsroom.publish.wording.passages import passages, tidy, word_ends, words_alone
from newsroom.publish.wording.units import plain, utf8_bytes, utf16_units
from newsroom.publish.wording.words import social_for, word
from tests.sample_library import ROADS, SITE, replace
from tests.wording_networks import DIALECTS, counting

CASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("wording.yaml").read_text("utf-8"))
TELEGRAM = Announcing(by="telegram", to="@gorod")
CHANNEL = "telegram-gorod"
LINK = (
    "https://news.example/site/news/2023/12/dorogi/?utm_source=telegram&utm_medium=social"
    "&utm_campaign=2023-12-28-dorogi&utm_content=telegram-gorod"
)
RELEASE = replace(ROADS, title="Дороги готовы", summary="Лид.", text="Раз два. Три.\n\nЧетыре.")


def worded(release: Release = RELEASE, limit: int = 4096, dialect: str = "letters", **given: Any) -> Wording:
    announcing = given.pop("announcing", TELEGRAM)
    network = counting(limit, dialect, given.pop("caption", 0))
    options: dict[str, Any] = {"site": SITE, "tags": {}, "images": False, **given}
    return word(release, CHANNEL, announcing, network, **options)


def heads(marked: str) -> list[str]:
    """What stands before each «¦» of a text, without the marks."""
    return [marked[: found.start()].replace("¦", "") for found in re.finditer("¦", marked)]


@pytest.mark.parametrize("text", CASES["stops"].values(), ids=CASES["stops"])
def test_a_text_ends_where_a_sentence_does(text: str) -> None:
    said = passages("", text.replace("¦", ""))
    assert heads(text) == [said.text[:stop] for stop in said.stops]


@pytest.mark.parametrize("text", CASES["words"].values(), ids=CASES["words"])
def test_words_are_left_away_where_a_reader_may_pause(text: str) -> None:
    plain = text.replace("¦", "")
    assert heads(text) == [plain[:end] for end in word_ends(plain)]


@pytest.mark.parametrize(("text", "expected"), CASES["alone"].values(), ids=CASES["alone"])
def test_what_only_a_page_can_show_is_left_out(text: str, expected: str) -> None:
    assert expected == words_alone(text)


def test_title_lead_sentences_link_and_hashtags_follow_each_other() -> None:
    release = replace(RELEASE, rubric=Rubric(id="g", title="Г", url="/g/", hashtag="Братск"))
    expected = f"Дороги готовы\n\nЛид.\n\nРаз два. Три.\n\nЧетыре.\n\n{LINK}\n\n#Братск"
    assert expected == plain(worded(release))


FITTED = {
    0: ("Дороги готовы", ("Лид.", "Раз два. Три.", "Четыре.")),
    1: ("Дороги готовы", ("Лид.", "Раз два. Три.")),
    10: ("Дороги готовы", ("Лид.", "Раз два.")),
    15: ("Дороги готовы", ("Лид.",)),
    25: ("Дороги готовы", ()),
    35: ("Дороги…", ()),
    40: ("", ()),
}


@pytest.mark.parametrize(("short_of", "expected"), FITTED.items())
def test_the_less_room_the_less_is_said(short_of: int, expected: tuple[str, tuple[str, ...]]) -> None:
    wording = worded(limit=len(f"Дороги готовы\n\nЛид.\n\nРаз два. Три.\n\nЧетыре.\n\n{LINK}") - short_of)
    assert expected == (wording.title, wording.paragraphs)
    assert wording.link == LINK


def test_a_lead_too_long_gives_whole_words() -> None:
    release = replace(RELEASE, summary="Отремонтировано двенадцать километров дорог", text="")
    wording = worded(release, limit=len(f"Дороги готовы\n\nОтремонтировано двенадцать…\n\n{LINK}") + 2)
    assert ("Отремонтировано двенадцать…",) == wording.paragraphs


def test_where_not_even_the_link_fits_it_is_told_and_nothing_is_sent() -> None:
    with pytest.raises(NewsroomError, match=r"2023-12-28-dorogi\.md: .*не помещается даже ссылка"):
        worded(limit=len(LINK) - 1)


def test_hashtags_give_way_before_the_lead_does_and_after_sentences() -> None:
    release = replace(RELEASE, rubric=Rubric(id="g", title="Г", url="/g/", hashtag="Братск"))
    least = len(f"Дороги готовы\n\nЛид.\n\n{LINK}")
    assert (("Лид.",), ("Братск",)) == _told(worded(release, limit=least + len("\n\n#Братск")))
    assert (("Лид.",), ()) == _told(worded(release, limit=least + len("\n\n#Братс")))


def _told(wording: Wording) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return wording.paragraphs, wording.hashtags


TAGS = {
    id: Tag(id=id, title=id, url=f"/tags/{id}/", hashtag=hashtag)
    for id, hashtag in {"zima": "Зима", "katok": "", "gorod": "братск", "led": "Лёд"}.items()
}


@pytest.mark.parametrize(
    ("announcing", "expected"),
    [
        (TELEGRAM, ("Братск", "Зима", "Лёд")),
        (replace(TELEGRAM, hashtags=2), ("Братск", "Зима")),
        (replace(TELEGRAM, hashtags=0), ()),
        (Announcing(by="mail"), ()),
    ],
)
def test_hashtags_are_of_the_rubric_then_of_the_tags_and_each_once(
    announcing: Announcing, expected: tuple[str, ...]
) -> None:
    rubric = Rubric(id="g", title="Г", url="/g/", hashtag="Братск")
    release = replace(RELEASE, rubric=rubric, tags=tuple(map(named, TAGS.values())))
    assert expected == worded(release, announcing=announcing, tags=TAGS).hashtags


def test_the_link_says_where_its_reader_came_from() -> None:
    query = parse_qs(urlsplit(worded(announcing=Announcing(by="mail")).link).query)
    assert ["mail"] == query["utm_source"]
    assert ["email"] == query["utm_medium"]
    assert ["2023-12-28-dorogi"] == query["utm_campaign"]
    assert [CHANNEL] == query["utm_content"]


def test_a_post_with_pictures_has_the_room_of_a_caption() -> None:
    caption = len(f"Дороги готовы\n\nЛид.\n\n{LINK}") + 10
    assert ("Лид.",) == worded(images=True, caption=caption).paragraphs
    assert 3 == len(worded(images=False, caption=caption).paragraphs)


def test_a_lead_that_begins_the_text_is_said_once() -> None:
    assert ("Лид.", "Дальше.") == worded(replace(RELEASE, text="Лид\n\nДальше.")).paragraphs


def test_a_title_has_ordinary_spaces_and_no_soft_hyphens() -> None:
    assert "В Братске 5 катков" == worded(replace(RELEASE, title="В\u00a0Брат\u00adске 5\u202fкатков")).title


def test_letters_have_tables_and_posts_end_before_the_first() -> None:
    release = replace(RELEASE, text="Раз.\n\nДень | Час\n9 мая | 10:00\n\nДва.")
    assert ("Лид.", "Раз.") == worded(release).paragraphs
    expected = ("Лид.", "Раз.", "День | Час\n9 мая | 10:00", "Два.")
    assert expected == worded(release, announcing=Announcing(by="mail")).paragraphs


SOCIAL = {
    "channel": Social(channels=("telegram-mer", CHANNEL), text="Каналу."),
    "network": Social(channels=("telegram",), text="Сети."),
    "voice": Social(channels=("administration",), text="Голосу."),
    "all": Social(text="Всем."),
    "another": Social(channels=("vk", "mayor"), text="Другим."),
}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["all", "voice", "network", "channel", "another"], "channel"),
        (["another", "all", "voice", "network"], "network"),
        (["all", "voice"], "voice"),
        (["another", "all"], "all"),
        (["another"], None),
        ([], None),
    ],
)
def test_the_most_particular_words_are_said(names: list[str], expected: str | None) -> None:
    release = replace(RELEASE, social=tuple(SOCIAL[name] for name in names))
    assert SOCIAL.get(expected or "") == social_for(release, CHANNEL, TELEGRAM)


def test_own_words_stand_in_place_of_lead_and_text_and_are_fitted_too() -> None:
    release = replace(RELEASE, social=(Social(text="Приходите (https://a.example)!\n\nБудет весело."),))
    assert ("Приходите (https://a.example)!", "Будет весело.") == worded(release).paragraphs
    limit = len(f"Дороги готовы\n\nПриходите (https://a.example)!\n\n{LINK}") + 5
    assert ("Приходите (https://a.example)!",) == worded(release, limit=limit).paragraphs


def test_the_words_of_a_release_that_is_not_sent_there_are_the_usual_ones() -> None:
    assert worded() == worded(replace(RELEASE, social=(Social(skip=True),)))


@pytest.mark.parametrize(("text", "units", "size"), [("Лёд", 3, 6), ("🎉", 2, 4), ("й", 1, 2), ("", 0, 0)])
def test_texts_are_counted_as_networks_count(text: str, units: int, size: int) -> None:
    assert (units, size) == (utf16_units(text), utf8_bytes(text))


TRAPS = (
    "каток", "Братск", "в", "и", "на ул. Мира", "г.", "С.", "В.", "№", "5", "10.30", "т. д.", "🎉", "<b>",
    "&", "«Заря»", "«да нет»", "„или“", "“", "(", ")", '"', "[", "]", "—", "https://a.example/b.c?d=e",
    "Куда?", "Туда!", "…", "1 530", "руб.", "«Открыт. Закрыт»", "день.", "Вечер:", "слово,", "Ещё", "« ",
    " »", "«Да. Нет.»", "\n\n", "\n— ", "\n\n1. ", " | ", "[Фото: Вид]", "* * *", "\n\n> ",
)  # fmt: skip
WORDS = st.sampled_from(TRAPS)
ENDED = re.compile(r"([.!?…][»“”\")\]]*|(^|\n)(— |> |\d+[.)] )[^\n]*)$")
"""The end of a sentence, or of a list or a block quotation."""
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=30).map(" ".join))


def tokens(wording: Wording) -> list[str]:
    """The words of title and paragraphs, without the mark that something was left away."""
    return " ".join((wording.title, *wording.paragraphs)).replace("…", " ").split()


def is_balanced(text: str) -> bool:
    """Whether each of «» and brackets that opens is closed, in order; „“ is left out, since “ may open."""
    expected: list[str] = []
    for mark in text:
        if mark in "«([":
            expected.append({"«": "»", "(": ")", "[": "]"}[mark])
        elif mark in "»)]" and (not expected or expected.pop() != mark):
            return False
    return not expected and text.count('"') % 2 == 0


def could_be(release: Release, limit: int, dialect: str) -> Wording | None:
    try:
        return worded(release, limit, dialect, tags=TAGS)
    except NewsroomError:
        return None


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.integers(0, 500), st.integers(0, 200), st.sampled_from([*DIALECTS]))
@example("", "", "«А. Б. «В»", 200, 10, "letters")
def test_any_release_fits_any_room_with_whole_words(
    title: str, lead: str, text: str, limit: int, more: int, dialect: str
) -> None:
    release = replace(RELEASE, title=title, summary=lead, text=text, tags=(named(TAGS["zima"]),))
    network, wording = counting(limit, dialect), could_be(release, limit, dialect)
    whole = worded(release, 10**6, dialect, tags=TAGS)
    larger = could_be(release, limit + more, dialect)
    if wording is None:
        bare = Wording(title="", paragraphs=(), link=LINK)
        assert network.length(bare, images=False) > limit
        return
    assert network.length(wording, images=False) <= limit
    assert LINK == wording.link
    assert wording == could_be(release, limit, dialect)
    assert larger
    assert len(tokens(larger)) >= len(tokens(wording))
    assert_is_whole(wording, whole, lead)


def assert_is_whole(wording: Wording, whole: Wording, lead: str) -> None:
    """Each part of the wording begins the same part of the whole, and ends where it may."""
    if wording.title != whole.title:
        assert () == wording.paragraphs
        assert_begins(wording.title, whole.title, ends=())
        assert is_balanced(wording.title) or not is_balanced(whole.title)
    said, source = "\n\n".join(wording.paragraphs), "\n\n".join(whole.paragraphs)
    assert_begins(said, source, ends=("", tidy(lead)))
    if is_balanced(source) and is_balanced(lead):
        assert is_balanced(said)


def assert_begins(said: str, source: str, ends: tuple[str, ...]) -> None:
    """It is the source to the end of a word, with «…» or the end of a sentence where it is not ``ends``."""
    begins = source.startswith(said)
    head = said if begins else said.removesuffix("…")
    assert source.startswith(head)
    assert not head or not source[len(head) : len(head) + 1].isalnum()
    if begins and said not in {"", source, *ends}:
        assert ENDED.search(said)
