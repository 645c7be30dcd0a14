"""What people say in a release, and who said it: quotations as they stand in its text.

Found are block quotations, speech in «ёлочки» beside a word of speaking («…», — сказал мэр; мэр сказал: «…»)
and after a dash (— …, — сказал мэр). Names in the same marks and words without a speaker are left alone:
a newspaper that takes a quotation from here must be able to trust it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from newsroom.content.html_tree import Element, parse

_VERBS = (
    "говор сказа отмети отмеча подчерк рассказ сообщ заяв добав дополн поясн объясн комменти прокоммент "
    "подели делит счита увер напомн напомина поблагодар благодар поздрав обрати призна пообеща обеща призва "
    "призыва ответи отвеча уточн заключи подытож резюмирова вспомин вспомн пожела убежд выраз предлож "
    "предлага привет попроси просит написа словам"
)
"""What words of speaking begin with."""
_SPEAKS = re.compile(rf"\b(?:{'|'.join(_VERBS.split())})\w*", re.IGNORECASE)
_DASH = "[—–]"
_TURN = re.compile(rf"(?P<mark>[,.!?…])\s{_DASH}\s(?P<said>[^«»]+?)(?:(?P<end>[,.:])\s{_DASH}\s|$)")
"""The author's words within speech: «Лёд готов, — сказал мэр. — Ждём всех»."""
_AFTER = re.compile(rf"[,.!?…]?\s?{_DASH}\s(?P<said>.+)", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[\w»)]{3}[.!?…])\s+(?=[«„А-ЯЁA-Z—–])")
"""Between two sentences; initials («И. И. Иванов») end none."""
_BLOCKS = frozenset({"p", "li", "blockquote", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption"})
_SPACES = re.compile(r"\s+")


class Quotation(Struct, frozen=True):
    """``pieces`` are the words, one after another where the author speaks between; ``said_by`` is as it
    stands in the text: «сказал мэр»."""

    pieces: tuple[str, ...]
    said_by: str


def quotations(html: str) -> list[Quotation]:
    """The quotations of a body, in their order."""
    found: list[Quotation] = []
    for element, before in _blocks(parse(html), ""):
        found += (
            _block_quotation(element, before) if element.name == "blockquote" else _within(_text(element))
        )
    return found


def _blocks(parent: Element, before: str) -> Iterator[tuple[Element, str]]:
    """Paragraphs and block quotations at any depth, each with the text of the paragraph before it."""
    for child in parent.elements(*_names(parent)):
        inner = [each for each in child.children if not isinstance(each, str) and each.name in _BLOCKS]
        if child.name == "blockquote" or (child.name in _BLOCKS and not inner):
            yield child, before
            before = _text(child)
        else:
            yield from _blocks(child, before)


def _names(parent: Element) -> set[str]:
    return {child.name for child in parent.children if not isinstance(child, str)}


def _block_quotation(element: Element, before: str) -> list[Quotation]:
    """Its paragraphs; the speaker is its last one, if that begins with a dash, or who was led in by «:».

    Without either it is no speech, but a note or somebody's paper.
    """
    texts = [text for text in map(_text, element.elements("p")) if text] or [_text(element)]
    said_by = ""
    if len(texts) > 1 and re.match(rf"{_DASH}\s", texts[-1]):
        said_by = texts.pop()[1:].strip()
    elif before.endswith(":"):
        said_by = _SENTENCE.split(before)[-1].rstrip(":")
    if not said_by:
        return []
    return [Quotation(tuple(text.removeprefix("«").removesuffix("»") for text in texts), said_by)]


def _within(text: str) -> Iterator[Quotation]:
    """The speech in a paragraph."""
    if re.match(rf"{_DASH}\s", text):
        if told := _with_a_turn(text[2:]):
            yield told
        return
    for start, end in _marked(text):
        inner, before, after = text[start + 1 : end], text[:start].rstrip(), text[end + 1 :]
        told = _with_a_turn(inner) or _led_out(inner, after) or _led_in(inner, before)
        if told:
            yield told


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Where each outermost « stands, and its »."""
    depth, start = 0, 0
    for mark in re.finditer("[«»]", text):
        if mark[0] == "«":
            start, depth = (mark.start() if not depth else start), depth + 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, mark.start()


def _with_a_turn(inner: str) -> Quotation | None:
    turn = _TURN.search(inner)
    if not turn or not _SPEAKS.search(turn["said"]):
        return None
    mark = turn["mark"] if turn["mark"] in "!?…" else ""
    pieces = inner[: turn.start()] + mark, inner[turn.end() :].strip()
    said = _SENTENCE.split(turn["said"])[0].strip().rstrip(".")
    return Quotation(tuple(piece for piece in pieces if piece), said)


def _led_out(inner: str, after: str) -> Quotation | None:
    """«…», — сказал мэр."""
    found = _AFTER.match(after)
    said = _SENTENCE.split(found["said"])[0].strip().rstrip(".!…") if found else ""
    return Quotation((inner,), said) if _SPEAKS.search(said) else None


def _led_in(inner: str, before: str) -> Quotation | None:
    """Мэр сказал: «…»."""
    said = _SENTENCE.split(before)[-1].removesuffix(":").strip()
    return Quotation((inner,), said) if before.endswith(":") and _SPEAKS.search(said) else None


def _text(element: Element) -> str:
    return _SPACES.sub(" ", "".join(element.texts())).strip()
