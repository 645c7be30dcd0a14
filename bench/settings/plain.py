"""The newsroom with a plain theme and without extras, as the benchmark builds it against other programs."""

from __future__ import annotations

from typing import Any

import pelicanconf
from pelicanconf import *  # noqa: F403

# What no other program is asked for: twins, cards, open data, aggregators, JSON Feed, calendar.
_PLAIN: dict[str, Any] = {"extras": ()}

NEWSROOM = {**pelicanconf.NEWSROOM, **_PLAIN}
