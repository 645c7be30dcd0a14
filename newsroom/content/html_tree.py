"""A body's HTML as a tree, read quickly: for the plain HTML that this program writes itself.

Every «<» of a text and «>» of an attribute is an entity there, and what is opened is closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import zip_longest

_MARKUP = re.compile(r"<!--.*?-->|<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_VOID = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


class Element:
    """An element with its texts and elements in their order; ``name`` is in lower case."""

    __slots__ = ("_attributes", "children", "name")

    def __init__(self, name: str, attributes: str = "") -> None:
        self.name, self._attributes = name, attributes
        self.children: list[Node] = []

    def get(self, attribute: str) -> str:
        """The value of an attribute; "" where there is none."""
        for found in _ATTRIBUTE.finditer(self._attributes):
            if found[1] == attribute:
                return unescape(found[2] or found[3] or found[4] or "")
        return ""

    def elements(self, *names: str) -> list[Element]:
        """The elements of these names right under this one."""
        return [child for child in self.children if not isinstance(child, str) and child.name in names]

    def inside(self, name: str) -> Iterator[Element]:
        """The elements of a name at any depth, in their order."""
        for child in self.children:
            if not isinstance(child, str):
                if child.name == name:
                    yield child
                yield from child.inside(name)

    def texts(self) -> Iterator[str]:
        """The texts at any depth, in their order."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.texts()


Node = Element | str


def parse(html: str) -> Element:
    """An element without a name that holds what ``html`` does; comments are left out."""
    root = Element("")
    open_elements, children = [root], root.children
    parts = iter(_MARKUP.split(html))
    for text, closing, name, attributes in zip_longest(parts, parts, parts, parts):
        if text:
            children.append(unescape(text))
        if not name:
            continue
        if closing:
            _close(open_elements, name.lower())
        else:
            element = Element(name.lower(), attributes)
            children.append(element)
            if element.name not in _VOID:
                open_elements.append(element)
        children = open_elements[-1].children
    return root


def _close(open_elements: list[Element], name: str) -> None:
    """Closes the last element of a name with all inside it; none is open, none is closed."""
    for depth in range(len(open_elements) - 1, 0, -1):
        if open_elements[depth].name == name:
            del open_elements[depth:]
            return
