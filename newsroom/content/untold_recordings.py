"""Recordings on other sites that a header names without a text for those who do not hear or see them.

Files of this site are looked after by ``file_texts``. Rules: WCAG 2.2, 1.2.1–1.2.3; ГОСТ Р 52872-2019.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsroom.content.plain_yaml import Location
from newsroom.content.schema import Header

MESSAGE = "у записи нет расшифровки: её не услышит тот, кто не слышит"
REMEDY = (
    "напишите, что в записи сказано и показано, в файл «….transcript.md» рядом и назовите его в поле "
    "transcript; если текст ещё готовится, скажите об этом читателю в поле text_later"
)


def untold_recordings(header: Header) -> Iterator[Location]:
    """Where a header names recordings that have no text and no word of when there will be one.

    A broadcast that is only announced, or on the air, has no recording yet.
    """
    told = getattr(header, "transcript", "") or getattr(header, "text_later", "")
    return iter(()) if told else _recordings(header)


def _recordings(header: Header) -> Iterator[Location]:
    video: Any = getattr(header, "video", None)
    if isinstance(video, str):
        if video and getattr(header, "state", "") == "recorded":
            yield ("video",)
    elif video and getattr(video, "address", ""):
        yield ("video", "address")
