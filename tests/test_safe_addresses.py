"""Where links may lead."""

from __future__ import annotations

import pytest

from newsroom.content.safe_addresses import encoded_address, is_external, is_safe_address

ADDRESSES = {
    "https://a.example/": True,
    "HTTP://a.example/": True,
    "mailto:a@b.example": True,
    "tel:+73953349152": True,
    "/news/": True,
    "#itogi": True,
    "?page=2": True,
    "plan.pdf": True,
    "../a/b.md": True,
    "/a:b/": True,
    "": True,
    "javascript:alert(1)": False,
    "java\tscript:alert(1)": False,
    "javascript&colon;alert(1)": False,
    "//a.example/": False,
    "/\\a.example": False,
    "\u200bjavascript:alert(1)": False,
    "ftp://a.example/": False,
}


@pytest.mark.parametrize(("address", "expected"), ADDRESSES.items())
def test_only_known_schemes_are_safe(address: str, expected: bool) -> None:
    assert expected == is_safe_address(address)


ENCODED = {
    "/a b/": "/a%20b/",
    "/план.pdf": "/план.pdf",
    "/a%20b": "/a%20b",
    "/50%": "/50%25",
    '/"<>`{|}^': "/%22%3C%3E%60%7B%7C%7D%5E",
    "tel:8 (3953) 34-91-52": "tel:83953349152",
}


@pytest.mark.parametrize(("address", "expected"), ENCODED.items())
def test_what_an_address_may_not_hold_is_encoded_once(address: str, expected: str) -> None:
    assert expected == encoded_address(address)
    assert expected == encoded_address(expected)


def test_an_external_address_names_its_host() -> None:
    assert is_external("HTTPS://a.example/")
    assert not is_external("/https:/")
    assert not is_external("mailto:a@b.example")
