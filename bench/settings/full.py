"""The newsroom with its own theme and what other programs can be asked for: all but cards, `/lite/` and
newsroom packages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pelicanconf
from newsroom.settings import EXTRAS
from pelicanconf import *  # noqa: F403

# A card is a picture drawn for each release, 5 ms each and kept for ever.
# Hugo has no counterpart, nor one of `/lite/` (why, is told in themes/full/README.md), and writes no ZIP.
# What an edition is verified by, it has not either.
_OURS_ALONE = {"cards", "lite", "packages", "verify"}
_WITHOUT_OURS: dict[str, Any] = {"extras": tuple(name for name in EXTRAS if name not in _OURS_ALONE)}

# A clock set by hand would make it a rehearsal, which is not deployed; here it is the corpus's own.
_CLOCK = datetime.fromisoformat(str(pelicanconf.NEWSROOM["now"]))

NEWSROOM = {**pelicanconf.NEWSROOM, **_WITHOUT_OURS, "now": _CLOCK}
