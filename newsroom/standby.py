"""A build's process gets ready before there is anything to build: see ``publish/standby.py``."""

from __future__ import annotations

import sys


def wait() -> None:
    """Import what a build after an edit imports late, then wait for a line; without one the process ends."""
    import newsroom.content.assemble
    import newsroom.content.magazine
    import newsroom.content.source
    import newsroom.content.typography_extension
    import newsroom.content.typography_rules
    import newsroom.content.unfinished
    import newsroom.pages.editor.section  # noqa: F401

    if not sys.stdin.readline():
        raise SystemExit(0)
