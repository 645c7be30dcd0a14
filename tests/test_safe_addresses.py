"""Where links may lead."""

from __future__ import annotations

import pytest

from newsroom.content.safe_addresses import (
    encoded_address,
    is_external,
    is_safe_address,
    telephone,
    unescaped,
)

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
    "https://a.example:8080/@b": True,
    "https://a.example@b.example/": False,
    "https://a.example:port/": False,
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
    "tel:+7 3953 34-91-52;ext=3": "tel:+73953349152;ext=3",
}


@pytest.mark.parametrize(("address", "expected"), ENCODED.items())
def test_what_an_address_may_not_hold_is_encoded_once(address: str, expected: str) -> None:
    assert expected == encoded_address(address)
    assert expected == encoded_address(expected)


def test_an_external_address_names_its_host() -> None:
    assert is_external("HTTPS://a.example/")
    assert not is_external("/https:/")
    assert not is_external("mailto:a@b.example")


NUMBERS = {
    "112": "tel:112",
    "+7 3953 34-91-52, доб. 12": "tel:+73953349152;ext=12",
    "8 (3953) 12-34-56, 44-55-66": "tel:83953123456",
    "12-34-56/44-55-66": "tel:123456",
    "8-800-555-35-35 (с 9 до 18)": "tel:88005553535",
    "(3953) 41-22-33 (приёмная)": "tel:3953412233",
}


@pytest.mark.parametrize(("written", "expected"), NUMBERS.items())
def test_of_a_telephone_as_people_write_it_the_first_number_is_dialled(written: str, expected: str) -> None:
    assert expected == telephone(written)


REFERENCES = {
    "?id=5&region=38&copy=1": "?id=5&region=38&copy=1",
    "a&amp;b&#38;c&#x26;d": "a&b&c&d",
    "a&nosuch;b&notit;": "a&nosuch;b&notit;",
}


@pytest.mark.parametrize(("text", "expected"), REFERENCES.items())
def test_only_whole_references_of_characters_are_replaced(text: str, expected: str) -> None:
    assert expected == unescaped(text)
