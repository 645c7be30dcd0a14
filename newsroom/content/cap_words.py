"""What an editor calls the values of the Common Alerting Protocol 1.2 (OASIS, section 3.2), word by word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsroom.content.fields import refused

SEVERITY = {
    "чрезвычайная": "Extreme",
    "высокая": "Severe",
    "средняя": "Moderate",
    "низкая": "Minor",
    "неизвестна": "Unknown",
}
"""How great the threat is, the greatest first."""
URGENCY = {
    "немедленно": "Immediate",
    "скоро": "Expected",
    "позже": "Future",
    "прошло": "Past",
    "неизвестно": "Unknown",
}
"""When people must act: at once, within the hour, later, no more."""
CERTAINTY = {
    "происходит": "Observed",
    "вероятно": "Likely",
    "возможно": "Possible",
    "маловероятно": "Unlikely",
    "неизвестно": "Unknown",
}
"""How sure it is."""
CATEGORY = {
    "погода": "Met",
    "стихия": "Geo",
    "пожар": "Fire",
    "коммунальное хозяйство": "Infra",
    "транспорт": "Transport",
    "здоровье": "Health",
    "экология": "Env",
    "химия и радиация": "CBRNE",
    "общественный порядок": "Security",
    "поиск и спасение": "Rescue",
    "безопасность": "Safety",
    "другое": "Other",
}
"""What it is about."""
STATUS = {"настоящее": "Actual", "учения": "Exercise", "проверка": "Test"}
"""Whether it is meant: a drill is shown and says so, a test goes to aggregators alone."""


class Word:
    """The kind of a field that holds one of the words; gives the value of the standard."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words

    def __call__(self, value: Any) -> str:
        known = self.words.get(value.strip().lower()) if isinstance(value, str) else None
        if known is None:
            raise refused(f"в поле «{{field}}» стоит «{value}»", f"возможно только: {', '.join(self.words)}")
        return known

    def typed(self, value: str) -> str:
        """The word that an editor writes for a value of the standard."""
        return next(word for word, known in self.words.items() if known == value)
