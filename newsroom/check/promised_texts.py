"""The rule of texts that are promised and need no promise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from newsroom.build.pdf import PdfError
from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule
from newsroom.content.file_texts import GIVEN, is_recording
from newsroom.content.folder import MEDIA_TYPES


@rule(
    "warning",
    "Слова из text_later стоят там, где должен быть текст записи или скана. Когда текст есть или его не от "
    "чего ждать, их никто не увидит, а завтра они встанут рядом с другой записью.",
)
def text_later(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """A promise of a text where nothing is without one."""
    header = manuscript.header
    if not header.get("text_later") or header.get("state") in {"announced", "live"}:
        return
    files = [circumstances.root / manuscript.folder / name for name in _files(manuscript)]
    is_elsewhere = _is_elsewhere(header.get("video"))
    if (is_elsewhere and not header.get("transcript")) or any(
        _is_mute(path, is_album=manuscript.kind == "issues") for path in files
    ):
        return
    has_text = is_elsewhere or bool(files)
    message = "расшифровка уже есть" if has_text else "нет ни записи, ни скана, которым нужна расшифровка"
    yield Found(manuscript.line(("text_later",)), message, "уберите text_later")


def _is_elsewhere(video: Any) -> bool:
    """Whether the header names a video of another site."""
    return bool(video.get("address") if isinstance(video, dict) else video)


def _files(manuscript: Manuscript) -> Iterator[str]:
    """Names of the recordings and the PDFs, from the folder of the text."""
    header = manuscript.header
    listed, video = header.get("attachments"), header.get("video")
    given = [
        *(
            each.get("file")
            for each in (listed if isinstance(listed, list) else ())
            if isinstance(each, dict)
        ),
        video.get("file") if isinstance(video, dict) else "",
        header.get("pdf"),
        *(unquote(link.target.partition("#")[0]) for link in manuscript.links if ":" not in link.target),
    ]
    for name in given:
        if isinstance(name, str) and name and not name.startswith("/"):
            ending = PurePosixPath(name).suffix.lower()
            if ending == ".pdf" or is_recording(MEDIA_TYPES.get(ending, "")):
                yield name


def _is_mute(path: Path, *, is_album: bool) -> bool:
    """Whether a file has no text, or is one of which a build tells what is wrong with it."""
    from newsroom.build.pdf_text import read_pdf_text

    try:
        if any(path.with_name(path.stem + ending).is_file() for ending in GIVEN):
            return False
        if path.suffix.lower() != ".pdf":
            return True
        text = read_pdf_text(path)
    except (OSError, ValueError, PdfError):
        return True
    return not (text.is_whole or (is_album and text.has_words))


RULES = (text_later,)
