"""Rules of links: their words, and addresses that are no links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule

SAY_NOTHING = frozenset(
    {
        "здесь", "тут", "там", "вот", "сюда", "вот здесь", "вот тут", "смотреть здесь", "ссылка",
        "эта ссылка", "ссылку", "по ссылке", "по этой ссылке", "по данной ссылке", "подробнее",
        "подробнее здесь", "подробности", "подробности здесь", "подробности по ссылке", "узнать больше",
        "узнать подробнее", "читать", "читать далее", "читать дальше", "читать подробнее", "далее",
        "дальше", "ещё", "перейти", "перейти по ссылке", "нажмите", "нажмите здесь", "жмите сюда",
        "скачать", "скачать здесь", "смотреть", "открыть", "сайт", "сайте", "на сайте", "ссылке",
        "следующая ссылка", "по следующей ссылке", "переходите по ссылке", "пройдите по ссылке",
        "перейдите по ссылке", "пройти по ссылке", "click here", "here", "link", "more", "read more",
    }
)  # fmt: skip
"""Words that tell nothing of where a link leads when they are read alone."""

_EMPTY = re.compile(r"(?<![!\\])\[[^\S\n]*\](?=\([^)\s])")

_MAIL = r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[^\W\d_]{2,}"
_HOST = r"(?<![\w@/.-])(?:[\w-]+\.)+(?:[a-z]{2,}|рф|рус|дети)"
_REST = r"[^\s<>«»\"]+"
_PATH = r"[^\s<>«»\"]*\w/?"
_ADDRESS = re.compile(rf"(?:https?|ftp)://{_REST}|\bwww\.{_REST}|{_MAIL}|{_HOST}/{_PATH}", re.IGNORECASE)
_MAY_BE_AN_ADDRESS = re.compile(r"://|@|www\.|\.(?:[a-z]{2,}|рф|рус|дети)/")


@rule(
    "warning",
    "Кто слушает страницу, слышит ссылки списком, без слов вокруг: «здесь, здесь, подробнее». Поиск тоже "
    "судит о странице по словам ссылки.",
)
def link_text(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """A link whose words mean nothing without those around it."""
    for link in manuscript.links:
        said = " ".join(link.text.lower().split()).strip(" .,:;!…>→»*_")
        if said in SAY_NOTHING:
            remedy = "сделайте ссылкой слова о том, куда она ведёт: [программа праздника](…)"
            yield Found(link.line, f"ссылка «{link.text}» не говорит, куда ведёт", remedy)
    wordless = {link.line for link in manuscript.links if not link.text}
    for line in sorted(wordless):
        for _empty in _EMPTY.finditer(manuscript.lines[line - manuscript.body_line]):
            yield Found(
                line, "у ссылки нет слов: её никто не увидит", "впишите в [ ] слова о том, куда она ведёт"
            )


@rule(
    "warning",
    "Адрес, напечатанный просто так, ссылкой не становится: по нему нельзя нажать, а с телефона его не "
    "перепечатать. Не говорит он и того, что по нему лежит.",
)
def bare_address(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """An address of a page or of mail in the prose of a body, and not as the words of a link.

    A host without «https://» counts only with a path: «vk.com/bratsk», not «gosuslugi.ru».
    """
    if not _MAY_BE_AN_ADDRESS.search(manuscript.lowered):
        return
    linked = {address for link in manuscript.links for _, address in _addresses(link.text)}
    for line, text in enumerate(manuscript.prose, manuscript.body_line):
        for start, address in _addresses(text):
            if address not in linked:
                remedy = f"сделайте ссылкой: [слова]({_target(address)})"
                yield manuscript.found(line, text, start, f"адрес «{address}» не станет ссылкой", remedy)


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    """Where in a text addresses begin, and each without the marks of the sentence after it."""
    for found in _ADDRESS.finditer(text):
        yield found.start(), found[0].rstrip(".,;:!?)]*_")


def _target(address: str) -> str:
    """What to write in the brackets of a link."""
    if "://" in address:
        return address
    return f"mailto:{address}" if "@" in address.partition("/")[0] else f"https://{address}"


RULES = (link_text, bare_address)
