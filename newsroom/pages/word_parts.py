"""The parts of a Word document that are the same in each (ECMA-376, 1 and 2): styles, lists, settings."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
LANGUAGE = "ru-RU"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BULLETS, _NUMBERS = 0, 1
"""The two kinds of lists that all others are of."""
LEVELS = 9
"""Of a list: Word knows no more."""

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
SETTINGS = (
    f'{HEAD}<w:settings {W}><w:defaultTabStop w:val="708"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    f'<w:themeFontLang w:val="{LANGUAGE}"/></w:settings>'
)


def relationships(links: Sequence[tuple[str, str, str]]) -> str:
    """(id, kind, target) as a part; a target outside the document begins with its scheme.

    Texts must be fit for an attribute already.
    """
    lines = (
        f'<Relationship Id="{id}" Type="{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if kind.endswith("/hyperlink") else "/>")
        for id, kind, target in links
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


ROOT = relationships(
    [
        ("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    ]
)
PARTS = (
    ("rId1", f"{OFFICE}/styles", "styles.xml"),
    ("rId2", f"{OFFICE}/numbering", "numbering.xml"),
    ("rId3", f"{OFFICE}/settings", "settings.xml"),
)


def numbering(ordered: Sequence[bool]) -> str:
    """The lists of a document, the first of them number 1: whether each is numbered, from 1 anew."""
    abstract = "".join((_abstract(_BULLETS, "bullet"), _abstract(_NUMBERS, "decimal")))
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{_NUMBERS if is_ordered else _BULLETS}"/>'
        + (_FROM_ONE if is_ordered else "")
        + "</w:num>"
        for number, is_ordered in enumerate(ordered, 1)
    )
    return f"{HEAD}<w:numbering {W}>{abstract}{lists}</w:numbering>"


_FROM_ONE = "".join(
    f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>' for level in range(LEVELS)
)


def _abstract(id: int, kind: str) -> str:
    def level(number: int) -> str:
        words = "—" if kind == "bullet" else f"%{number + 1}."
        return (
            f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{words}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{567 * (number + 1)}" w:hanging="425"/></w:pPr></w:lvl>'
        )

    levels = "".join(map(level, range(LEVELS)))
    kinds = '<w:multiLevelType w:val="hybridMultilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{id}">{kinds}{levels}</w:abstractNum>'


def _style(id: str, name: str, paragraph: str = "", letters: str = "", based: str = "Normal") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/><w:next w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _heading(level: int, size: int) -> str:
    paragraph = '<w:keepNext/><w:spacing w:before="320" w:after="120"/>'
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    letters = f'<w:b/><w:sz w:val="{size}"/>'
    return _style(f"Heading{level}", f"heading {level}", paragraph + outline, letters)


STYLES = (
    f"{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" '
    'w:eastAsia="Times New Roman"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
    f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    + _style("Title", "Title", '<w:keepNext/><w:spacing w:after="200" w:line="240" w:lineRule="auto"/>',
             '<w:b/><w:sz w:val="40"/>')
    + _style("Subtitle", "Subtitle", '<w:spacing w:after="200"/>', '<w:sz w:val="28"/>')
    + _style("Date", "Date", "", '<w:color w:val="595959"/>')
    + "".join(_heading(level, max(34 - 3 * level, 24)) for level in range(1, 6))
    + _style("ListBullet", "List Bullet", "<w:contextualSpacing/>")
    + _style("ListNumber", "List Number", "<w:contextualSpacing/>")
    + _style("ListContinue", "List Continue", "<w:contextualSpacing/>")
    + _style("Quote", "Quote", '<w:ind w:left="567" w:right="567"/>', "<w:i/>")
    + _style("Caption", "caption", "", '<w:color w:val="595959"/><w:sz w:val="22"/>')
    + '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0B4F71"/><w:u w:val="single"/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    '<w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>"
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
              for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    + "</w:tblBorders></w:tblPr></w:style></w:styles>"
)  # fmt: skip
