"""Rules of how a text is built: headings, lists."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule


@rule(
    "error",
    "По подзаголовкам ходят те, кто слушает страницу: пропущенный уровень звучит как потерянный раздел. "
    "Первый уровень занят заголовком релиза, поэтому подзаголовки начинаются с «##».",
)
def heading_skipped(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """A body's headings begin at «##» and go down one level at a time."""
    before = 1
    for heading in manuscript.headings:
        if heading.level == 1:
            remedy = f"поставьте два знака: ## {heading.text}"
            yield Found(
                heading.line, "подзаголовок с одним знаком #: так помечен только заголовок релиза", remedy
            )
        elif heading.level > before + 1:
            marks = "#" * (before + 1)
            message = (
                f"после уровня «{'#' * before}» сразу «{'#' * heading.level}»"
                if before > 1
                else (f"первый подзаголовок начат с «{'#' * heading.level}»")
            )
            yield Found(heading.line, message, f"пропущен уровень: поставьте {marks} {heading.text}")
        before = max(heading.level, 2)


RULES = (heading_skipped,)
