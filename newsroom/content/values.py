"""Kinds of values a header may hold: each takes what an editor types, or says what is wrong with it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, get_args
from urllib.parse import unquote

from newsroom.content.fields import Each, Kind, refused
from newsroom.content.safe_addresses import names_its_host

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}):(\d{2}))?")
_EMAIL = re.compile(r"[\w.+'~-]+@(?:[\w-]+\.)+[\w-]+")
"""No «?», «&» and «%», by which a link would add copies and a text to a letter (RFC 6068)."""
_LINE_BREAK = re.compile(r"\s*[\n\r]\s*")
_YES = {"true", "yes", "да"}
NO = {"false", "no", "нет"}
LONGEST_TITLE = 250
LONGEST_NUMBER = 15
LONGEST_NAME = 200
"""Bytes of a part of an address: file systems have 255, of which a few are for what is put beside a name."""


def line(value: Any) -> str:
    """One line of text, whatever lines it was typed in; it may be empty."""
    if not isinstance(value, str):
        raise refused("в поле «{field}» должна быть строка", "напишите одно значение, без списка")
    return _LINE_BREAK.sub(" ", value.strip())


def text(value: Any) -> str:
    """A text that is not empty."""
    stripped = line(value)
    if not stripped:
        raise refused("поле «{field}» пустое", "заполните его")
    return stripped


def description(value: Any) -> str:
    """What stands for a picture to those who do not see it: words, and not a dash or an unseen blank."""
    stripped = text(value)
    if not says_something(stripped):
        raise refused("поле «{field}» ничего не говорит", "напишите, кто и что видно на картинке")
    return stripped


def says_something(words: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(map(str.isalnum, words))


def title(value: Any) -> str:
    """A text that fits on a page: at most 250 characters."""
    stripped = text(value)
    if len(stripped) > LONGEST_TITLE:
        raise refused(f"в поле «{{field}}» больше {LONGEST_TITLE} знаков", "сократите")
    return stripped


class Choice:
    """The kind of a field that holds one of some words."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words

    def __call__(self, value: Any) -> str:
        if value not in self.words:
            raise refused(f"в поле «{{field}}» стоит «{value}»", f"возможно только: {', '.join(self.words)}")
        return str(value)


def choice(literal: Any) -> Kind[Any]:
    """One of the words of a Literal."""
    return Choice(get_args(literal))


def moment(value: Any) -> datetime:
    """«2024-05-09» or «2024-05-09 10:00»: a naive moment of the newsroom's zone."""
    match = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        raise refused("дата не читается", "пишите её так: 2024-05-09 или 2024-05-09 10:00")
    try:
        day = date.fromisoformat(match[1])
        return datetime(day.year, day.month, day.day, int(match[2] or 0), int(match[3] or 0))
    except ValueError:
        raise refused(f"такой даты не бывает: {value.strip()}", "проверьте число, месяц и час") from None


def day(value: Any) -> date:
    """«2024-05-09»."""
    begins = moment(value)
    if begins != datetime(begins.year, begins.month, begins.day):
        raise refused("здесь нужен день без часа", "пишите его так: 2024-05-09")
    return begins.date()


def flag(value: Any) -> bool:
    """«true» or «да», «false» or «нет»."""
    word = value.strip().lower() if isinstance(value, str) else ""
    if word not in _YES | NO:
        raise refused("здесь возможно только «да» или «нет»", "напишите true или false")
    return word in _YES


def several(value: Any) -> tuple[str, ...]:
    """Texts: one, or several with commas, stand for a list."""
    listed = [part for part in value.split(",") if part.strip()] if isinstance(value, str) else value
    return _TEXTS(listed)


_TEXTS = Each(text)


def whole(value: Any) -> int:
    """«1 530»: a whole number that is not negative."""
    digits = re.sub(r"[\s\u00a0\u202f]", "", value) if isinstance(value, str) else ""
    if not digits.isascii() or not digits.isdigit() or len(digits) > LONGEST_NUMBER:
        raise refused("здесь нужно целое число", "пишите его цифрами: 1000")
    return int(digits)


def web_address(value: Any) -> str:
    """«https://…»."""
    address = value.strip() if isinstance(value, str) else ""
    if not re.fullmatch(r"https?://[^\s<>\"]+", address):
        raise refused("это не адрес в интернете", "пишите его целиком: https://…")
    if not names_its_host(address):
        message = "из этого адреса не видно, на какой сайт он ведёт"
        raise refused(message, "скопируйте его из строки браузера: https://…")
    return address


def phone(value: Any) -> str:
    """A telephone as people write it."""
    digits = re.sub(r"\D", "", value) if isinstance(value, str) else ""
    if not 2 <= len(digits) <= 20 or not re.match(r"\s*[+(\d]", value):
        raise refused("это не телефон", "пишите его цифрами: +7 3953 00-00-00")
    return line(value)


def email(value: Any) -> str:
    """An address of electronic mail."""
    if not isinstance(value, str) or not _EMAIL.fullmatch(value.strip()):
        raise refused("это не электронный адрес", "пишите его так: press@example.ru")
    return value.strip()


def root_address(value: Any) -> str:
    """The path of a page: segments that no server reads as «up» or hides, then «/» or a file's name."""
    path: str = unquote(value.strip()) if isinstance(value, str) else ""
    if not re.fullmatch(r"/(?:[\w~-][\w.~-]*/)*(?:[\w~-][\w.~-]*\.html?)?", path) or path == "/":
        raise refused("это не адрес страницы сайта", "пишите его от корня: /news/2024/05/den-pobedy/")
    if any(len(part.encode()) > LONGEST_NAME for part in path.split("/")):
        remedy = "файла с таким именем на диске быть не может: прежний адрес сократите или уберите"
        raise refused(f"в адресе часть длиннее {LONGEST_NAME} байт", remedy)
    return path
