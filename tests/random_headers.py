"""What may stand in the headers of a synthetic newsroom: for each field, how to make up its value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.random_newsroom import PICTURES, Chance, Fields, State, release_url

Make = Callable[[State, Chance, str], Any]
"""Makes up the value of a header's field for the thing of this id."""


def _title(_: State, chance: Chance, __: str) -> str:
    return chance.title()


def _words(_: State, chance: Chance, __: str) -> str:
    return f"Коротко {chance.number()}."


def _body(_: State, chance: Chance, __: str) -> str:
    return chance.body()


def _yes(_: State, __: Chance, ___: str) -> str:
    return "true"


def _image(_: State, chance: Chance, __: str) -> Fields:
    return {"src": chance.one(PICTURES), "alt": f"Вид {chance.number()}"}


def _gallery(_: State, chance: Chance, __: str) -> Fields:
    rows = [{name: f"Вид {chance.number()}"} for name in chance.some(PICTURES, 0.7) or PICTURES]
    told = {"author": f"Автор {chance.number()}"} if chance.likely(0.5) else {}
    return {**told, "pictures": rows}


def _contact(_: State, chance: Chance, __: str) -> Fields:
    return {"phone": f"11{chance.number()}"}


def _links(state: State, chance: Chance, id: str) -> list[str]:
    """One link: to a release, a list or any page, by its address or by the name of its file."""
    others = [other for other in state.releases if other != id]
    addresses = [release_url(other) for other in others]
    addresses += ["/rubrics/gorod/", "/tags/zima/", "/news/2024/", "/feeds/", "/events/"]
    if id in state.releases:
        addresses += [f"../../{other[:4]}/{other[5:7]}/{other}.md" for other in others]
        addresses += [f"../../../{file}" for file in state.pages]
    return [chance.one(addresses) + ("#gde" if chance.likely(0.2) else "")]


def _changes(_: State, chance: Chance, __: str) -> list[Fields]:
    dates = [chance.moment(month) for month in ("2024-05", "2024-06")]
    return [{"date": date, "note": f"Правка {chance.number()}"} for date in chance.some(dates)]


def _attachments(_: State, chance: Chance, __: str) -> list[Fields]:
    return [{"file": chance.one(("plan.txt", *PICTURES)), "title": f"План {chance.number()}"}]


def _releases(state: State, chance: Chance, _: str) -> list[str]:
    return chance.some(state.releases, 0.1)


def _aliases(_: State, chance: Chance, __: str) -> list[str]:
    """Mostly one of its own; else one that another may have, and then neither can be published."""
    return [f"/prezhniy-{'obschiy' if chance.likely(0.2) else chance.number()}/"]


def _later(_: State, chance: Chance, __: str) -> str:
    """Always there: a recording may come at any step, and without its words it stops the build."""
    return f"Расшифровка будет {chance.number()} мая"


RELEASE: dict[str, Make] = {
    "title": _title,
    "date": lambda _, chance, id: chance.moment(id[:7]),
    "rubric": lambda state, chance, _: chance.one(state.terms["rubrics"]),
    "department": lambda state, chance, _: chance.one(state.ids("departments")),
    "summary": _words,
    "tags": lambda state, chance, _: chance.some(state.terms["tags"]),
    "text_later": _later,
    "body": _body,
    "links": _links,
    "image": _image,
    "gallery": _gallery,
    "figure": lambda _, chance, __: {"value": f"{chance.number()} 000", "label": "раз"},
    "video": lambda _, chance, __: {"title": "Видео", "address": f"https://ok.ru/video/{chance.number()}"},
    "event": lambda state, chance, _: chance.some(state.ids("events")),
    "attachments": _attachments,
    "contact": _contact,
    "changes": _changes,
    "aliases": _aliases,
    "featured": _yes,
    "conventional_date": _yes,
}
RELEASE_HAS = 8
"""How many of these, the first, a release must have; the others come and go."""

PAGES: dict[str, dict[str, Make]] = {
    "departments": {"title": _title, "summary": _words, "body": _body, "contact": _contact, "links": _links},
    "events": {
        "title": _title,
        "dates": lambda _, chance, __: [{"start": chance.day()} for _ in range(2)],
        "body": _body,
        "image": _image,
        "place": _words,
        "summary": _words,
        "conventional_date": _yes,
    },
    "broadcasts": {
        "title": _title,
        "start": lambda _, chance, __: f"{chance.day()} 18:00",
        "state": lambda _, chance, __: chance.one(("announced", "live", "recorded")),
        "text_later": _later,
        "body": _body,
        "releases": _releases,
        "image": _image,
        "duration_minutes": lambda _, chance, __: str(chance.number()),
        "video": lambda _, chance, __: f"https://video.example/{chance.number()}",
    },
    "channels": {
        "title": _title,
        "network": lambda _, chance, __: chance.one(("MAX", "ВКонтакте")),
        "owner": lambda _, chance, __: chance.one(("Город", "Мэр")),
        "status": lambda _, chance, __: chance.one(("active", "archive", "closed")),
        "opened": lambda _, chance, __: chance.day(),
        "body": _body,
    },
    "pages": {"title": _title, "summary": _words, "body": _body, "links": _links, "aliases": _aliases},
    "issues": {
        "title": _title,
        "number": lambda _, chance, __: str(chance.number()),
        "date": lambda _, chance, __: chance.day(),
        "pdf": lambda _, __, ___: "nomer.pdf",
        "body": _body,
        "releases": _releases,
        "print_run": lambda _, chance, __: str(chance.number()),
    },
}
PAGE_HAS = {"departments": 3, "events": 3, "broadcasts": 5, "channels": 4, "pages": 3, "issues": 5}
