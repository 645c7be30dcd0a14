"""Settings of the public site: its address comes from the environment, its clock is the real one."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pelicanconf
from newsroom.problems import NewsroomError
from newsroom.publish.public_address import public_address
from pelicanconf import *  # noqa: F403

try:
    SITEURL = public_address(os.environ.get("SITEURL", ""))
except NewsroomError as error:
    raise SystemExit(f"{error}") from None

# NEWSROOM_NOW is for looking ahead on this machine: the public site must not show what is under embargo.
# The browser editor is in the public site only where it is named here: docs/editor-setup.md tells how.
NEWSROOM = {**pelicanconf.NEWSROOM, "now": datetime.now(UTC), "preview": False}
