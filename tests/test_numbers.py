"""Numbers and file sizes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from newsroom.content.numbers import filesize, number

NUMBERS: list[tuple[float | Decimal, str]] = [
    (0, "0"),
    (990, "990"),
    (1530, "1\u00a0530"),
    (713206, "713\u00a0206"),
    (20_000_000, "20\u00a0000\u00a0000"),
    (-3672, "\u22123\u00a0672"),
    (0.5, "0,5"),
    (1234.25, "1\u00a0234,25"),
    (2.0, "2"),
    (Decimal("12.50"), "12,5"),
    (1e16, "10\u00a0000\u00a0000\u00a0000\u00a0000\u00a0000"),
]


@pytest.mark.parametrize(("value", "expected"), NUMBERS)
def test_digits_stand_in_groups_of_three(value: float | Decimal, expected: str) -> None:
    assert expected == number(value)


SIZES = {
    0: "0 байт",
    1: "1 байт",
    3: "3 байта",
    12: "12 байт",
    1023: "1023 байта",
    1024: "1 КБ",
    1536: "1,5 КБ",
    340 * 1024: "340 КБ",
    1024 * 1024 - 300: "1 МБ",
    1_258_291: "1,2 МБ",
    25 * 1024**2 + 600_000: "26 МБ",
    3 * 1024**3: "3 ГБ",
    5000 * 1024**4: "5 000 ТБ",
}


@pytest.mark.parametrize(("size", "expected"), SIZES.items())
def test_a_file_size_is_rounded_to_two_digits_or_so(size: int, expected: str) -> None:
    assert expected.replace(" ", "\u00a0") == filesize(size)


def test_a_size_below_zero_is_an_error() -> None:
    with pytest.raises(ValueError, match="меньше нуля"):
        filesize(-1)
