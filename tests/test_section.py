"""An output knows by which of its inputs it differs from the last one."""

from __future__ import annotations

import pytest

from newsroom.build.fingerprint import fingerprint
from newsroom.build.section import Output

ONE, TWO, OTHER = fingerprint(1), fingerprint(2), fingerprint(3)


def output(*inputs: tuple[str, bytes]) -> Output:
    return Output(path="index.html", inputs=inputs, make=bytes)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (ONE + TWO, ()),
        (OTHER + TWO, ("текст",)),
        (ONE + OTHER, ("шаблон",)),
        (TWO + ONE, ("текст", "шаблон")),
        (b"", ("текст", "шаблон")),
        (ONE, ("текст", "шаблон")),
        (ONE + TWO + OTHER, ("текст", "шаблон")),
        ((ONE + TWO)[:-1], ("текст", "шаблон")),
    ],
)
def test_changed_inputs_are_named(before: bytes, expected: tuple[str, ...]) -> None:
    assert expected == output(("текст", ONE), ("шаблон", TWO)).changed_inputs(before)


def test_what_has_no_inputs_never_changes() -> None:
    assert ((), b"") == (output().changed_inputs(b""), output().prints)


def test_prints_are_the_fingerprints_in_their_order() -> None:
    assert TWO + ONE == output(("шаблон", TWO), ("текст", ONE)).prints
