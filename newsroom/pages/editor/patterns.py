"""What the browser refuses at once: the checks of ``content.values`` as patterns of JavaScript.

Nothing that passes here is refused by the reader for the form of its value; some of what
the reader takes may be refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsroom.content import values
from newsroom.content.announcing_schema import prose
from newsroom.content.fields import Each, Kind

Pattern = tuple[str, str]
"""The expression, and what is told to an editor whose value it does not match."""

_LEAP = r"[12]\d(?:0[48]|[2468][048]|[13579][26])|(?:[2][048]|1[26])00"
_DAY = (
    rf"(?:[12]\d{{3}}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
    rf"|02-(?:0[1-9]|1\d|2[0-8]))|(?:{_LEAP})-02-29)"
)
_HOUR = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_NAME = r"[\w~А-Яа-яЁё-]"
_LABEL = r"[\wА-Яа-яЁё-]+"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*"
_ROOT = rf"/(?:{_NAME}(?:{_NAME}|\.)*/)*(?:{_NAME}(?:{_NAME}|\.)*\.html?|{_NAME}+/)"

_PATTERNS: Mapping[Kind[Any], Pattern] = {
    values.title: (
        rf"^\s*\S(?:[\s\S]{{0,{values.LONGEST_TITLE - 1}}})$",
        f"от 1 до {values.LONGEST_TITLE} знаков",
    ),
    values.text: (r"\S", "не одни пробелы"),
    prose: (r"\S", "не одни пробелы"),
    values.description: (r"[0-9A-Za-zА-Яа-яЁё]", "слова, а не одни знаки"),
    values.moment: (rf"^{_DAY}(?:[T ]{_HOUR})?$", "день и час, например 2024-05-09 10:00"),
    values.day: (rf"^{_DAY}$", "день, например 2024-05-09"),
    values.whole: (r"^\s*\d(?:\s*\d){0,14}\s*$", "целое число цифрами, например 1000"),
    values.web_address: (
        rf"^\s*https?://{_HOST}(?::[1-9]\d{{0,3}})?(?:[/?#][^\s<>\"\\]*)?\s*$",
        "адрес целиком, например https://example.ru/",
    ),
    values.phone: (
        r"^(?=(?:\D*\d){2,20}\D*$)\s*[+(\d]",
        "телефон цифрами, например +7 3953 00-00-00",
    ),
    values.email: (
        rf"^\s*(?:{_NAME}|[.+'])+@{_HOST}\.{_LABEL}\s*$",
        "адрес почты, например press@example.ru",
    ),
    values.root_address: (rf"^\s*{_ROOT}\s*$", "адрес от корня сайта, например /news/2024/05/den-pobedy/"),
}
_LISTS: Mapping[Kind[Any], Pattern] = {
    values.root_address: (
        rf"^\s*{_ROOT}\s*(?:,\s*{_ROOT}\s*)*$",
        "адреса от корня сайта через запятую, например /news/2024/05/den-pobedy/",
    ),
}


def pattern_of(kind: Kind[Any]) -> Pattern | None:
    """The pattern of a kind of values; of a list, that of its values joined with commas."""
    if isinstance(kind, Each):
        return _LISTS.get(kind.kind)
    return _PATTERNS.get(kind)
