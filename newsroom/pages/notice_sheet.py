"""The style sheet that every page asks for: nearly empty, or the banner of an emergency.

It gives values to custom properties and nothing else; how the banner looks is told by
``components/emergency_slot.css``. So a notice reaches every page by one file of some hundred bytes.
"""

from __future__ import annotations

from newsroom.content.notices import sentence
from newsroom.content.plurals import plural
from newsroom.pages.notice_board import Board

PATH = "emergency/notice.css"
_LOOKS = ("ground", "ink", "rule", "shape", "glyph")
_PLAIN = frozenset(" \u00a0.,:!?%()№«»—–-+")
"""What stands in a string as it is, beside letters and digits; «;» is not among it, nor are quotes."""


def sheet(board: Board) -> bytes:
    """The sheet for a board; of several notices it shows the gravest and tells how many more there are."""
    return f'@charset "utf-8";\n:root{{{_properties(board)}}}\n'.encode()


def string(words: str) -> str:
    """The words as a string of CSS (Syntax Level 3, 4.3.7): whatever might mean something is escaped.

    A space ends each escape, so that no letter after it is taken for a digit of its code.
    """
    safe = (each if each.isalnum() or each in _PLAIN else f"\\{ord(each):x} " for each in words)
    return f'"{"".join(safe)}"'


def _properties(board: Board) -> str:
    if not board.active:
        return "--emergency:none"
    notice, others = board.active[0].notice, len(board.active) - 1
    told = f"{notice.label}: {notice.headline}"
    more = f" И ещё {plural(others, 'сообщение', 'сообщения', 'сообщений')}." if others else ""
    values = {
        "--emergency": "block",
        "--emergency-text": string(sentence(told) + more if more else told),
    }
    values |= {f"--emergency-{each}": f"var(--emergency-{notice.level}-{each})" for each in _LOOKS}
    return ";".join(f"{name}:{value}" for name, value in values.items())
