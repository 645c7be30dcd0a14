"""``_headers``: what a server is to say with each file, in the form that static hosts read.

Two hosts gave the form its two readings of a header that several rules name. Netlify takes the last
value; Cloudflare Pages joins all with commas, which would be two policies or two ages, unless a rule takes
the former value away first with a line «! Name». Netlify passes over such a line: it has no colon. So what
is written here means the same to both, and is read here in the stricter manner, that of Cloudflare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

PATH = "_headers"
_DETACH = "! "


class Rule(Struct, frozen=True):
    """A pattern of addresses, in which ``*`` is anything, and the headers of what it fits.

    On a host that takes the last value what is only detached stays, so it must do no harm there.
    """

    pattern: str
    headers: Mapping[str, str]
    detached: frozenset[str] = frozenset()
    """Names, in small letters, whose former values go, with no new one."""


def written(rules: Iterable[Rule]) -> str:
    """The file of some rules, of which a later one overrules all earlier ones."""
    named: dict[str, str] = {}
    blocks = []
    for rule in rules:
        lines = [rule.pattern, *(f"  {_DETACH}{named[name]}" for name in sorted(rule.detached))]
        for name, value in rule.headers.items():
            lines += [f"  {_DETACH}{name}"] if name.lower() in named else []
            lines.append(f"  {name}: {value}")
        named |= {name.lower(): name for name in rule.headers}
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def read_rules(output: Path) -> list[Rule]:
    """The rules of the site's file in their order; none where it has no such file."""
    file = output / PATH
    return parsed(file.read_text("utf-8")) if file.is_file() else []


def parsed(text: str) -> list[Rule]:
    """The rules of a file's text; comments and lines that say nothing are passed over."""
    rules: list[Rule] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            rules.append(Rule(line.strip(), {}))
        elif rules:
            rules[-1] = _with_line(rules[-1], line.strip())
    return rules


def headers_for(rules: Sequence[Rule], path: str) -> dict[str, str]:
    """What an address is served with."""
    names: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    for rule in rules:
        if not regular(rule.pattern).fullmatch(path):
            continue
        for name in rule.detached:
            values.pop(name, None)
        for name, value in rule.headers.items():
            names[name.lower()] = name
            values.setdefault(name.lower(), []).append(value)
    return {names[name]: ", ".join(given) for name, given in values.items()}


@lru_cache(maxsize=256)
def regular(pattern: str) -> re.Pattern[str]:
    """A pattern of addresses as a regular expression, to be matched as a whole."""
    return re.compile(".*".join(map(re.escape, pattern.split("*"))))


def _with_line(rule: Rule, line: str) -> Rule:
    if line.startswith(_DETACH):
        return Rule(rule.pattern, rule.headers, rule.detached | {line.removeprefix(_DETACH).strip().lower()})
    name, colon, value = line.partition(":")
    headers = {**rule.headers, name.strip(): value.strip()} if colon else rule.headers
    return Rule(rule.pattern, headers, rule.detached)
