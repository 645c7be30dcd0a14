"""The fields of an emergency notice, as ``content.schema`` has those of headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsroom.content import values
from newsroom.content.cap_words import CATEGORY, CERTAINTY, SEVERITY, STATUS, URGENCY, Word
from newsroom.content.fields import Each, Fault, Part, field, refused
from newsroom.content.schema import Header
from newsroom.content.slugs import is_slug

LONGEST_HEADLINE = 160
"""Characters; CAP 1.2, 3.2.2: what a mobile telephone shows."""

_MARKUP = re.compile(r"\]\(|\*\*|^#{1,6} |</?[A-Za-z]", re.MULTILINE)
_POINT = re.compile(r"(-?\d{1,2}(?:\.\d+)?) *, *(-?\d{1,3}(?:\.\d+)?)")
_FEWEST_POINTS = 4
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-")


def name(value: Any) -> str:
    """A name that can stand in an address; it begins with a day, so that no other place of a page has it."""
    given = values.text(value)
    if not is_slug(given) or not _DATED.match(given):
        raise refused(
            f"имя «{given}» не годится для адреса",
            "начните его с даты, дальше строчные латинские буквы через дефис: 2026-11-23-uragan",
        )
    return given


def headline(value: Any) -> str:
    """One line that fits on every screen."""
    given = values.text(value)
    if len(given) > LONGEST_HEADLINE:
        raise refused(f"в поле «{{field}}» больше {LONGEST_HEADLINE} знаков", "оставьте главное")
    return given


def prose(value: Any) -> str:
    """Paragraphs with blank lines between them, and lists whose lines begin with «- »."""
    values.text(value)
    given = str(value).strip()
    if _MARKUP.search(given):
        message = "в тексте экстренного сообщения разметки не бывает, только абзацы и строки списка с «- »"
        raise refused(message, "уберите её; адрес, куда идти за подробностями, — в поле web")
    return given


def point(value: Any) -> str:
    """«56.151,101.634»: latitude and longitude in degrees, WGS 84."""
    found = _POINT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        raise refused(
            "это не точка на карте", "пишите широту и долготу через запятую, в кавычках: '56.151, 101.634'"
        )
    return f"{found[1]},{found[2]}"


class GeocodeHeader(Header):
    """Код территории."""

    name: str = field(values.text, "чей это код: OKTMO, OKATO")
    value: str = field(values.text, "сам код, в кавычках")


class NoticeHeader(Header):
    """Экстренное сообщение: запись списка `notices` в `content/emergency.yaml`."""

    id: str = field(name, "имя для адреса, навсегда: 2026-11-23-uragan")
    headline: str = field(headline, f"главное одной фразой, до {LONGEST_HEADLINE} знаков: его видно везде")
    event: str = field(values.text, "что происходит, двумя-тремя словами: Ураганный ветер")
    severity: str = field(Word(SEVERITY), f"угроза: {', '.join(SEVERITY)}")
    urgency: str = field(Word(URGENCY), f"когда действовать: {', '.join(URGENCY)}")
    certainty: str = field(Word(CERTAINTY), f"насколько это точно: {', '.join(CERTAINTY)}")
    category: str = field(Word(CATEGORY), f"о чём: {', '.join(CATEGORY)}")
    area: str = field(values.text, "где, словами: Центральный район Братска")
    effective: datetime = field(values.moment, "с какого часа показывать; раньше сообщения нет нигде")
    expires: datetime = field(values.moment, "до какого часа показывать; потом оно уходит в прошедшие само")
    text: str = field(prose, "что случилось: абзацы, списки с «- »")
    instruction: str = field(prose, "что делать людям: так же", "")
    onset: datetime | None = field(values.moment, "когда начнётся само явление, если не сейчас", None)
    contact: str = field(values.phone, "телефон, куда звонить: 112", "")
    web: str = field(values.web_address, "где подробности", "")
    status: str = field(
        Word(STATUS), f"{', '.join(STATUS)}; проверка уходит только программам, на страницах её нет", "Actual"
    )
    updates: tuple[str, ...] = field(values.several, "id прежних сообщений, которые это заменяет", ())
    cancels: tuple[str, ...] = field(values.several, "id прежних сообщений, по которым это — отбой", ())
    polygon: tuple[str, ...] = field(Each(point), "граница на карте: точки по порядку, не меньше трёх", ())
    geocodes: tuple[GeocodeHeader, ...] = field(Each(Part(GeocodeHeader)), "коды территорий", ())

    def disagreements(self) -> Iterator[Fault]:
        if self.expires <= self.effective:
            yield Fault(("expires",), "сообщение кончается раньше, чем начинается", "поправьте expires")
        elif self.onset and self.onset >= self.expires:
            yield Fault(
                ("onset",), "явление начнётся, когда сообщения уже не будет", "сделайте expires позже"
            )
        if self.updates and self.cancels:
            yield Fault(("cancels",), "сообщение и заменяет прежнее, и отменяет", "оставьте одно из двух")
        if self.polygon and len(self.border) < _FEWEST_POINTS:
            yield Fault(("polygon",), "граница из двух точек ничего не окружает", "назовите хотя бы три")

    @property
    def border(self) -> tuple[str, ...]:
        """The polygon with its first point at the end again, as CAP wants it."""
        closed = self.polygon[:1] == self.polygon[-1:] and len(self.polygon) > 1
        return self.polygon if closed or not self.polygon else (*self.polygon, self.polygon[0])
