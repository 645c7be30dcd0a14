"""The rule of pictures on which children are to be seen."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.marks import PictureMark
from newsroom.check.rule import Found, rule
from newsroom.content.schema import HEADERS
from newsroom.content.strays import TRANSCRIPT

_CHILD = (
    r"дет(?:и|ей|ям|ями|ьми|ях)(?!\s+войны)", r"детишк\w+", r"детвор\w+", r"реб[её]н(?:ок|к\w+)",
    r"ребят\w*", r"(?:до)?школьни[кц]\w*", r"(?!одноклассни)\w+классни[кц]\w*", r"первоклашк\w+",
    r"дошкол(?:ят\w*|[её]н(?:ок|к\w+))", r"(?:гимназ|лице)ист\w*", r"воспитанни[кц]\w*", r"учени[кц]\w*",
    r"малыш(?:[ауеи]|ом|ей|ам|ами|ах|к(?:[аеиу]|ой|ам|ами|ах)|ек|н(?:[яиею]|[её]й))?",
    r"подрост(?:ок|к(?!ов\w)\w+)", r"юн(?:ый|ая|ое|ые|ых|ым|ыми|ого|ому|ой|ую)",
    r"мальчи(?:к(?!ов\w)|шк)\w*", r"девоч(?:к\w+|ек)", r"младен\w+", r"несовершеннолетн\w+",
    r"юнарме(?:ец|йц\w+)", r"кадет(?!ск)\w*",
)  # fmt: skip
"""Words that tell of children on a picture; «Одноклассники» are a network, «дети войны» are old people."""

_OF_A_THING = (
    r"для(?: \w+){0,2}", r"без", r"об?", r"про", r"защит[аеуы]", r"прав[аоу]?", r"рисун\w+", r"поделк\w+",
    r"работ[аы]?", r"памятник\w*", r"дом(?:а|у|е)?", r"двор(?:ец|ца|це)", r"центр\w?", r"театр\w?",
    r"станци\w", r"клуб\w?",
)  # fmt: skip
"""What stands before such a word where it tells of a thing: «подарки для детей», «Дом ребёнка»."""

_CHILDREN = re.compile(
    rf"(?P<thing>\b(?:{'|'.join(_OF_A_THING)})\s+(?:юн\w+\s+)?)?\b(?P<child>{'|'.join(_CHILD)})\b",
    re.IGNORECASE,
)


@rule(
    "error",
    "Снимок, на котором узнаваем ребёнок, публикуют с согласия родителей: изображение гражданина "
    "охраняет ст. 152.1 ГК РФ, а как персональные данные — 152-ФЗ. Отметка в поле consent говорит, что "
    "согласие есть и его можно показать. О детях говорят слова «дети», «школьники», «воспитанники», "
    "«юные …» и подобные в описании и подписи; «детская площадка», «детский сад», «подарки для детей», "
    "«рисунки школьников», «День защиты детей» — предметы, о них не спрашивают.",
    is_law=True,
)
def consent(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """Each picture that speaks of children is named in ``consent``, and each name there is a picture's."""
    given = _given(manuscript)
    named, told = {_name(picture.src) for picture in manuscript.pictures}, set(given)
    for picture in manuscript.pictures:
        name = _name(picture.src)
        if name not in told and (child := _child(picture)):
            told.add(name)
            message = f"судя по слову «{child}», на картинке «{picture.src}» дети, а отметки о согласии нет"
            yield Found(picture.line, message, _remedy(manuscript, picture.src))
    for name, number in given.items():
        if name not in named:
            line = manuscript.line(("consent", number))
            yield Found(line, f"в consent названа картинка «{name}», а её нет", "исправьте имя или уберите")


def _given(manuscript: Manuscript) -> dict[str, int]:
    """The names in ``consent`` with their numbers."""
    listed = manuscript.header.get("consent") or []
    names = listed.split(",") if isinstance(listed, str) else listed
    return {
        _name(name): number for number, name in enumerate(names) if isinstance(name, str) and name.strip()
    }


def _name(src: str) -> str:
    return unicodedata.normalize("NFC", posixpath.normpath(unquote(src.strip())))


def _child(picture: PictureMark) -> str:
    """The word that tells of children on the picture; "" if none does."""
    for text in (picture.alt, picture.caption):
        for found in _CHILDREN.finditer(text):
            if not found["thing"]:
                return found["child"]
    return ""


def _remedy(manuscript: Manuscript, src: str) -> str:
    header = HEADERS.get(manuscript.kind)
    if header is None or "consent" not in header.fields or manuscript.file.endswith(TRANSCRIPT):
        return "перенесите снимок в релиз или событие: отметить согласие здесь негде"
    names = ", ".join([*_given(manuscript), src])
    return (
        f"есть согласие родителей — напишите в шапке: consent: {names}; детей на ней нет — опишите её иначе"
    )


RULES = (consent,)
