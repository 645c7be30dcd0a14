"""Two texts compared as readers see them."""

from __future__ import annotations

import random
import time

import pytest

from newsroom.pages.difference import Paragraph, difference

MARKS = {"same": "{}", "deleted": "-{}-", "added": "+{}+", "omitted": "…"}


def told(paragraph: Paragraph) -> str:
    if paragraph.unchanged:
        return f"({paragraph.unchanged})"
    return "".join(MARKS[run.kind].format(run.text) for run in paragraph.runs)


LONG = " ".join(f"слово{number}" for number in range(60)) + "."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Лёд готов.", "Лёд готов.", []),
        ("", "Лёд готов.", ["+Лёд готов.+"]),
        ("Лёд готов.", "", ["-Лёд готов.-"]),
        ("В 10:00, в среду.", "В 11:00, в среду.", ["В -10:00- +11:00+, в среду."]),
        ("Каток открыт", "Каток снова открыт", ["Каток +снова+ открыт"]),
        ("Каток снова открыт", "Каток открыт", ["Каток -снова- открыт"]),
        ("начало в 10 и в 11", "начало в 12 и в 13", ["начало в -10 и в 11- +12 и в 13+"]),
        ("на площади Ленина.", "на площади.", ["на площади -Ленина-."]),
        ("Клуб «Лёд»", "Клуб «Снег»", ["Клуб «-Лёд- +Снег+»"]),
        ("тел. 12-34-56", "тел. 12-34-57", ["тел. -12-34-56- +12-34-57+"]),
        ("раз\n\nдва", "раз\n\nновый\n\nдва", ["раз", "+новый+", "два"]),
        ("— раз\n— два", "— раз\n— три", ["— раз", "— -два- +три+"]),
        (f"{LONG}\n\nЛёд", f"{LONG}\n\nСнег", ["(1)", "-Лёд-", "+Снег+"]),
        ("а\n\nб\n\nв\n\nг\n\nд\n\nе", "а\n\nб\n\nв\n\nг\n\nд\n\nё", ["(4)", "д", "-е-", "+ё+"]),
        (f"Было {LONG}", f"Стало {LONG}", [f"-Было- +Стало+ {LONG[: LONG.index('слово12')]}…"]),
        ("Лёд готов к утру", "Новое\n\nЛёд готов к ночи", ["+Новое+", "Лёд готов к -утру- +ночи+"]),
    ],
)  # fmt: skip
def test_a_reader_sees_what_was_changed(before: str, after: str, expected: list[str]) -> None:
    assert expected == [told(paragraph) for paragraph in difference(before, after)]


def parts(paragraphs: tuple[Paragraph, ...], kind: str) -> str:
    return " ".join(run.text for each in paragraphs for run in each.runs if run.kind in {kind, "same"})


def test_nothing_is_lost_and_nothing_made_up() -> None:
    """Whatever is shown of either text stands in it; of short paragraphs, all of it."""
    chance = random.Random(1)
    for _ in range(300):
        texts = [_some_text(chance) for _ in range(2)]
        found = difference(texts[0], texts[1])
        if any(each.unchanged for each in found) or texts[0] == texts[1]:
            continue
        for text, kind in zip(texts, ("deleted", "added"), strict=True):
            assert "".join(text.split()) == "".join(parts(found, kind).split())


def _some_text(chance: random.Random) -> str:
    words = ("и", "лёд", "каток,", "«снег»", "10:00", "в")
    lengths = [chance.randint(1, 9) for _ in range(chance.randint(0, 5))]
    return "\n\n".join(" ".join(chance.choices(words, k=length)) for length in lengths)


def _megabyte(of: str) -> tuple[str, str]:
    chance = random.Random(1)
    words = [f"слово{number}" for number in range(2000)] + ["и", "в", "на"] * 300
    paragraphs = [" ".join(chance.choices(words, k=60)) for _ in range(1500)]
    before = "\n\n".join(paragraphs)
    return {
        "edited paragraphs": (before, before.replace(" и ", " или ")),
        "one paragraph": (" ".join(paragraphs), " ".join(paragraphs).replace("слово7 ", "слово8 ")),
        "the same word": ("и " * 500_000, "и " * 250_000 + "в " + "и " * 249_000),
        "another text": (before, "\n\n".join(" ".join(chance.choices(words, k=60)) for _ in range(1500))),
    }[of]


@pytest.mark.slow
@pytest.mark.parametrize("of", ["edited paragraphs", "one paragraph", "the same word", "another text"])
def test_a_megabyte_is_compared_in_seconds(of: str) -> None:
    before, after = _megabyte(of)
    begun = time.process_time()
    assert difference(before, after)
    assert time.process_time() - begun < 10
