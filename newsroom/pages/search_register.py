"""The register of the search: which closed quarters have a word, a rubric, a tag, a department.

A question that the newest releases do not answer asks it where to look. The months of the newest
quarter are not in it: a new release would make all of it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from newsroom.build.fingerprint import fingerprint
from newsroom.build.pagefind import version
from newsroom.build.pagefind_files import ENTRY, Files
from newsroom.build.pagefind_register import Contents, contents, register_files
from newsroom.build.section import Output, Section
from newsroom.pages.desk import Desk
from newsroom.pages.search_files import RECIPE, engine_files, outputs, period_files
from newsroom.pages.search_periods import SearchPeriod

NAME = "register"
_RECIPE = f"{RECIPE} register 1"

Tags = Mapping[SearchPeriod, str]
"""Closed quarters, newest first, with what tells the index of each from an earlier one."""


def register_tag(tags: Tags) -> str:
    """What tells the register from an earlier one; "" where there is none."""
    return fingerprint(_RECIPE, *tags.values()).hex() if tags else ""


def register_section(tags: Tags, desk: Desk) -> Section:
    """The section of the register of these quarters."""
    folder = f"search/{NAME}/"

    def listed() -> Iterator[Output]:
        indexes = {period.name: quarter_contents(period, tag, desk) for period, tag in tags.items()}
        yield from outputs(folder, register_files(indexes, engine_files(desk)), desk)

    return desk.press.section(folder.rstrip("/"), listed, register_tag(tags), instead=f"{folder}{ENTRY}")


def quarter_contents(
    period: SearchPeriod, tag: str, desk: Desk, files: Callable[[], Files] | None = None
) -> Contents:
    """What the register has of a quarter, kept by its tag, so that 40 of them are not opened for one.

    ``files`` gives those of its index, if they are at hand. What plugins make of texts is in no tag.
    """

    def made() -> bytes:
        return msgspec.msgpack.encode(contents(files() if files else period_files(period, desk)))

    if desk.library.shelf.is_changed:
        return msgspec.msgpack.decode(made(), type=Contents)
    key = f"{_RECIPE} {version()} {desk.press.program.hex()} {tag}"
    return msgspec.msgpack.decode(desk.media.cache.get(key, ".search", made), type=Contents)
