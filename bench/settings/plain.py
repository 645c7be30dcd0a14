"""The newsroom with a plain theme and without extras, as the benchmark builds it against other programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pelicanconf
from pelicanconf import *  # noqa: F403

# What no other program is asked for: twins, cards, open data, aggregators, JSON Feed, calendar.
_PLAIN: dict[str, Any] = {"extras": ()}

# A clock set by hand would make it a rehearsal, which is not deployed; here it is the corpus's own.
_CLOCK = datetime.fromisoformat(str(pelicanconf.NEWSROOM["now"]))

NEWSROOM = {**pelicanconf.NEWSROOM, **_PLAIN, "now": _CLOCK}
