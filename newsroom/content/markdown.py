"""Markdown into HTML that is safe, valid and of this site.

Raw HTML is text here: tags an editor types are shown, not obeyed. Links lead only
where a press release may lead, pictures only to pictures found beside the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from newsroom.content.attached import Picture
from newsroom.content.body_tree import number_headings, wrap_tables
from newsroom.content.figures import figure_html, picture_html
from newsroom.content.foreign_passages import ForeignPassagesExtension
from newsroom.content.markdown_shortcuts import take_shortcuts
from newsroom.content.safe_addresses import (
    CONTROL,
    encoded_address,
    is_external,
    is_safe_address,
    unescaped,
)
from newsroom.content.typography import typograph
from newsroom.content.typography_extension import TypographyExtension

ResolveLink = Callable[[str, str], str]
"""(address, the same as it stands in the source) -> address of the site."""
ResolvePicture = Callable[[str, str, str], Picture | None]
"""(address, alt, title) -> the picture, or None to leave only the alt text."""


class Converter:
    """One Markdown parser for all texts of a process: making it costs as much as a page.

    ``base`` is the path the site is served under, put before addresses of pictures.
    Without ``shortcuts`` Markdown takes all its own ways, to the same end.
    """

    def __init__(self, base: str = "", *, shortcuts: bool = True) -> None:
        self._finish = _Finish(base)
        # By name Markdown would look for its extensions among all installed packages.
        self._parser = markdown.Markdown(
            extensions=[
                TableExtension(),
                SaneListExtension(),
                ForeignPassagesExtension(),
                TypographyExtension(),
                _SafeExtension(self._finish),
            ],
            output_format="html",
        )
        if shortcuts:
            take_shortcuts(self._parser)

    def convert(self, source: str, *, resolve_link: ResolveLink, resolve_picture: ResolvePicture) -> str:
        """HTML of a body; whatever the source, no script and no foreign picture comes of it.

        ``resolve_link`` is called for each link, then ``resolve_picture`` for each
        picture, in the order of the text. A link is left out, its words stay, where
        ``is_safe_address`` refuses what came back: the caller may say so first.
        """
        self._finish.resolve_link = resolve_link
        self._finish.resolve_picture = resolve_picture
        self._parser.reset()
        html: str = self._parser.convert(source)
        return html


class _SafeExtension(Extension):
    """Takes raw HTML away from Markdown and gives the finished tree to ``_Finish``."""

    def __init__(self, finish: _Finish) -> None:
        super().__init__()
        self._finish = finish

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown calls it so
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # Four spaces at the head of a paragraph are an indent here, never code.
        md.parser.blockprocessors.deregister("code")
        md.inlinePatterns.register(_Entity(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z0-9]+);"), "entity", 80)
        md.inlinePatterns.register(_Mail(r"<(?:mailto:)?([^<>\s!:]+@[^@<>\s:]+)>"), "automail", 110)
        self._finish.md = md
        # After «unescape» (0): addresses and texts are then what the reader will get.
        md.treeprocessors.register(self._finish, "newsroom", -10)


class _Entity(InlineProcessor):
    """«&nbsp;» and «&#8212;» as the characters they mean, so that typography sees them."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        return CONTROL.sub("", unescaped(m[0])), m.start(0), m.end(0)


class _Mail(InlineProcessor):
    """«<press@example.com>»; Markdown's own writes each letter as an entity, different in feeds."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        link = ET.Element("a", href=f"mailto:{m[1]}")
        link.text = AtomicString(m[1])
        return link, m.start(0), m.end(0)


class _Finish(Treeprocessor):
    """The last walk over the tree: headings, links, pictures, tables, ampersands."""

    resolve_link: ResolveLink
    resolve_picture: ResolvePicture

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def run(self, root: ET.Element) -> None:
        tags = {element.tag for element in root.iter()}
        number_headings(root)
        if "a" in tags:
            self._finish_links(root)
        if "img" in tags:
            self._finish_pictures(root)
        if "table" in tags:
            wrap_tables(root)
        _escape_ampersands(root)

    def _finish_links(self, root: ET.Element) -> None:
        """HTML forbids a link inside another; one that was left out holds none."""
        inside = set[ET.Element]()
        for link in list(root.iter("a")):
            self._finish_link(link, link in inside)
            if link.tag == "a":
                inside.update(link.iter("a"))

    def _finish_link(self, link: ET.Element, inside_link: bool) -> None:
        written = link.attrib.pop("href", "")
        title = unescaped(link.attrib.pop("title", ""))
        address = unescaped(written).strip()
        resolved = "" if inside_link else self.resolve_link(address, written)
        if not resolved or not is_safe_address(resolved):
            link.tag = "span"
            return
        link.set("href", encoded_address(resolved))
        if title:
            link.set("title", typograph(title))
        if is_external(resolved):
            link.set("rel", "noopener")
        if not len(link) and not (link.text or "").strip():
            link.text = address

    def _finish_pictures(self, root: ET.Element) -> None:
        for parent in list(root.iter()):
            pictures = [child for child in parent if child.tag == "img"]
            if not pictures:
                continue
            alone = parent.tag == "p" and _holds_only(parent, pictures)
            found = [self._picture(each) for each in pictures]
            if alone and all(found):
                self._put_figures(root, parent, [each for each in found if each])
            else:
                for element, picture in zip(pictures, found, strict=True):
                    self._put_inline(element, picture)

    def _picture(self, element: ET.Element) -> Picture | None:
        address = unescaped(element.get("src", "")).strip()
        alt, title = _clean(element.get("alt", "")), _clean(element.get("title", ""))
        return self.resolve_picture(address, alt, title)

    def _put_inline(self, element: ET.Element, picture: Picture | None) -> None:
        alt = _clean(element.get("alt", ""))
        element.attrib.clear()
        element.tag = "span"
        element.text = self._stash(picture_html(picture, base=self._base)) if picture else alt

    def _put_figures(self, root: ET.Element, paragraph: ET.Element, pictures: list[Picture]) -> None:
        """Instead of a paragraph of pictures, a paragraph with a placeholder for each figure.

        Markdown puts the figure in the place of the whole paragraph.
        """
        parent = next(each for each in root.iter() if paragraph in list(each))
        place = list(parent).index(paragraph)
        parent.remove(paragraph)
        for number, picture in enumerate(pictures):
            figure = ET.Element("p")
            figure.text = self._stash(figure_html(picture, base=self._base))
            figure.tail = "\n"
            parent.insert(place + number, figure)

    def _stash(self, html: str) -> str:
        return str(self.md.htmlStash.store(html))


def _holds_only(paragraph: ET.Element, pictures: list[ET.Element]) -> bool:
    texts = [paragraph.text, *(child.tail for child in paragraph)]
    breaks = sum(child.tag == "br" for child in paragraph)
    return len(paragraph) == len(pictures) + breaks and not any(text and text.strip() for text in texts)


def _escape_ampersands(root: ET.Element) -> None:
    """Every «&» of the tree is a character by now; Markdown would take «&lt;» for an entity.

    Code is left: Markdown escaped it already.
    """
    for element in root.iter():
        for name, value in element.items():
            element.set(name, _escaped(CONTROL.sub("", value)))
        if element.text and "&" in element.text and element.tag != "code":
            element.text = _escaped(element.text)
        if element.tail and "&" in element.tail:
            element.tail = _escaped(element.tail)


def _escaped(text: str) -> str:
    return text.replace("&", AMP_SUBSTITUTE + "amp;")


def _clean(text: str) -> str:
    return CONTROL.sub("", unescaped(text)).strip()
