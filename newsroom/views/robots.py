"""Who is a browser: the list of robots is CrawlerDetect's."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

_KNOWN = 65_536
"""Names of browsers that are remembered: there are some thousands in a year."""


def browsers() -> Callable[[bytes], bool]:
    """Tells of a User-Agent whether it is a browser's."""
    from crawlerdetect import CrawlerDetect  # its patterns take a while to load

    detect = CrawlerDetect()

    @lru_cache(_KNOWN)
    def is_browser(agent: bytes) -> bool:
        return agent.startswith(b"Mozilla/") and not detect.isCrawler(agent.decode("utf-8", "replace"))

    return is_browser
