"""Nouns beside numbers."""

from __future__ import annotations

import pytest

from newsroom.content.plurals import choose_plural, plural

FORMS = {
    0: "релизов", 1: "релиз", 2: "релиза", 4: "релиза", 5: "релизов", 10: "релизов", 11: "релизов",
    12: "релизов", 14: "релизов", 20: "релизов", 21: "релиз", 22: "релиза", 25: "релизов", 101: "релиз",
    111: "релизов", 112: "релизов", 121: "релиз", 1000: "релизов", 1530: "релизов", -1: "релиз",
    1.5: "релиза",
}  # fmt: skip


@pytest.mark.parametrize(("count", "expected"), FORMS.items())
def test_the_noun_agrees_with_the_number(count: float, expected: str) -> None:
    assert expected == choose_plural(count, "релиз", "релиза", "релизов")


def test_a_no_break_space_joins_number_and_noun() -> None:
    assert "5\u00a0релизов" == plural(5, "релиз", "релиза", "релизов")
    assert "1\u00a0530\u00a0релизов" == plural(1530, "релиз", "релиза", "релизов")
