"""Synthetic emergency notices for tests; they tell of nothing in any city."""

from __future__ import annotations

from typing import Any

import yaml

NOTICE: dict[str, Any] = {
    "headline": "Учебный ветер до 30 м/с",
    "event": "Учебный ветер",
    "severity": "высокая",
    "urgency": "немедленно",
    "certainty": "вероятно",
    "category": "погода",
    "area": "Показательный район",
    "effective": "2024-06-01 11:00",
    "expires": "2024-06-01 20:00",
    "text": "Этот текст написан для проверки программы.\n\nИ второй абзац.",
    "instruction": "- Ничего не делайте.\n- Это проверка.",
    "contact": "112",
}


def notice(id: str = "2024-06-01-veter", **fields: Any) -> dict[str, Any]:
    """A notice that counts at noon of 1 June 2024; a field given as None is left out."""
    found = {"id": id, **NOTICE, **fields}
    return {name: value for name, value in found.items() if value is not None}


def file(*notices: dict[str, Any]) -> str:
    """The data file with these notices."""
    return yaml.safe_dump({"notices": list(notices)}, allow_unicode=True, sort_keys=False)
