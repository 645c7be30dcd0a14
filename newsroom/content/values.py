"""Kinds of values a header may hold: each takes what an editor types, or says what is wrong with it.

A message and its remedy stand in one ValueError, divided by «|».
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import unquote

from pydantic import BeforeValidator, StringConstraints

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}):(\d{2}))?")
_EMAIL = re.compile(r"[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:.]+")
_YES = {"true", "yes", "да"}
_NO = {"false", "no", "нет"}


def _moment(value: Any) -> Any:
    """«2024-05-09» or «2024-05-09 10:00»: a naive moment of the newsroom's zone."""
    match = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        raise ValueError("дата не читается|пишите её так: 2024-05-09 или 2024-05-09 10:00")
    try:
        day = date.fromisoformat(match[1])
        return datetime(day.year, day.month, day.day, int(match[2] or 0), int(match[3] or 0))
    except ValueError:
        raise ValueError(f"такой даты не бывает: {value.strip()}|проверьте число, месяц и час") from None


def _day(value: Any) -> Any:
    moment = _moment(value)
    if moment != datetime(moment.year, moment.month, moment.day):
        raise ValueError("здесь нужен день без часа|пишите его так: 2024-05-09")
    return moment.date()


def _flag(value: Any) -> Any:
    text = value.strip().lower() if isinstance(value, str) else ""
    if text not in _YES | _NO:
        raise ValueError("здесь возможно только «да» или «нет»|напишите true или false")
    return text in _YES


def _several(value: Any) -> Any:
    """One value, or several with commas, stand for a list."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _whole(value: Any) -> Any:
    text = re.sub(r"[\s\u00a0\u202f]", "", value) if isinstance(value, str) else ""
    if not text.isascii() or not text.isdigit():
        raise ValueError("здесь нужно целое число|пишите его цифрами: 1000")
    return int(text)


def _web(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s<>\"]+", value.strip()):
        raise ValueError("это не адрес в интернете|пишите его целиком: https://…")
    return value.strip()


def _phone(value: Any) -> Any:
    digits = re.sub(r"\D", "", value) if isinstance(value, str) else ""
    if not 2 <= len(digits) <= 20 or not re.match(r"\s*[+(\d]", value):
        raise ValueError("это не телефон|пишите его цифрами: +7 3953 00-00-00")
    return value.strip()


def _email(value: Any) -> Any:
    if not isinstance(value, str) or not _EMAIL.fullmatch(value.strip()):
        raise ValueError("это не электронный адрес|пишите его так: press@example.ru")
    return value.strip()


def _root(value: Any) -> Any:
    """The path of a page: segments that no server reads as «up» or hides, then «/» or a file's name."""
    path = unquote(value.strip()) if isinstance(value, str) else ""
    if not re.fullmatch(r"/(?:[\w~-][\w.~-]*/)*(?:[\w~-][\w.~-]*\.html?)?", path) or path == "/":
        raise ValueError("это не адрес страницы сайта|пишите его от корня: /news/2024/05/den-pobedy/")
    return path


Text = Annotated[str, StringConstraints(min_length=1)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=250)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Whole = Annotated[int, BeforeValidator(_whole)]
WebAddress = Annotated[str, BeforeValidator(_web)]
Phone = Annotated[str, BeforeValidator(_phone)]
Email = Annotated[str, BeforeValidator(_email)]
RootAddress = Annotated[str, BeforeValidator(_root)]
Several = Annotated[tuple[Text, ...], BeforeValidator(_several)]
