"""Headings and tables of a body, mended in the element tree that Markdown makes."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from newsroom.content.slugs import slug

_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
OF_THE_THEME = frozenset((
    "agenda", "channel-network", "channel-status", "channel-words", "checks", "choice-order",
    "content", "contents", "corrections", "criteria", "found",
    "latest", "leads", "leaf-text", "leaves", "lightbox-words", "limits", "magazine", "most-read", "pages",
    "past-notices", "photos", "question", "question-hint", "related", "releases", "rubrics",
    "search-ways", "site-search", "summary", "verify-address", "verify-by-hand", "verify-commit",
    "verify-file", "verify-how", "verify-text", "ways-departments", "ways-rubrics", "ways-tags",
    "ways-years", "y", "years",
))  # fmt: skip
"""Ids that pages have around a body, which no heading of it may take."""
_LEVELS = {tag: level for level, tag in enumerate(_HEADINGS)}


def number_headings(root: ET.Element) -> None:
    """Levels from h2 down without gaps, since h1 is the page's title; unique ids from the words."""
    headings = [element for element in root.iter() if element.tag in _LEVELS]
    top = min((_LEVELS[heading.tag] for heading in headings), default=0)
    previous, taken = 0, set(OF_THE_THEME)
    for heading in headings:
        previous = min(_LEVELS[heading.tag] - top + 1, previous + 1, len(_HEADINGS) - 1)
        heading.tag = _HEADINGS[previous]
        heading.set("id", _free_id(_PLACEHOLDER.sub("", "".join(heading.itertext())), taken))


def _free_id(text: str, taken: set[str]) -> str:
    try:
        name = slug(text)
    except ValueError:
        name = "razdel"
    result, number = name, 1
    while result in taken:
        number += 1
        result = f"{name}-{number}"
    taken.add(result)
    return result


def wrap_tables(root: ET.Element) -> None:
    """A region that scrolls on a phone by touch or by keys, and cells without inline styles."""
    number = 0
    for parent in list(root.iter()):
        for place, table in enumerate(list(parent)):
            if table.tag != "table":
                continue
            number += 1
            label = "Таблица" if number == 1 else f"Таблица {number}"
            region = {"class": "table", "role": "region", "tabindex": "0", "aria-label": label}
            wrapper = ET.Element("div", region)
            wrapper.tail, table.tail = table.tail, None
            parent[place] = wrapper
            wrapper.append(table)
            _finish_cells(table)


def _finish_cells(table: ET.Element) -> None:
    for cell in table.iter():
        if cell.tag not in {"th", "td"}:
            continue
        # The policy of the site forbids inline styles, so alignment becomes a class.
        style = cell.attrib.pop("style", "")
        if style:
            cell.set("class", style.removeprefix("text-align:").strip(" ;"))
        if cell.tag == "th" and (len(cell) or (cell.text or "").strip()):
            cell.set("scope", "col")
        else:
            cell.tag = "td"
