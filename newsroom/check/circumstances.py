"""What rules need to know beside a text: the city's lists, the sizes of pictures."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from newsroom.build.pictures import PictureError, measure
from newsroom.check.lists import LISTS, Lists
from newsroom.check.manuscript import Manuscript, read_manuscript
from newsroom.content.slugs import is_slug


class Size(Struct, frozen=True):
    """A picture: pixels as it is shown, and bytes of its file."""

    width: int
    height: int
    bytes: int


class Contacts(Struct, frozen=True):
    """The telephones, ten digits each, and the mail of a material's own contacts, in lower case."""

    phones: frozenset[str]
    emails: frozenset[str]


class Circumstances:
    """Made once for a run; ``root`` is the content folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lists = Lists(root / LISTS)
        self._sizes: dict[str, Size | None] = {}
        self._departments: dict[str, tuple[str, str]] = {}

    @cached_property
    def channels(self) -> tuple[str, ...]:
        """The ids of the channels, sorted: the names of their files, which are not opened."""
        return tuple(sorted(path.stem for path in (self.root / "channels").rglob("*.md")))

    def size(self, path: str) -> Size | None:
        """The size of the picture of that path from the content folder; None where it cannot be measured."""
        if path not in self._sizes:
            self._sizes[path] = self._measured(path)
        return self._sizes[path]

    def _measured(self, path: str) -> Size | None:
        try:
            measured = measure(self.root / path)
            return Size(measured.width, measured.height, (self.root / path).stat().st_size)
        except (OSError, ValueError, PictureError):
            return None

    def contacts(self, manuscript: Manuscript) -> Contacts:
        """Those of the header and of its department."""
        found = [_contact(manuscript), self._department(manuscript.header.get("department"))]
        phones = (re.sub(r"\D", "", phone)[-10:] for phone, _ in found)
        return Contacts(frozenset(filter(None, phones)), frozenset(mail.lower() for _, mail in found if mail))

    def _department(self, id: object) -> tuple[str, str]:
        """Telephone and mail of a department; empty where there is none."""
        if not isinstance(id, str) or not is_slug(id):
            return "", ""
        if id not in self._departments:
            found = read_manuscript(self.root, f"departments/{id}.md")
            self._departments[id] = _contact(found) if found else ("", "")
        return self._departments[id]


def _contact(manuscript: Manuscript) -> tuple[str, str]:
    contact = manuscript.header.get("contact")
    values = [contact.get(name) for name in ("phone", "email")] if isinstance(contact, dict) else []
    phone, email = (value if isinstance(value, str) else "" for value in values or ("", ""))
    return phone, email
