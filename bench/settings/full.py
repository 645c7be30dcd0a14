"""The newsroom with its own theme and everything another program is asked for too: all but the drawn cards."""

from __future__ import annotations

import pelicanconf
from newsroom.settings import EXTRAS
from pelicanconf import *  # noqa: F403

# A card is a picture drawn for each release, 5 ms each and kept for ever: Hugo has no counterpart.
NEWSROOM = {**pelicanconf.NEWSROOM, "extras": tuple(name for name in EXTRAS if name != "cards")}
