"""Rules of how a text is built: its headings, its lists, the length of its summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule

LONGEST_SUMMARY = 200
"""Characters: the theme shows that many in six lines, in a list on a phone and in the narrowest card."""

_ITEM = re.compile(r" {0,3}(?:[-*+]|1\.) +\S")
_NO_ITEM = re.compile(r" {0,3}(?P<mark>[•·▪–]|\d{1,2}\)) *\S")
"""Items as people type them, which Markdown takes for text."""
_NO_PARAGRAPH = re.compile(r" {0,3}(?:[-*+] |\d{1,9}\. |#|>|\||=+ *$|-+ *$)| {4}")


@rule(
    "error",
    "По подзаголовкам ходят те, кто слушает страницу: пропущенный уровень звучит как потерянный раздел. "
    "Первый уровень занят заголовком самого материала, поэтому подзаголовки начинаются с «##».",
)
def heading_skipped(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """A body's headings begin at «##» and go down one level at a time."""
    before = 1
    for heading in manuscript.headings:
        marks = "#" * heading.level
        if heading.level == 1:
            remedy = f"поставьте два: ## {heading.text}; хештег начните так: \\#"
            yield Found(heading.line, "подзаголовок помечен одним знаком «#»", remedy)
        elif heading.level > before + 1:
            message = f"после «{'#' * before}» сразу «{marks}»" if before > 1 else f"текст начат с «{marks}»"
            remedy = f"не пропускайте уровень: {'#' * (before + 1)} {heading.text}"
            yield Found(heading.line, f"подзаголовки: {message}", remedy)
        before = max(heading.level, 2)


@rule(
    "warning",
    "Список начинается после пустой строки. Без неё он слипается с абзацем над ним, и на странице вместо "
    "пунктов выходит сплошной текст с чёрточками.",
)
def list_runs_on(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """A list right under a line of text, two items at least or one after a colon; what looks like a list."""
    yield from _look_like_items(manuscript)
    lines = manuscript.lines
    for number in range(1, len(lines)):
        above = lines[number - 1]
        if not _ITEM.match(lines[number]) or not above.strip() or not _is_paragraph(lines, number - 1):
            continue
        goes_on = number + 1 < len(lines) and _ITEM.match(lines[number + 1])
        if goes_on or above.rstrip().endswith((":", ";")):
            line = manuscript.body_line + number
            yield Found(line, "список слипнется с абзацем над ним", "вставьте перед ним пустую строку")


def _look_like_items(manuscript: Manuscript) -> Iterator[Found]:
    """The first of lines one under another with marks that make no list: «•», «–», «1)»."""
    before = None
    for number, line in enumerate(manuscript.lines):
        item = _NO_ITEM.match(line)
        follows = _NO_ITEM.match("".join(manuscript.lines[number + 1 : number + 2]))
        if item and follows and not before:
            wanted = "1. " if item["mark"].endswith(")") else "- "
            message = f"строки со знаком «{item['mark']}» слипнутся в один абзац"
            remedy = (
                f"список — с «{wanted}» и пустой строкой перед ним; не список — разделите пустыми строками"
            )
            yield Found(manuscript.body_line + number, message, remedy)
        before = item


def _is_paragraph(lines: tuple[str, ...], number: int) -> bool:
    """Whether a line belongs to a paragraph: neither it nor what it goes on from is anything else."""
    while number >= 0 and lines[number].strip():
        if _NO_PARAGRAPH.match(lines[number]):
            return False
        number -= 1
    return True


@rule(
    "warning",
    "Краткое изложение стоит под заголовком в списках, лентах и карточках. "
    f"Больше {LONGEST_SUMMARY} знаков — это на телефоне больше шести строк: список перестаёт быть списком.",
)
def summary_long(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """A summary that is no longer one or two phrases."""
    summary = manuscript.header.get("summary")
    length = len(" ".join(summary.split())) if isinstance(summary, str) else 0
    if length > LONGEST_SUMMARY:
        message = f"в поле summary {length} знаков, а карточке хватит {LONGEST_SUMMARY}"
        yield Found(manuscript.line(("summary",)), message, "оставьте одну-две фразы, остальное — в текст")


RULES = (heading_skipped, list_runs_on, summary_long)
