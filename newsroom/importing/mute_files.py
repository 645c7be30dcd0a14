"""Files of an old site that not everybody can read or hear, and that have no text to stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from newsroom.build.pdf import PdfError
from newsroom.build.pdf_text import read_pdf_text
from newsroom.content.file_texts import is_recording
from newsroom.content.folder import MEDIA_TYPES

TEXT_LATER = "файл перенесён с прежнего сайта; его текст можно запросить у пресс-службы"
"""What a reader is told of them: nobody types the texts of ten years in a day."""


def mute(files: Mapping[str, bytes]) -> list[str]:
    """The names of scans and recordings among files."""
    return [name for name, data in files.items() if _is_mute(name, data)]


def _is_mute(name: str, data: bytes) -> bool:
    ending = PurePosixPath(name).suffix.lower()
    if ending != ".pdf":
        return is_recording(MEDIA_TYPES.get(ending, ""))
    try:
        return not read_pdf_text(data).is_whole
    except PdfError:
        return True
