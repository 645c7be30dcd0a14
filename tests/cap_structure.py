"""The structure of a CAP 1.2 message, written down from the standard's tables (OASIS, 3.2 and 3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

NAMESPACE = "{urn:oasis:names:tc:emergency:cap:1.2}"
Occurs = tuple[str, bool, bool]
"""An element's name, whether it must be there, whether it may be there more than once."""


def _table(text: str) -> list[Occurs]:
    """«name» once, «name?» at most once, «name*» any number of times, «name+» at least once."""
    return [(name.rstrip("?*+"), name[-1] not in "?*", name[-1] in "*+") for name in text.split()]


ORDER: Mapping[str, Sequence[Occurs]] = {
    "alert": _table(
        "identifier sender sent status msgType source? scope restriction? addresses? code* note? references? "
        "incidents? info*"
    ),
    "info": _table(
        "language? category+ event responseType* urgency severity certainty audience? eventCode* effective? "
        "onset? expires? senderName? headline? description? instruction? web? contact? parameter* resource* "
        "area*"
    ),
    "area": _table("areaDesc polygon* circle* geocode* altitude? ceiling?"),
    "geocode": _table("valueName value"),
}
WORDS = {
    "status": "Actual Exercise System Test Draft",
    "msgType": "Alert Update Cancel Ack Error",
    "scope": "Public Restricted Private",
    "category": "Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other",
    "urgency": "Immediate Expected Future Past Unknown",
    "severity": "Extreme Severe Moderate Minor Unknown",
    "certainty": "Observed Likely Possible Unlikely Unknown",
}
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d"
_NAME = r"[^\s,<&]+"
_POINT = r"-?\d+(\.\d+)?,-?\d+(\.\d+)?"
FORMS = {
    **dict.fromkeys(("sent", "effective", "onset", "expires"), _MOMENT),
    **dict.fromkeys(("identifier", "sender"), _NAME),
    "references": rf"{_NAME},{_NAME},{_MOMENT}( {_NAME},{_NAME},{_MOMENT})*",
    "polygon": rf"(?P<first>{_POINT})( {_POINT}){{2,}} (?P=first)",
    "web": r"https?://\S+",
    "language": r"[a-z]{2}(-[A-Z]{2})?",
}


def faults(element: Any, name: str = "alert") -> Iterator[str]:
    """Everything in which a parsed message is not as the standard wants it."""
    if element.tag != NAMESPACE + name:
        yield f"{element.tag} is no {name}"
        return
    children = [child.tag.removeprefix(NAMESPACE) for child in element]
    table = ORDER.get(name, [])
    places = {known: place for place, (known, _, _) in enumerate(table)}
    yield from (f"{name}: unknown {child}" for child in children if child not in places)
    known = [places[child] for child in children if child in places]
    if known != sorted(known):
        yield f"{name}: not in order: {children}"
    for child, needed, repeats in table:
        count = children.count(child)
        if (needed and not count) or (count > 1 and not repeats):
            yield f"{name}: {child} occurs {count} times"
    text = element.text or ""
    if name in WORDS and text not in WORDS[name].split():
        yield f"{name}: {text}"
    if name in FORMS and not re.fullmatch(FORMS[name], text):
        yield f"{name}: {text}"
    for child in element:
        yield from faults(child, child.tag.removeprefix(NAMESPACE))
