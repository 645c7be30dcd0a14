"""Measure how a face of the reader's machine must be scaled to stand in for one of ours until it comes.

A line set in the stand-in then breaks where ours will, and nothing moves when the face arrives. The
widths are those of our own headlines and texts. Arimo and Tinos are as wide as Arial and Times New Roman,
letter by letter.
Run it only to change the faces, and write what it says into theme/static/css/faces.css:

    npm install @fontsource/arimo @fontsource/tinos @fontsource/roboto @fontsource/noto-serif
    python tools/stand_ins.py node_modules/@fontsource
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FACES = ROOT / "theme" / "static" / "fonts"
RELEASES = ROOT / "content" / "releases"


class StandIn(NamedTuple):
    """Our face, the text it sets, and a package of @fontsource with its weight."""

    face: str
    text: str
    package: str
    weight: int


STAND_INS = (
    StandIn("sofia-sans-condensed-800", "titles", "arimo", 700),
    StandIn("sofia-sans-condensed-600", "titles", "arimo", 700),
    StandIn("sofia-sans-condensed-800", "titles", "roboto", 700),
    StandIn("sofia-sans-condensed-600", "titles", "roboto", 700),
    StandIn("literata-400", "bodies", "tinos", 400),
    StandIn("literata-400", "bodies", "noto-serif", 400),
)


def main(arguments: list[str]) -> int:
    """Print ``size-adjust``, ``ascent-override`` and ``descent-override`` of each stand-in."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python tools/stand_ins.py NODE_MODULES/@fontsource\n")
        return 2
    texts = _texts()
    for each in STAND_INS:
        ours = TTFont(FACES / f"{each.face}.woff2")
        folder = Path(arguments[0]) / each.package / "files"
        theirs = [
            TTFont(folder / f"{each.package}-{alphabet}-{each.weight}-normal.woff2")
            for alphabet in ("latin", "cyrillic")
        ]
        scale = _width([ours], texts[each.text]) / _width(theirs, texts[each.text])
        em, lines = ours["head"].unitsPerEm, ours["hhea"]
        ascent, descent = lines.ascent / em / scale, -lines.descent / em / scale
        sys.stdout.write(
            f"{each.face} by {each.package} {each.weight}: "
            f"size-adjust {scale:.1%}, ascent {ascent:.1%}, descent {descent:.1%}\n"
        )
    return 0


def _texts() -> dict[str, str]:
    """The titles and the bodies of all releases."""
    files = [path.read_text("utf-8") for path in sorted(RELEASES.rglob("*.md"))]
    titles = re.findall(r"^title: (.*)$", "\n".join(files), re.MULTILINE)
    return {"titles": "".join(titles), "bodies": "".join(file.split("---", 2)[2] for file in files)}


def _width(fonts: list[TTFont], text: str) -> float:
    """Mean width of a letter of ``text``, in ems."""
    widths: dict[str, float] = {}
    for font in fonts:
        for code, glyph in font.getBestCmap().items():
            widths.setdefault(chr(code), font["hmtx"][glyph][0] / font["head"].unitsPerEm)
    letters = Counter(letter for letter in text if letter in widths)
    return sum(widths[letter] * count for letter, count in letters.items()) / letters.total()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
