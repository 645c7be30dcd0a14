"""A host takes a while to serve what was pushed to its branch: it is waited for, then read back."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from pathlib import Path

import httpx

from newsroom.build.edition import FILE_NAME
from newsroom.publish import readback
from newsroom.publish.listing import of_folder
from newsroom.publish.readback import Misread

PATIENCE = 600.0
"""Seconds within which a host has to serve a new edition."""
_PAUSE = 5.0


def misread(
    output: Path,
    url: str,
    changed: Collection[str],
    *,
    patience: float = PATIENCE,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Misread]:
    """What readers of the site at ``url`` get otherwise than the edition in ``output`` says; sorted."""
    listing, index = of_folder(output), (output / FILE_NAME).read_bytes()
    for _ in range(int(patience / _PAUSE) + 1):
        if _served(f"{url.rstrip('/')}/{FILE_NAME}") == index:
            break
        sleep(_PAUSE)
    else:
        return [Misread(FILE_NAME, f"за {patience:.0f} с сервер так и не стал отдавать этот выпуск")]
    readable = readback.told(listing, readback.redirected(output))
    return readback.misread(url, listing, readback.chosen(changed, readable, listing[FILE_NAME]))


def _served(address: str) -> bytes | None:
    try:
        return httpx.get(address, headers={"Cache-Control": "no-cache"}, timeout=20).content
    except httpx.HTTPError:
        return None
