"""Rules that keep people's own data out of print: documents, telephones, mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule

PRIVATE_HOSTS = frozenset(
    {
        "autorambler.ru", "bk.ru", "gmail.com", "googlemail.com", "hotmail.com", "icloud.com", "inbox.ru",
        "internet.ru", "lenta.ru", "list.ru", "live.com", "mail.ru", "me.com", "myrambler.ru", "narod.ru",
        "outlook.com", "proton.me", "protonmail.com", "rambler.ru", "ro.ru", "vk.com", "xmail.ru", "ya.ru",
        "yahoo.com", "yandex.com", "yandex.ru",
    }
)  # fmt: skip
"""Hosts where anybody has a mailbox."""

_HYPHENS = r"\u2010-\u2014-"
_SNILS = re.compile(rf"(?<![\d-])\d{{3}}([\s.{_HYPHENS}])\d{{3}}\1\d{{3}}[\s.{_HYPHENS}]?\d{{2}}(?![\d-])")
_MAY_BE_SNILS = re.compile(rf"[0-9]{{3}}(?:[\s.{_HYPHENS}][0-9]{{3}}[\s.{_HYPHENS}][0-9]|[0-9]{{8}})")
_BARE_SNILS = re.compile(r"СНИЛС\D{0,20}(\d{11})(?!\d)", re.IGNORECASE)
_FIRST_CHECKED = 1_001_998
"""Numbers up to 001-001-998 have no check digits."""

_PASSPORT = re.compile(
    r"(?:паспорт[^\W\d]*|\bпасп\.|\bсери[яиюей]\b|\bсер\.|удостоверени\w+ личности)"
    r"(?: гражданина (?:РФ|России|Российской Федерации))?(?P<between>\D{0,20})"
    rf"(?P<number>(?<!\d)\d{{2}}[\s{_HYPHENS}]?\d{{2}}(?:[\s,;:.(/{_HYPHENS}]|№|N|номер){{0,12}}"
    rf"(?:\d{{3}}[{_HYPHENS}]?\d{{3}}|(?<=[№Nр])[\s:]*\d{{3}}\s?\d{{3}}))(?!\d|\s*(?:руб|тыс|чел|жител))",
    re.IGNORECASE,
)
"""Four digits and six right after a word of passports; «123 456» only after «№», else it may be an amount."""
_OF_ANOTHER = re.compile(r"\b(?:ИНН|КПП|ОКПО|ОГРН|тел|факс|сч[её]т|извещени|закупк|контракт)", re.IGNORECASE)
"""Words before numbers that are no passport's: «Паспорт готовности выдан, тел. 3953…»."""

_APART = rf"[\s().{_HYPHENS}]{{0,4}}"
_MOBILE = re.compile(rf"(?<![\d+])(?:\+\s?7|[78]){_APART}9\d\d(?:{_APART}\d){{7}}(?!-?\d)")
_MAY_BE_MOBILE = re.compile(rf"[78]{_APART}9[0-9][0-9]")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@((?:[\w-]+\.)+[^\W\d_]{2,})")

_HIDE = "уберите его: человека можно назвать и без документов"


@rule(
    "error",
    "Серия и номер паспорта — персональные данные: публиковать их без согласия человека нельзя "
    "(152-ФЗ «О персональных данных», ст. 7 и 10.1), а мошенникам их хватает.",
    is_law=True,
)
def private_passport(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """Four digits and six right after the word «паспорт» or «серия»."""
    if not any(word in manuscript.lowered for word in ("пасп", "сер", "удостоверени")):
        return
    for line, text in manuscript.running_texts():
        for found in _PASSPORT.finditer(text):
            if not _OF_ANOTHER.search(found["between"]):
                yield manuscript.found(line, text, found.start("number"), "похоже на номер паспорта", _HIDE)


@rule(
    "error",
    "СНИЛС — персональные данные: публиковать его без согласия человека нельзя (152-ФЗ, ст. 7 и 10.1). "
    "Число принято за СНИЛС, если сходится его контрольная сумма.",
    is_law=True,
)
def private_snils(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """Eleven digits as «112-233-445 95», or together after the word, whose check sum is right."""
    if not _MAY_BE_SNILS.search(manuscript.text):
        return
    for line, text in manuscript.running_texts():
        for found in (*_SNILS.finditer(text), *_BARE_SNILS.finditer(text)):
            if _is_snils(re.sub(r"\D", "", found[0])):
                yield manuscript.found(line, text, found.start(), "похоже на СНИЛС", _HIDE)


def _is_snils(digits: str) -> bool:
    """Whether the last two of eleven digits are the check sum of the first nine."""
    if int(digits[:9]) <= _FIRST_CHECKED:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(9, 0, -1), strict=True))
    return total % 101 % 100 == int(digits[9:])


@rule(
    "warning",
    "Мобильный номер чаще всего чей-то личный: после публикации его не вернуть. Рабочий номер релиза "
    "стоит в поле contact или в контакте подразделения — о нём здесь не говорится.",
)
def private_phone(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """A mobile number that is neither the release's own nor its department's."""
    if not _MAY_BE_MOBILE.search(manuscript.text):
        return
    own = circumstances.contacts(manuscript).phones
    remedy = "поставьте рабочий телефон; если это он и есть, внесите его в поле contact"
    for line, text in manuscript.running_texts():
        for found in _MOBILE.finditer(text):
            if _digits(found[0]) not in own:
                message = f"мобильный номер «{' '.join(found[0].split())}» похож на личный"
                yield manuscript.found(line, text, found.start(), message, remedy)
    for link in manuscript.links:
        phone = link.target.removeprefix("tel:")
        if phone != link.target and _MOBILE.search(phone) and _digits(phone) not in own:
            yield Found(link.line, f"мобильный номер «{phone}» похож на личный", remedy)


@rule(
    "warning",
    "Ящик на общедоступном почтовом сервере чаще всего личный, а для государственной переписки такие "
    "ящики не годятся вовсе. Ящик из поля contact или из контакта подразделения здесь не упоминается.",
)
def private_email(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """An address on a host where anybody has a mailbox."""
    if "@" not in manuscript.text:
        return
    own = circumstances.contacts(manuscript).emails
    remedy = "поставьте служебный адрес; если это он и есть, внесите его в поле contact"
    for line, text in manuscript.running_texts():
        for found in _MAIL.finditer(text):
            if found[1].lower() in PRIVATE_HOSTS and found[0].lower() not in own:
                message = f"адрес «{found[0]}» похож на личный"
                yield manuscript.found(line, text, found.start(), message, remedy)
    for link in manuscript.links:
        mail = _MAIL.search(link.target)
        if (
            mail
            and "://" not in link.target
            and mail[1].lower() in PRIVATE_HOSTS
            and mail[0].lower() not in own
        ):
            yield Found(link.line, f"адрес «{mail[0]}» похож на личный", remedy)


def _digits(phone: str) -> str:
    """The ten digits after the country's."""
    return re.sub(r"\D", "", phone)[-10:]


RULES = (private_passport, private_snils, private_phone, private_email)
