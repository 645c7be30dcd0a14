"""Every header field of every type: its name, default, meaning and check.

This is the one place that knows them: the reader checks headers against these
models, and ``docs/fields.md`` is generated from them.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from newsroom.content.types import BroadcastState, ChannelStatus, ReleaseStatus
from newsroom.content.values import (
    Day,
    Email,
    Flag,
    Moment,
    Phone,
    RootAddress,
    Several,
    Text,
    Title,
    WebAddress,
    Whole,
)


class Header(BaseModel):
    """What all headers share: no unknown field, no silent change of a value."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class PictureHeader(Header):
    """Картинка."""

    src: Text = Field(description="имя файла картинки; он лежит в той же папке")
    alt: Text = Field(description="что видно на картинке: для тех, кто её не видит")
    author: str = Field("", description="кто снял или нарисовал")
    caption: str = Field("", description="подпись под картинкой")


class AttachmentHeader(Header):
    """Вложение."""

    file: Text = Field(description="имя файла; он лежит в той же папке")
    title: Text = Field(description="как назвать вложение на странице")


class ContactHeader(Header):
    """Контакт для прессы."""

    name: str = Field("", description="к кому обращаться")
    phone: Phone = Field("", description="телефон")
    email: Email = Field("", description="электронная почта")


class ChangeHeader(Header):
    """Исправление."""

    date: Moment = Field(description="когда исправлено")
    note: Text = Field(description="что исправлено, одной фразой")


class FigureHeader(Header):
    """Число-новость: крупно на карточке."""

    value: Text = Field(description="само число, как его показать: 713 206")
    label: Text = Field(description="что это за число: просмотров за год")


class EventDateHeader(Header):
    """Когда событие проходит в одном из годов."""

    start: Day = Field(description="первый день")
    end: Day | None = Field(None, description="последний день; пусто, если день один")

    @model_validator(mode="after")
    def ends_after_start(self) -> EventDateHeader:
        if self.end and self.end < self.start:
            raise ValueError("событие кончается раньше, чем начинается|поменяйте start и end")
        return self


class CountHeader(Header):
    """Сколько подписчиков было в этот день."""

    date: Day = Field(description="день подсчёта")
    subscribers: Whole = Field(description="число подписчиков")


class ContentsHeader(Header):
    """Строка содержания номера."""

    title: Text = Field(description="заголовок материала")
    page: Whole = Field(description="страница, с которой он начинается")


CONVENTIONAL = "true, если в источнике даты нет и она поставлена условно; страница скажет об этом"


class ReleaseHeader(Header):
    """Пресс-релиз: `content/releases/2024/05/2024-05-09-den-pobedy.md`."""

    title: Title = Field(description="заголовок")
    date: Moment = Field(description="день и час выхода; до этого часа релиза нет нигде")
    rubric: Text = Field(description="рубрика: имя из `content/rubrics.yaml`")
    department: Text = Field(description="кто выпустил: имя файла из `content/departments/` без .md")
    summary: Text = Field(description="о чём релиз, одной-двумя фразами: для списков, лент, карточек")
    tags: Several = Field((), description="темы: имена из `content/tags.yaml`")
    status: ReleaseStatus = Field(
        "published", description="draft — черновик, published — вышел, withdrawn — отозван"
    )
    withdrawal_reason: str = Field("", description="почему релиз отозван; обязательно для withdrawn")
    image: PictureHeader | None = Field(None, description="главная картинка")
    figure: FigureHeader | None = Field(None, description="число, которое само по себе новость")
    event: Several = Field((), description="городское событие: имя файла из `content/events/` без .md")
    attachments: tuple[AttachmentHeader, ...] = Field((), description="файлы для скачивания")
    contact: ContactHeader | None = Field(
        None, description="контакт для прессы; пусто — контакт подразделения"
    )
    changes: tuple[ChangeHeader, ...] = Field((), description="исправления после выхода")
    aliases: tuple[RootAddress, ...] = Field((), description="прежние адреса этого релиза")
    featured: Flag = Field(
        False, description="true, если релиз должен стоять на главной первым, пока он среди 20 самых новых"
    )
    conventional_date: Flag = Field(False, description=CONVENTIONAL)

    @model_validator(mode="after")
    def withdrawal_has_a_reason(self) -> ReleaseHeader:
        if self.status == "withdrawn" and not self.withdrawal_reason:
            raise ValueError("status>релиз отозван, а причина не названа|напишите её в withdrawal_reason")
        return self


class EventHeader(Header):
    """Городское событие: `content/events/den-pobedy.md`."""

    title: Title = Field(description="название события")
    summary: str = Field("", description="одной фразой, что это")
    place: str = Field("", description="где проходит")
    dates: tuple[EventDateHeader, ...] = Field((), description="когда проходило и пройдёт")
    image: PictureHeader | None = Field(None, description="картинка")
    conventional_date: Flag = Field(False, description=CONVENTIONAL)
    aliases: tuple[RootAddress, ...] = Field((), description="прежние адреса этой страницы")


class BroadcastHeader(Header):
    """Прямой эфир: `content/broadcasts/2023/telemarafon.md`."""

    title: Title = Field(description="название эфира")
    start: Moment = Field(description="когда начинается")
    state: BroadcastState = Field(description="announced — объявлен, live — идёт, recorded — есть запись")
    summary: str = Field("", description="одной фразой, о чём эфир")
    duration_minutes: Whole = Field(0, description="сколько минут длился")
    video: WebAddress = Field("", description="ссылка на видео")
    transcript: str = Field("", description="имя файла с расшифровкой в той же папке: efir.transcript.md")
    image: PictureHeader | None = Field(None, description="заставка")
    releases: Several = Field((), description="релизы об эфире: имена их файлов без .md")
    conventional_date: Flag = Field(False, description=CONVENTIONAL)
    aliases: tuple[RootAddress, ...] = Field((), description="прежние адреса этой страницы")


class IssueHeader(Header):
    """Номер журнала: `content/issues/2024/zhurnal-2024-1.md`."""

    title: Title = Field(description="название номера")
    number: Text = Field(description="номер: 1 (12)")
    date: Day = Field(description="дата выхода в свет")
    pdf: Text = Field(description="имя файла PDF в той же папке")
    summary: str = Field("", description="одной фразой, о чём номер")
    contents: tuple[ContentsHeader, ...] = Field((), description="содержание")
    print_run: Whole = Field(0, description="тираж, экземпляров")
    founder: str = Field("", description="учредитель")
    editor: str = Field("", description="главный редактор")
    age: Literal["", "0+", "6+", "12+", "16+", "18+"] = Field("", description="знак возраста")
    releases: Several = Field((), description="релизы о номере: имена их файлов без .md")
    demonstration: Flag = Field(False, description="true, если PDF — макет для показа, а не сам номер")
    conventional_date: Flag = Field(False, description=CONVENTIONAL)
    aliases: tuple[RootAddress, ...] = Field((), description="прежние адреса этой страницы")


class DepartmentHeader(Header):
    """Подразделение: `content/departments/press-sluzhba.md`."""

    title: Title = Field(description="полное название")
    summary: str = Field("", description="одной фразой, чем занимается")
    contact: ContactHeader | None = Field(None, description="контакт для прессы")
    aliases: tuple[RootAddress, ...] = Field((), description="прежние адреса этой страницы")


class ChannelHeader(Header):
    """Канал: `content/channels/vk-administratsiya.md`."""

    title: Title = Field(description="как назвать страницу")
    network: Text = Field(description="сеть: ВКонтакте, Одноклассники, Telegram, MAX …")
    owner: Text = Field(description="чьим голосом говорит: Администрация города")
    status: ChannelStatus = Field(description="active — ведётся, archive — только читать, closed — закрыт")
    address: WebAddress = Field("", description="адрес страницы")
    counts: tuple[CountHeader, ...] = Field((), description="подписчики по дням, от старых к новым")
    conventional_date: Flag = Field(False, description=CONVENTIONAL)


class PageHeader(Header):
    """Постоянная страница: `content/pages/about.md`."""

    title: Title = Field(description="заголовок")
    summary: str = Field("", description="одной фразой, о чём страница")
    aliases: tuple[RootAddress, ...] = Field((), description="прежние адреса этой страницы")


class TermHeader(Header):
    """Запись в `content/rubrics.yaml` или `content/tags.yaml`."""

    title: Title = Field(description="как показать на сайте")
    description: str = Field("", description="о чём эта рубрика или тема")


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
