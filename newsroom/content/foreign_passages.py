"""Passages in another language: «[Smart City]{lang=en}», and a paragraph that ends in a line «{lang=en}».

A program that reads aloud then takes the voice of that language (WCAG 2.2, 3.1.2), and Russian
typography leaves the words alone. The marks are Pandoc's; a name of a language is a tag of BCP 47.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import LinkInlineProcessor
from markdown.treeprocessors import Treeprocessor

LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
_SET = rf"\{{[ ]*lang=[\"']?(?P<language>{LANGUAGE})[\"']?[ ]*\}}"
AFTER_WORDS = re.compile(_SET)
LAST_LINE = re.compile(rf"(?:\A|\n)[ ]*{_SET}\s*\Z")
_MARKED = re.compile(rf"(?<![!\\])\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]{_SET}")
_LAST_LINES = re.compile(rf"\n[> \t]*{_SET}[ ]*(?=\n[> \t]*(?:\n|\Z)|\Z)")
_ANY = re.compile(r"\{[ ]*lang\b[^}\n]*\}?", re.IGNORECASE)
_TYPED = re.compile(rf"{_ANY.pattern}|(?<=\])\{{[ ]*(?P<bare>{LANGUAGE})[ ]*\}}", re.IGNORECASE)
"""A mark, or what is taken for one: «[Smart City]{en}»."""
_CODE = re.compile(r"<code>.*?</code>", re.DOTALL)
_BLOCKS = frozenset({"p", "li"})
_LISTED = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv
dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie
ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv
mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm
rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr
ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
abq ady alt bua ckt crh dar evn eve inh kbd kim kjh krc krl kum lbe lez mdf mhr mns mrj myv nan nio
nog rom sah sel tab tkr tyv udm vep xal yrk
"""
_CODES = frozenset(_LISTED.split())
"""Codes of ISO 639-1; of ISO 639-3 those of peoples of Russia that have none of two letters."""


class ForeignPassagesExtension(Extension):
    """Adds both marks to a Markdown parser."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown calls it so
        # Before «reference» (170) and «link» (160), whose brackets look alike.
        md.inlinePatterns.register(_Words(r"(?<!!)\[", md), "foreign words", 175)
        # After «inline» (20), before typography (15).
        md.treeprocessors.register(_Paragraphs(md), "foreign paragraphs", 17)


class _Words(LinkInlineProcessor):
    """«[words]{lang=en}»: a span that says its language."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        words, end, is_closed = self.getText(data, m.end(0))
        told = AFTER_WORDS.match(data, end) if is_closed else None
        if not told:
            return None, None, None
        element = ET.Element("span", lang=told["language"])
        element.text = words
        return element, m.start(0), told.end()


class _Paragraphs(Treeprocessor):
    """A paragraph whose last line is «{lang=en}»; the last one of a quotation speaks for all of it."""

    def run(self, root: ET.Element) -> None:
        _mark(root)


def _mark(parent: ET.Element) -> None:
    for child in list(parent):
        _mark(child)
        language = _taken_off(child) if child.tag in _BLOCKS else ""
        if not language:
            continue
        is_last = parent.tag == "blockquote" and child is parent[-1]
        (parent if is_last else child).set("lang", language)
        if not len(child) and not (child.text or "").strip():
            parent.remove(child)


def _taken_off(paragraph: ET.Element) -> str:
    """The language that the last line tells; the line goes."""
    last = paragraph[-1] if len(paragraph) else None
    text = (last.tail if last is not None else paragraph.text) or ""
    found = LAST_LINE.search(text)
    if not found or (last is not None and last.tag != "br" and "\n" not in found[0]):
        return ""
    if last is None:
        paragraph.text = text[: found.start()]
    else:
        last.tail = text[: found.start()]
    return found["language"]


def without_language_marks(source: str) -> str:
    """The same Markdown for those who do not know these marks: the words stay."""
    return _LAST_LINES.sub("", _MARKED.sub(r"\g<words>", source))


def faulty_marks(source: str) -> Iterator[tuple[int, str]]:
    """Place and text of marks that tell no language, or have no words before them."""
    for found in _ANY.finditer(source):
        told = AFTER_WORDS.fullmatch(found[0])
        if not (told and _is_language(told["language"]) and _has_words(source, found)):
            yield found.start(), found[0]


def typed_marks(text: str) -> Iterator[tuple[int, str]]:
    """Place and text of everything that is typed as a mark, good or not."""
    for found in _TYPED.finditer(text):
        if not found["bare"] or _is_language(found["bare"]):
            yield found.start(), found[0]


def left_marks(source: str, html: str, convert: Callable[[str], str]) -> list[tuple[int, str]]:
    """Place and text of marks that ``faulty_marks`` passes and that are in the HTML all the same.

    Those in code are meant to be seen. Of marks that look alike, the one is left whose absence
    changes what is left; it is asked of ``convert`` only where something is.
    """
    left = _left(html)
    if not left:
        return []
    told = {place for place, _ in faulty_marks(source)}
    marks = [(place, mark) for place, mark in typed_marks(source) if place not in told]
    found = [
        (place, mark)
        for place, mark in marks
        if _left(convert(source[:place] + source[place + len(mark) :])) < left
    ]
    return found or ([] if told else marks[:1])


def _left(html: str) -> int:
    return sum(1 for _ in typed_marks(_CODE.sub("", html)))


def _has_words(source: str, mark: re.Match[str]) -> bool:
    """Whether it stands right after «]», or alone in the last line of a paragraph or a quotation."""
    *above, line = source[: mark.start()].split("\n")
    rest, *below = source[mark.end() :].split("\n")
    if line.endswith("]"):
        return True
    if line.strip("> \t") or rest.strip():
        return False
    follows, goes_on = "".join(above[-1:]).strip("> \t"), "".join(below[:1]).strip("> \t")
    return not goes_on and bool(follows or ">" in line)


def _is_language(tag: str) -> bool:
    """Whether its first part is a code of ISO 639: «en-US» is English."""
    return tag.lower().partition("-")[0] in _CODES
