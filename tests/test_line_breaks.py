"""Lines of headlines end where a typesetter would end them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.pages.line_breaks import break_lines, line_count, unbreakable_pieces


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Лыжня в городе", ["Лыжня", "в\xa0городе"]),
        ("и в городе", ["и\xa0в\xa0городе"]),
        ("День — победы", ["День\xa0—", "победы"]),
        ("на 2024 год", ["на\xa02024\xa0год"]),
        ("все для Победы", ["все", "для\xa0Победы"]),
        ("«О городе» вышла", ["«О\xa0городе»", "вышла"]),
        ("два  пробела\nи строка", ["два", "пробела", "и\xa0строка"]),
        ("уже\xa0склеено тут", ["уже\xa0склеено", "тут"]),
    ],
)
def test_lines_end_only_where_a_typesetter_would_end_them(title: str, expected: list[str]) -> None:
    assert expected == unbreakable_pieces(title)


@pytest.mark.parametrize(
    ("widths", "expected"),
    [
        ([40, 40], [(0, 2)]),
        ([60, 60], [(0, 1), (1, 2)]),
        ([30, 30, 30, 10], [(0, 2), (2, 4)]),
        ([90, 5, 90], [(0, 1), (1, 3)]),
        ([101], []),
    ],
)
def test_lines_are_few_and_alike(widths: list[float], expected: list[tuple[int, int]]) -> None:
    assert expected == break_lines(widths, 5, 100)


@given(st.lists(st.integers(1, 110), min_size=1, max_size=30), st.integers(60, 300))
def test_lines_are_counted_without_breaking_them(widths: list[int], measure: int) -> None:
    assert len(break_lines(widths, 5, measure)) == line_count(widths, 5, measure)
