"""What a Word document has and a release cannot: told, so that nothing is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from newsroom.content.plurals import plural
from newsroom.importing.kept import missing
from newsroom.importing.word import WordDocument

_MARKS: dict[str, str] = {
    r"<w:del\b|<w:moveFrom\b": "в документе есть правки: добавленное вошло, удалённое нет; проверьте их",
    r"<c:chart\b|<cx:chart\b": "диаграмма не вошла: сохраните её картинкой и положите рядом",
    r"<dgm:relIds\b": "схема SmartArt не вошла: сохраните её картинкой и положите рядом",
    r"<m:oMath\b": "формула не вошла: впишите её словами или картинкой",
    r"<o:OLEObject\b": "вставленный объект (таблица Excel или другой файл) не вошёл: сохраните его отдельно",
    r"<w:txbxContent\b": "текст из рамки поставлен отдельным абзацем: проверьте, на месте ли он",
    r"<a:srcRect [^/>]*[1-9]": "картинка обрезана в Word, а вошла целиком: обрежьте её саму",
    r"<w:fldSimple\b[^>]*\bFORM|<w:ffData\b": "поля для заполнения вошли как обычный текст",
}
"""By the marks of them in the document's XML."""
_DRAWN = re.compile(r"<wps:wsp\b|<wpg:wgp\b|<v:(?:rect|oval|line|polyline|roundrect)\b")
_COMMENT = re.compile(r"<w:comment\b")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_PARAGRAPH_END = re.compile(r"</?w:p\b[^>]*>|<w:(?:tab|br|cr)\b[^>]*/>")
_SIDE = re.compile(r"word/(header|footer)\d*\.xml")


def losses_of(document: WordDocument) -> Iterator[str]:
    """What of the document did not come over, in Russian."""
    body = _text(document.parts, "word/document.xml")
    yield from (told for mark, told in _MARKS.items() if re.search(mark, body))
    if document.had_hidden:
        yield "в документе был скрытый текст: он не вошёл"
    if _DRAWN.search(body) and "<w:txbxContent" not in body:
        yield "фигура, нарисованная в Word, не вошла: сохраните её картинкой, если она нужна"
    comments = len(_COMMENT.findall(_text(document.parts, "word/comments.xml")))
    if comments:
        told = plural(comments, "примечание", "примечания", "примечаний")
        yield f"примечания на полях не вошли: {told}"
    yield from _around_the_page(document.parts)
    yield from _of_mammoth(document.warnings)


def missing_words(document: WordDocument, page: str) -> list[str]:
    """Words of the document's text that are nowhere on the page; what is deleted in it is not counted."""
    names = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
    return missing(
        (_words(part) for name in names for part in _PARAGRAPH_END.split(_text(document.parts, name))), page
    )


def _around_the_page(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name in sorted(parts):
        side = _SIDE.fullmatch(name)
        words = " ".join(_words(_text(parts, name)).split()) if side else ""
        if side and re.search(r"[^\W\d_]", words):
            where = "верхнего" if side[1] == "header" else "нижнего"
            yield f"текст {where} колонтитула не вошёл: «{words[:80]}»"


def _of_mammoth(warnings: tuple[str, ...]) -> Iterator[str]:
    for warning in warnings:
        if "w:sym element" in warning:
            yield "значок из особого шрифта не вошёл: вставьте похожий обычный знак"


def _text(parts: Mapping[str, bytes], name: str) -> str:
    return parts.get(name, b"").decode("utf-8", "replace")


def _words(xml: str) -> str:
    from html import unescape

    return unescape("".join(_TEXT.findall(xml)))
