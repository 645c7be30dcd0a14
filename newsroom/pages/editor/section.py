"""The files of the editor as outputs of the build, where the settings ask for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from newsroom.build.section import Output, Section
from newsroom.pages.desk import Desk
from newsroom.pages.editor.config import config
from newsroom.settings import Editor

FOLDER = "admin"
_HERE = Path(__file__).parent
STATIC, VENDOR = _HERE / "static", _HERE / "vendor"


def section(desk: Desk, editor: Editor) -> Section:
    """The page, its scripts, its configuration, and the libraries, which are known by their digests."""
    own = {path.name: path.read_bytes() for path in sorted(STATIC.iterdir())}
    own["config.json"] = config(desk.site, editor, desk.library)
    libraries: dict[str, str] = json.loads((VENDOR / "digests.json").read_bytes())

    def outputs() -> Iterator[Output]:
        for name, data in own.items():
            yield desk.press.file(f"{FOLDER}/{name}", partial(own.__getitem__, name), {"content": data})
        for name, digest in libraries.items():
            yield desk.press.file(f"{FOLDER}/{name}", (VENDOR / name).read_bytes, {"content": digest})

    return desk.press.section("editor", outputs, sorted(own.items()), libraries)
