"""The types of content: each has a folder of its own, and files there have its header."""

from __future__ import annotations

KINDS = ("releases", "events", "broadcasts", "issues", "departments", "channels", "pages")
