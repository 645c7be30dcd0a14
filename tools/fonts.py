"""Make the theme's faces: one small woff2 per weight from npm's @fontsource packages.

Fontsource cuts a face into files by alphabet. A Russian page would load two or
three of them per weight, so here the glyphs a Russian newsroom needs are taken
from each and merged into one file. Run it only to change the faces; the results
are committed:

    npm install @fontsource/sofia-sans-condensed @fontsource/literata
    python tools/fonts.py node_modules/@fontsource
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fontTools.merge import Merger
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "theme" / "static" / "fonts"
ALPHABETS = ("latin", "cyrillic", "latin-ext", "cyrillic-ext")
FEATURES = ("kern", "tnum", "lnum")
"""What the style sheets ask for; whatever else a face can do would be carried by each reader for nothing."""

BASIC = "".join(map(chr, range(0x20, 0x7F)))
RUSSIAN = "".join(map(chr, range(0x0410, 0x0450))) + "Ёё"
SIGNS = "«»„“”‘’–—…№₽•·×−±°%§©®€\u00a0\u202f\u2011\u0301½¼¾²³"
WANTED = frozenset(map(ord, BASIC + RUSSIAN + SIGNS))

MADE = 3_786_912_000
"""The date written into the files, in seconds since 1904: always the same, so are the bytes."""
NARROW_SPACE, NO_BREAK_HYPHEN, RUBLE = 0x202F, 0x2011, 0x20BD


@dataclass(frozen=True)
class Face:
    """A family of @fontsource and the weights of it that the theme uses."""

    package: str
    weights: tuple[int, ...]


FACES = (Face("sofia-sans-condensed", (600, 800)), Face("literata", (400,)))


def main(arguments: list[str]) -> int:
    """Write every face and its licence; print the sizes in bytes."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python tools/fonts.py NODE_MODULES/@fontsource\n")
        return 2
    TARGET.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        package = Path(arguments[0]) / face.package
        shutil.copyfile(package / "LICENSE", TARGET / f"{face.package}-OFL.txt")
        for weight in face.weights:
            path = TARGET / f"{face.package}-{weight}.woff2"
            write(merge(package, face.package, weight), path)
            sys.stdout.write(f"{path.stat().st_size:7d}  {path.name}\n")
    return 0


def merge(package: Path, name: str, weight: int) -> TTFont:
    """One font with the wanted glyphs of all alphabets of this weight."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for index, part in enumerate(alphabets(package, name, weight)):
            parts.append(Path(folder) / f"{index}.ttf")
            part.save(parts[-1])
        font = Merger().merge([str(part) for part in parts])
    unite_features(font)
    add_missing(font)
    return font


def alphabets(package: Path, name: str, weight: int) -> Iterator[TTFont]:
    """Each alphabet's file cut down to the wanted characters no earlier file had."""
    left = set(WANTED)
    for alphabet in ALPHABETS:
        path = package / "files" / f"{name}-{alphabet}-{weight}-normal.woff2"
        if not path.exists():
            continue
        font = TTFont(path, recalcTimestamp=False)
        take = left & font.getBestCmap().keys()
        if not take:
            continue
        left -= take
        use_russian_forms(font)
        yield subset(font, take)


def use_russian_forms(font: TTFont) -> None:
    """Make the Russian letterforms the default ones.

    A Bulgarian face draws в, г, д, п, т in Bulgarian shapes unless the language
    is declared; pictures drawn without a shaper cannot declare one.
    """
    if "GSUB" not in font:
        return
    table = font["GSUB"].table
    forms: dict[str, str] = {}
    for script in table.ScriptList.ScriptRecord:
        for language in script.Script.LangSysRecord:
            if script.ScriptTag == "cyrl" and language.LangSysTag == "RUS ":
                forms.update(localized(table, language.LangSys.FeatureIndex))
    for cmap in font["cmap"].tables:
        cmap.cmap = {code: forms.get(glyph, glyph) for code, glyph in cmap.cmap.items()}


def localized(table: Any, features: list[int]) -> dict[str, str]:
    """Glyph -> its localized form, of the «locl» features among these."""
    forms: dict[str, str] = {}
    for index in features:
        record = table.FeatureList.FeatureRecord[index]
        if record.FeatureTag != "locl":
            continue
        for lookup in record.Feature.LookupListIndex:
            for step in table.LookupList.Lookup[lookup].SubTable:
                forms.update(getattr(step, "ExtSubTable", step).mapping)
    return forms


def subset(font: TTFont, codes: set[int]) -> TTFont:
    options = Options(
        layout_features=list(FEATURES),
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
        name_IDs=[1, 2, 4, 6, 13, 14],
        drop_tables=["DSIG", "FFTM", "MVAR", "STAT", "vhea", "vmtx"],
    )
    options.recalc_timestamp = False
    cutter = Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    font.flavor = None
    return font


def unite_features(font: TTFont) -> None:
    """Give every script every feature.

    Each alphabet's file lists its features under its own script only, but the
    figures of «9 мая 2024» are shaped as Cyrillic and come from the Latin file.
    """
    for tag in ("GSUB", "GPOS"):
        if tag not in font or not font[tag].table.FeatureList:
            continue
        table = font[tag].table
        lookups: dict[str, set[int]] = {}
        for record in table.FeatureList.FeatureRecord:
            lookups.setdefault(record.FeatureTag, set()).update(record.Feature.LookupListIndex)
        table.FeatureList.FeatureRecord = [feature(name, lookups[name]) for name in sorted(lookups)]
        table.FeatureList.FeatureCount = len(lookups)
        table.ScriptList.ScriptRecord = [script(name, len(lookups)) for name in ("DFLT", "cyrl", "latn")]
        table.ScriptList.ScriptCount = 3


def feature(tag: str, lookups: set[int]) -> Any:
    record = otTables.FeatureRecord()
    record.FeatureTag = tag
    record.Feature = otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = sorted(lookups)
    record.Feature.LookupCount = len(lookups)
    return record


def script(tag: str, features: int) -> Any:
    record = otTables.ScriptRecord()
    record.ScriptTag = tag
    record.Script = otTables.Script()
    record.Script.LangSysRecord = []
    record.Script.LangSysCount = 0
    language = record.Script.DefaultLangSys = otTables.DefaultLangSys()
    language.LookupOrder = None
    language.ReqFeatureIndex = 0xFFFF
    language.FeatureIndex = list(range(features))
    language.FeatureCount = features
    return record


def add_missing(font: TTFont) -> None:
    """Map the narrow no-break space and hyphen to what there is; draw ₽ if it is wanting."""
    cmap = font.getBestCmap()
    for code, like in ((NARROW_SPACE, 0x20), (NO_BREAK_HYPHEN, 0x2D), (0xA0, 0x20)):
        if code not in cmap:
            map_to(font, code, cmap[like])
    if RUBLE not in cmap:
        draw_ruble(font, cmap)


def map_to(font: TTFont, code: int, glyph: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = glyph


def draw_ruble(font: TTFont, cmap: dict[int, str]) -> None:
    """₽ as Р with two strokes across its stem, as thick as the face's minus sign."""
    glyf, name = font["glyf"], "ruble"
    letter, minus = glyf[cmap[0x0420]], glyf[cmap[ord("-")]]
    advance, left = font["hmtx"][cmap[0x0420]]
    thick = minus.yMax - minus.yMin
    bowl = round(letter.yMax * 0.34)
    pen = TTGlyphPen(font.getGlyphSet())
    font.getGlyphSet()[cmap[0x0420]].draw(TransformPen(pen, (1, 0, 0, 1, left, 0)))
    for bottom, end in ((bowl, left * 3), (bowl - round(thick * 1.7), left + round(advance * 0.62))):
        for move, point in zip(
            (pen.moveTo, pen.lineTo, pen.lineTo, pen.lineTo),
            ((left * 0.2, bottom), (left * 0.2, bottom + thick), (end, bottom + thick), (end, bottom)),
            strict=True,
        ):
            move((round(point[0]), round(point[1])))
        pen.closePath()
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    glyf.glyphs[name] = pen.glyph()
    glyf.glyphOrder = font.getGlyphOrder()
    font["hmtx"][name] = (advance + left, round(left * 0.2))
    map_to(font, RUBLE, name)


def write(font: TTFont, path: Path) -> None:
    """Save as woff2, the same bytes each time."""
    font["post"].formatType = 3.0
    font["head"].created = font["head"].modified = MADE
    font.recalcTimestamp = False
    font.flavor = "woff2"
    font.save(path)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
