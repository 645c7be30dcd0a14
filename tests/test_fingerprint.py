"""A fingerprint stands for values: for all of them, for nothing else, on every machine alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.build.fingerprint import SIZE, fingerprint, of_bytes

PLAIN = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text() | st.binary()
VALUES = st.lists(PLAIN | st.tuples(PLAIN, PLAIN), max_size=3)


@dataclass(frozen=True)
class Street:
    name: str
    houses: int = 0

    @cached_property
    def address(self) -> str:
        return f"ул. {self.name}"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), "f9be920e63136958"),
        ((1, "a", b"a", None, True), "449c1dde65842928"),
        ((Street("Мира", 7), date(2024, 5, 9)), "cc88889d0c647cc9"),
    ],
)
def test_every_machine_makes_the_same_fingerprint(values: tuple[object, ...], expected: str) -> None:
    assert expected == fingerprint(*values).hex()


def test_a_fingerprint_is_eight_bytes() -> None:
    made = fingerprint(), fingerprint("a" * 999), of_bytes(b"")
    assert [8, 8, 8, 8] == [SIZE, *map(len, made)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1,), ("1",)),
        (("a",), (b"a",)),
        ((1,), (True,)),
        ((0,), (None,)),
        ((1,), (1.0,)),
        (("",), ()),
        (("ab", "c"), ("a", "bc")),
        (("a", "b"), (("a", "b"),)),
        (((1, 2), 3), (1, (2, 3))),
        ((Street("Мира"),), (Street("Мира", 1),)),
        ((datetime(2024, 5, 9, tzinfo=UTC),), (datetime(2024, 5, 9, 0, 0, 0, 1, tzinfo=UTC),)),
    ],
)
def test_what_differs_has_another_fingerprint(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert fingerprint(*one) != fingerprint(*other)


@settings(deadline=None)
@given(VALUES, VALUES)
def test_fingerprints_are_equal_where_the_values_are(one: list[object], other: list[object]) -> None:
    same = repr(one) == repr(other)  # for Python, 1 and True are equal
    assert same == (fingerprint(*one) == fingerprint(*other))


def test_what_was_worked_out_and_kept_does_not_count() -> None:
    street = Street("Мира")
    before = fingerprint(street)
    assert "ул. Мира" == street.address
    assert before == fingerprint(street)


@pytest.mark.parametrize("make", [object, lambda: len, lambda: 2**64])
def test_what_cannot_be_told_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises((TypeError, OverflowError)):
        fingerprint(make())
