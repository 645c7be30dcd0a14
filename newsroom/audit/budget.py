"""What a page weighs on its way to a reader who has nothing of it yet, and how much it may weigh.

Counted are the bytes of each answer as they go over the wire, packed by gzip: the body and the headers.
Servers that pack with Brotli and speak HTTP/2, which sends repeated headers as a byte or two, send a
tenth less; the budgets hold for those that do not. Requests for the page itself and for all that it asks
for by itself are counted, at a phone's size, without a scroll and without a touch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from newsroom.audit.modes import LIGHT, context

KB = 1024
AT_ONCE = 6
PHONE = {"width": 360, "height": 740, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}


class Weight(Struct, frozen=True):
    """Bytes by kind, headers among them, and how many answers brought all but pictures.

    ``words`` are all but pictures and faces: the page, style, scripts, the sheet of icons.
    """

    words: int
    faces: int
    pictures: int
    requests: int

    def __str__(self) -> str:
        parts = (self.words, self.words + self.faces, self.pictures)
        words, with_faces, pictures = (f"{size / KB:.1f}" for size in parts)
        return f"{words} KB, {with_faces} with faces, pictures {pictures}; {self.requests} requests"


class Budget(Struct, frozen=True):
    """The most that a page may weigh: bytes without pictures and faces, bytes with its faces, requests."""

    words: int
    with_faces: int
    requests: int

    def overspent(self, weight: Weight) -> list[str]:
        """What is over the budget, in words."""
        spent = {
            "words": (weight.words, self.words),
            "words and faces": (weight.words + weight.faces, self.with_faces),
            "requests": (weight.requests, self.requests),
        }
        return [f"{name}: {given} > {most}" for name, (given, most) in spent.items() if given > most]


PAGE = Budget(27 * KB, 71 * KB, 16)
"""Of every kind of page that has no line of its own."""
BUDGETS: Mapping[str, Budget] = {
    "release": Budget(25 * KB, 70 * KB, 14),
    "lite": Budget(14 * KB, 14 * KB, 1),
    "search": Budget(32 * KB, 76 * KB, 18),
    "conformity": Budget(31 * KB, 75 * KB, 16),
}
"""By kind of page (``audit.kinds``)."""


def budget_of(kind: str) -> Budget:
    return BUDGETS.get(kind, PAGE)


def weigh(browser: Any, addresses: Sequence[str]) -> list[Weight]:
    """The weights of pages, each opened on a phone with an empty cache; several at once."""
    groups = (addresses[start : start + AT_ONCE] for start in range(0, len(addresses), AT_ONCE))
    return [weight for group in groups for weight in _weigh_together(browser, group)]


def _weigh_together(browser: Any, addresses: Sequence[str]) -> Iterator[Weight]:
    opened = []
    for address in addresses:
        page = context(browser, LIGHT, **PHONE).new_page()
        answers: list[Any] = []
        page.on("requestfinished", partial(_keep, answers))
        page.goto(address, wait_until="commit")
        opened.append((page, answers))
    for page, answers in opened:
        page.wait_for_load_state("networkidle")
        yield _weight(answers)
        page.context.close()


def _keep(answers: list[Any], answer: Any) -> None:
    answers.append(answer)


def _weight(answers: Sequence[Any]) -> Weight:
    spent = Counter[str]()
    shown = sum(answer.resource_type == "image" for answer in answers)
    for answer in answers:
        sizes = answer.sizes()
        spent[answer.resource_type] += sizes["responseHeadersSize"] + sizes["responseBodySize"]
    faces, pictures = spent.pop("font", 0), spent.pop("image", 0)
    return Weight(words=spent.total(), faces=faces, pictures=pictures, requests=len(answers) - shown)
