"""Every header field of every type: its name, default, meaning and check.

This is the one place that knows them: the reader checks headers against these
models, and ``docs/fields.md`` is generated from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal

from newsroom.content import values
from newsroom.content.allowances import allowance
from newsroom.content.announcing_schema import AnnounceHeader, SocialHeader, hashtag
from newsroom.content.fields import Brief, Each, Fault, FaultsError, Model, Part, field, refused
from newsroom.content.types import BroadcastState, ChannelStatus, ReleaseStatus


class Header(Model):
    """What all headers share: no unknown field, no silent change of a value."""


class PictureHeader(Header):
    """Картинка."""

    src: str = field(values.text, "имя файла картинки; он лежит в той же папке")
    alt: str = field(values.description, "что видно на картинке: для тех, кто её не видит")
    author: str = field(values.line, "кто снял или нарисовал", "")
    caption: str = field(values.line, "подпись под картинкой", "")


def _not_described(file: str) -> FaultsError:
    remedy = f"напишите после двоеточия, что на нём видно: «- {file}: …»"
    return refused(f"у снимка «{file}» нет описания", remedy)


GALLERY_PICTURE = Brief(PictureHeader, _not_described)
"""«- led.jpg: Лёд на площади»: a picture of a gallery is a line, unless it has a caption of its own."""


class GalleryHeader(Header):
    """Галерея."""

    author: str = field(values.line, "кто снимал, если снимки одного автора", "")
    caption: str = field(values.line, "общая подпись: у снимка без своей будет эта", "")
    pictures: tuple[PictureHeader, ...] = field(
        Each(GALLERY_PICTURE), "снимки по порядку; в файле — по строке на каждый: `- led.jpg: Лёд на площади`"
    )


class AttachmentHeader(Header):
    """Вложение."""

    file: str = field(values.text, "имя файла; он лежит в той же папке")
    title: str = field(values.text, "как назвать вложение на странице")


class ContactHeader(Header):
    """Контакт для прессы."""

    name: str = field(values.line, "к кому обращаться", "")
    phone: str = field(values.phone, "телефон", "")
    email: str = field(values.email, "электронная почта", "")


class ChangeHeader(Header):
    """Исправление."""

    date: datetime = field(values.moment, "когда исправлено")
    note: str = field(values.text, "что исправлено, одной фразой")
    difference: bool = field(
        values.flag,
        "показывать, что изменилось; false, если прежний текст показывать нельзя: разницы не будет "
        "ни у этого исправления, ни у прежних",
        True,
    )


class FigureHeader(Header):
    """Число-новость, крупно на карточке."""

    value: str = field(values.text, "само число, как его показать: 713 206")
    label: str = field(values.text, "что это за число: просмотров за год")


VIDEO_FILES, CAPTION_FILES = (".mp4", ".webm"), (".vtt",)
"""Endings of what browsers play and show by themselves."""


class VideoHeader(Header):
    """Видео."""

    title: str = field(values.text, "что это за видео: Открытие катка")
    address: str = field(
        values.web_address, "адрес страницы видео на другом сайте: VK Видео, Rutube, OK …", ""
    )
    file: str = field(values.line, "или своё видео: имя файла .mp4 или .webm в той же папке", "")
    captions: str = field(values.line, "субтитры к своему видео: имя файла .vtt в той же папке", "")
    poster: str = field(values.line, "заставка: имя файла картинки в той же папке", "")
    alt: str = field(values.description, "что видно на заставке: для тех, кто её не видит", "")
    author: str = field(values.line, "кто снял или нарисовал заставку", "")

    def disagreements(self) -> Iterator[Fault]:
        if bool(self.address) == bool(self.file):
            message = "у видео нет ни адреса, ни файла" if not self.file else "у видео и адрес, и файл"
            yield Fault((), message, "оставьте что-то одно: address или file")
        if self.captions and not self.file:
            yield Fault(("captions",), "субтитры бывают только у файла", "уберите captions")
        if bool(self.poster) != bool(self.alt):
            remedy = (
                "напишите в alt, что на ней видно"
                if self.poster
                else "назовите файл в poster или уберите alt"
            )
            yield Fault(("alt",), "заставка и её описание бывают только вместе", remedy)
        yield from _wrong_ending("file", self.file, VIDEO_FILES)
        yield from _wrong_ending("captions", self.captions, CAPTION_FILES)


def _wrong_ending(name: str, file: str, endings: tuple[str, ...]) -> Iterator[Fault]:
    if file and not file.lower().endswith(endings):
        yield Fault((name,), f"«{file}» здесь не годится", f"нужен файл {' или '.join(endings)}")


class EventDateHeader(Header):
    """Когда событие проходит в одном из годов."""

    start: date = field(values.day, "первый день")
    end: date | None = field(values.day, "последний день; пусто, если день один", None)

    def disagreements(self) -> Iterator[Fault]:
        if self.end and self.end < self.start:
            yield Fault((), "событие кончается раньше, чем начинается", "поменяйте start и end")


class ContentsHeader(Header):
    """Строка содержания номера."""

    title: str = field(values.text, "заголовок материала")
    page: int = field(values.whole, "страница, с которой он начинается")


Age = Literal["", "0+", "6+", "12+", "16+", "18+"]

_TAKEN_OUT: Mapping[str, Any] = {"date": None, "rubric": "", "department": "", "summary": ""}
"""What a withdrawn release may be without; its date is then the day in the name of its file."""

CONVENTIONAL = "true, если в источнике даты нет и она поставлена условно; страница скажет об этом"
CONSENT = (
    "снимки с детьми, на публикацию которых есть согласие родителей (или детей на них нельзя узнать): "
    "имена файлов картинок"
)
TEXT_LATER = (
    "если у записи или скана ещё нет текста: что сказать об этом читателю; "
    "«расшифровка будет до 20 мая 2024 года»"
)
REVISION = (
    "номер редакции: поднимите на единицу, чтобы исправление дошло и до постов, которые уже вышли; "
    "без этого меняется только сайт"
)
ALLOW = "правила из docs/rules.md, которые этот файл нарушает намеренно"


class ReleaseHeader(Header):
    """Пресс-релиз: `content/releases/2024/05/2024-05-09-den-pobedy.md`."""

    title: str = field(values.title, "заголовок")
    date: datetime = field(values.moment, "день и час выхода; до этого часа релиза нет нигде")
    rubric: str = field(values.text, "рубрика: имя из `content/rubrics.yaml`")
    department: str = field(values.text, "кто выпустил: имя файла из `content/departments/` без .md")
    summary: str = field(values.text, "о чём релиз, одной-двумя фразами: для списков, лент, карточек")
    tags: tuple[str, ...] = field(values.several, "темы: имена из `content/tags.yaml`", ())
    status: ReleaseStatus = field(
        values.choice(ReleaseStatus), "draft — черновик, published — вышел, withdrawn — отозван", "published"
    )
    withdrawal_reason: str = field(values.line, "почему релиз отозван; обязательно для withdrawn", "")
    image: PictureHeader | None = field(Part(PictureHeader), "главная картинка", None)
    gallery: GalleryHeader | None = field(Part(GalleryHeader), "фотографии к релизу, под текстом", None)
    figure: FigureHeader | None = field(Part(FigureHeader), "число, которое само по себе новость", None)
    video: VideoHeader | None = field(Part(VideoHeader), "видео", None)
    event: tuple[str, ...] = field(
        values.several, "городское событие: имя файла из `content/events/` без .md", ()
    )
    attachments: tuple[AttachmentHeader, ...] = field(
        Each(Part(AttachmentHeader)), "файлы для скачивания", ()
    )
    contact: ContactHeader | None = field(
        Part(ContactHeader), "контакт для прессы; пусто — контакт подразделения", None
    )
    changes: tuple[ChangeHeader, ...] = field(Each(Part(ChangeHeader)), "исправления после выхода", ())
    aliases: tuple[str, ...] = field(Each(values.root_address), "прежние адреса этого релиза", ())
    featured: bool = field(
        values.flag, "true, если релиз должен стоять на главной первым, пока он среди 20 самых новых", False
    )
    conventional_date: bool = field(values.flag, CONVENTIONAL, False)
    transcript: str = field(
        values.line, "имя файла с расшифровкой видео в той же папке: film.transcript.md", ""
    )
    text_later: str = field(values.line, TEXT_LATER, "")
    revision: int = field(values.whole, REVISION, 1)
    social: tuple[SocialHeader, ...] = field(
        Each(Part(SocialHeader)), "свои слова для соцсетей или запрет рассылать туда", ()
    )
    consent: tuple[str, ...] = field(values.several, CONSENT, ())
    allow: tuple[str, ...] = field(allowance, ALLOW, ())

    @classmethod
    def spared(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Of a withdrawn release only the title and the reason are shown: the rest may be taken out."""
        return _TAKEN_OUT if given.get("status") == "withdrawn" else {}

    def disagreements(self) -> Iterator[Fault]:
        if self.status == "withdrawn" and not self.withdrawal_reason:
            remedy = "напишите её в withdrawal_reason"
            yield Fault(("status",), "релиз отозван, а причина не названа", remedy)


class EventHeader(Header):
    """Городское событие: `content/events/den-pobedy.md`."""

    title: str = field(values.title, "название события")
    summary: str = field(values.line, "одной фразой, что это", "")
    place: str = field(values.line, "где проходит", "")
    dates: tuple[EventDateHeader, ...] = field(Each(Part(EventDateHeader)), "когда проходило и пройдёт", ())
    image: PictureHeader | None = field(Part(PictureHeader), "картинка", None)
    conventional_date: bool = field(values.flag, CONVENTIONAL, False)
    aliases: tuple[str, ...] = field(Each(values.root_address), "прежние адреса этой страницы", ())
    text_later: str = field(values.line, TEXT_LATER, "")
    consent: tuple[str, ...] = field(values.several, CONSENT, ())
    allow: tuple[str, ...] = field(allowance, ALLOW, ())


class BroadcastHeader(Header):
    """Прямой эфир: `content/broadcasts/2023/telemarafon.md`."""

    title: str = field(values.title, "название эфира")
    start: datetime = field(values.moment, "когда начинается")
    state: BroadcastState = field(
        values.choice(BroadcastState), "announced — объявлен, live — идёт, recorded — есть запись"
    )
    summary: str = field(values.line, "одной фразой, о чём эфир", "")
    series: str = field(values.line, "какой это эфир, для итогов года: Прямой эфир с мэром", "")
    duration_minutes: int = field(values.whole, "сколько минут длился", 0)
    video: str = field(values.web_address, "ссылка на видео", "")
    transcript: str = field(values.line, "имя файла с расшифровкой в той же папке: efir.transcript.md", "")
    image: PictureHeader | None = field(Part(PictureHeader), "заставка", None)
    releases: tuple[str, ...] = field(values.several, "релизы об эфире: имена их файлов без .md", ())
    conventional_date: bool = field(values.flag, CONVENTIONAL, False)
    aliases: tuple[str, ...] = field(Each(values.root_address), "прежние адреса этой страницы", ())
    text_later: str = field(values.line, TEXT_LATER, "")
    consent: tuple[str, ...] = field(values.several, CONSENT, ())
    allow: tuple[str, ...] = field(allowance, ALLOW, ())


class IssueHeader(Header):
    """Номер журнала: `content/issues/2024/zhurnal-2024-1.md`."""

    title: str = field(values.title, "название номера")
    number: str = field(values.text, "номер: 1 (12)")
    date: date = field(values.day, "дата выхода в свет")
    pdf: str = field(values.text, "имя файла PDF в той же папке")
    summary: str = field(values.line, "одной фразой, о чём номер", "")
    contents: tuple[ContentsHeader, ...] = field(Each(Part(ContentsHeader)), "содержание", ())
    print_run: int = field(values.whole, "тираж, экземпляров", 0)
    founder: str = field(values.line, "учредитель", "")
    editor: str = field(values.line, "главный редактор", "")
    age: Age = field(values.choice(Age), "знак возраста", "")
    releases: tuple[str, ...] = field(values.several, "релизы о номере: имена их файлов без .md", ())
    demonstration: bool = field(values.flag, "true, если PDF — макет для показа, а не сам номер", False)
    conventional_date: bool = field(values.flag, CONVENTIONAL, False)
    aliases: tuple[str, ...] = field(Each(values.root_address), "прежние адреса этой страницы", ())
    text_later: str = field(values.line, TEXT_LATER, "")
    consent: tuple[str, ...] = field(values.several, CONSENT, ())
    allow: tuple[str, ...] = field(allowance, ALLOW, ())


class DepartmentHeader(Header):
    """Подразделение: `content/departments/press-sluzhba.md`."""

    title: str = field(values.title, "полное название")
    summary: str = field(values.line, "одной фразой, чем занимается", "")
    contact: ContactHeader | None = field(Part(ContactHeader), "контакт для прессы", None)
    aliases: tuple[str, ...] = field(Each(values.root_address), "прежние адреса этой страницы", ())
    text_later: str = field(values.line, TEXT_LATER, "")
    consent: tuple[str, ...] = field(values.several, CONSENT, ())
    allow: tuple[str, ...] = field(allowance, ALLOW, ())


class ChannelHeader(Header):
    """Канал: `content/channels/vk-administratsiya.md`."""

    title: str = field(values.title, "как назвать страницу")
    network: str = field(values.text, "сеть: ВКонтакте, Одноклассники, Telegram, MAX …")
    owner: str = field(values.text, "чьим голосом говорит: Администрация города")
    status: ChannelStatus = field(
        values.choice(ChannelStatus), "active — ведётся, archive — только читать, closed — закрыт"
    )
    address: str = field(values.web_address, "адрес страницы", "")
    unlisted: bool = field(values.flag, "true, если на странице каналов этому не место", False)
    announce: AnnounceHeader | None = field(
        Part(AnnounceHeader), "рассылка релизов; пусто — сюда ничего не рассылают", None
    )
    opened: date | None = field(values.day, "когда страницу открыли; для счёта страниц в итогах года", None)
    of_department: bool = field(values.flag, "true, если это страница подразделения", False)
    conventional_date: bool = field(values.flag, CONVENTIONAL, False)
    allow: tuple[str, ...] = field(allowance, ALLOW, ())


class PageHeader(Header):
    """Постоянная страница: `content/pages/about.md`."""

    title: str = field(values.title, "заголовок")
    summary: str = field(values.line, "одной фразой, о чём страница", "")
    aliases: tuple[str, ...] = field(Each(values.root_address), "прежние адреса этой страницы", ())
    text_later: str = field(values.line, TEXT_LATER, "")
    consent: tuple[str, ...] = field(values.several, CONSENT, ())
    allow: tuple[str, ...] = field(allowance, ALLOW, ())


class TermHeader(Header):
    """Запись в `content/rubrics.yaml` или `content/tags.yaml`."""

    title: str = field(values.title, "как показать на сайте")
    description: str = field(values.line, "о чём эта рубрика или тема", "")
    aliases: tuple[str, ...] = field(Each(values.root_address), "прежние адреса этой рубрики или темы", ())
    hashtag: str = field(hashtag, "хештег для соцсетей, одним словом", "")


HEADERS: dict[str, type[Header]] = {
    "releases": ReleaseHeader,
    "events": EventHeader,
    "broadcasts": BroadcastHeader,
    "issues": IssueHeader,
    "departments": DepartmentHeader,
    "channels": ChannelHeader,
    "pages": PageHeader,
}
"""The type of a content file by the top folder it lies in."""
