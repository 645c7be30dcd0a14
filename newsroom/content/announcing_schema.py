"""What channels and releases tell of announcing: the fields, their meanings and checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from newsroom.content import values
from newsroom.content.announcing import NetworkName, Voice
from newsroom.content.fields import Fault, Model, field, refused

_HASHTAG = re.compile(r"#?(?=.*[^\W\d_])\w{2,60}")
_CA = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.(?:pem|crt)")
_PLACES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "max": (re.compile(r"-?\d{1,20}"), "номер чата MAX цифрами"),
    "vk": (re.compile(r"\d{1,20}"), "номер группы ВКонтакте цифрами, без минуса"),
    "ok": (re.compile(r"\d{1,20}"), "номер группы Одноклассников цифрами"),
    "telegram": (re.compile(r"@\w{4,32}|-\d{1,20}"), "@имя канала или его номер с минусом"),
    "mail": (re.compile(r"(?:[a-z0-9-]+\.)+[a-z0-9-]+"), "имя рассылки, как имя сайта: press.example.ru"),
    "indexnow": (re.compile(r"[A-Za-z0-9-]{8,128}"), "ключ IndexNow: от 8 до 128 латинских букв и цифр"),
    "websub": (re.compile(r"https?://[^\s<>\"]+"), "адрес хаба: https://…"),
}
"""What tells the place in each network, and how an editor writes it."""


def prose(value: Any) -> str:
    """Paragraphs with blank lines between them; not empty."""
    values.text(value)
    return str(value).strip()


def hashtag(value: Any) -> str:
    """A word of letters, digits and «_», with a letter in it: networks end a hashtag at anything else."""
    word = values.text(value)
    if not _HASHTAG.fullmatch(word):
        remedy = "пишите его одним словом, без пробелов и дефисов: Братск_транспорт"
        raise refused(f"«{word}» не годится для хештега", remedy)
    return word.removeprefix("#")


class AnnounceHeader(Model):
    """Рассылка."""

    by: NetworkName = field(
        values.choice(NetworkName),
        "как сюда попадают релизы: max, vk, ok, telegram, mail — письма редакциям, indexnow и websub — "
        "поисковикам и подписчикам лент, manual — готовый текст, который размещает человек",
    )
    to: str = field(values.line, "куда именно: номер чата или группы, @имя, имя рассылки, ключ, адрес", "")
    voice: Voice = field(
        values.choice(Voice),
        "чей это голос: administration — администрации, mayor — мэра",
        "administration",
    )
    paused: str = field(values.line, "почему сюда сейчас ничего не уходит; пусто — уходит", "")
    rubrics: tuple[str, ...] = field(values.several, "только эти рубрики; пусто — все", ())
    departments: tuple[str, ...] = field(values.several, "только эти подразделения; пусто — все", ())
    fresh_hours: int = field(values.whole, "сколько часов после выхода релиз ещё рассылают", 48)
    per_run: int = field(values.whole, "не больше стольких релизов за один запуск", 5)
    per_day: int = field(values.whole, "не больше стольких за сутки; 0 — сколько угодно", 0)
    hashtags: int = field(values.whole, "не больше стольких хештегов в посте", 3)
    sender: str = field(values.email, "от кого письма: адрес пресс-службы", "")
    api: str = field(values.web_address, "адрес программы сети, если он не обычный", "")
    ca: str = field(values.line, "файл с корневым сертификатом сети, от папки проекта", "")

    def disagreements(self) -> Iterator[Fault]:
        yield from self._place_faults()
        if self.by == "mail" and not self.sender and not self.paused:
            yield Fault(("sender",), "не сказано, от кого письма", "напишите адрес пресс-службы")
        if self.ca and not _CA.fullmatch(self.ca):
            remedy = "назовите его от папки проекта: certs/root.pem"
            yield Fault(("ca",), "это не файл сертификатов", remedy)

    def _place_faults(self) -> Iterator[Fault]:
        place, told = _PLACES.get(self.by, (None, ""))
        if place and not self.to and not self.paused:
            yield Fault(("to",), "не сказано, куда рассылать", f"напишите {told} или причину в paused")
        elif place and self.to and not place.fullmatch(self.to):
            yield Fault(("to",), f"«{self.to}» здесь не годится", f"нужен {told}")


class SocialHeader(Model):
    """Свои слова для соцсетей."""

    channels: tuple[str, ...] = field(
        values.several, "где: имена файлов каналов, сети (vk), голоса (mayor); пусто — везде", ()
    )
    text: str = field(prose, "что написать вместо краткого содержания и текста", "")
    skip: bool = field(values.flag, "true, если туда этот релиз не рассылать", False)

    def disagreements(self) -> Iterator[Fault]:
        if bool(self.text) == self.skip:
            yield Fault((), "нужно или text, или skip: true", "оставьте одно из двух")


NAMES_OF_SEVERAL = frozenset({*get_args(NetworkName), *get_args(Voice)})
"""What ``social`` may name beside channels."""
