"""Synthetic releases, as many as asked for; each is a function of the seed, the size and its number.

So the corpus needs no memory, a release can be made again to be edited, and the
same seed gives the same bytes on every machine. Every title and every first
paragraph says that the release is synthetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

from bench.texts import clause, sentences

ZONE = ZoneInfo("Asia/Irkutsk")
NOW = datetime(2026, 1, 1, 12, tzinfo=ZONE)
"""The clock of every build."""

PER_YEAR = 1530
"""Releases a year: what the press service of a city of 200,000 writes."""

STEP = timedelta(days=365) / PER_YEAR
SHORTEST, LONGEST = 1500, 3600
"""Bytes of a body; its last paragraph may pass the longest by some hundreds."""

PICTURES = 10
STEADY = 50
"""Every fiftieth release is the one others may link to; scenarios leave those alone."""

_OPENING = (
    "Это синтетический релиз номер {number}: он придуман программой, чтобы измерять время сборки сайта."
)
_RUBRICS = (
    "Городское хозяйство", "Образование", "Культура", "Спорт", "Здоровье", "Транспорт", "Благоустройство",
    "Молодёжь", "Безопасность", "Экономика", "Экология", "Официально",
)  # fmt: skip
_DEPARTMENTS = ("Отдел новостей", "Отдел эфиров", "Отдел печати", "Отдел документов", "Отдел писем")
_TAG_KINDS = (
    "Городские", "Дворовые", "Зимние", "Летние", "Осенние", "Весенние", "Школьные", "Семейные", "Районные",
    "Вечерние", "Утренние", "Новые", "Старые", "Общие", "Малые", "Большие", "Открытые", "Плановые", "Срочные",
    "Учебные",
)  # fmt: skip
_TAG_THINGS = (
    "парки", "дороги", "мосты", "маршруты", "выставки", "конкурсы", "каникулы", "ярмарки", "субботники",
    "кружки", "площадки", "библиотеки", "встречи", "концерты", "отчёты",
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """A rubric, tag or department: its id in addresses, and its title."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Release:
    """One release; ``picture`` is the number of one of the few pictures, or None."""

    number: int
    moment: datetime
    slug: str
    title: str
    rubric: Term
    department: Term
    tags: tuple[Term, ...]
    summary: str
    body: str
    picture: int | None

    @property
    def url(self) -> str:
        return f"/news/{self.moment:%Y/%m}/{self.slug}/"

    @property
    def stem(self) -> str:
        """The name of its file, and of its picture, without the ending."""
        return f"{self.moment:%Y-%m-%d}-{self.slug}"


RUBRICS = tuple(Term(f"rubrika-{n:02}", title) for n, title in enumerate(_RUBRICS, 1))
DEPARTMENTS = tuple(Term(f"otdel-{n}", title) for n, title in enumerate(_DEPARTMENTS, 1))
TAGS = tuple(
    Term(f"tema-{n:03}", f"{kind} {thing}")
    for n, (kind, thing) in enumerate(((kind, thing) for thing in _TAG_THINGS for kind in _TAG_KINDS), 1)
)


@dataclass(frozen=True)
class Corpus:
    """``size`` releases numbered from the oldest, 0, on; number ``size`` is the one that is added later."""

    size: int
    seed: int = 1
    _weights: tuple[float, ...] = field(
        default=tuple(accumulate(1 / (rank + 8) for rank in range(len(TAGS)))), repr=False
    )

    def __iter__(self) -> Iterator[Release]:
        return map(self.release, range(self.size))

    def release(self, number: int) -> Release:
        """The release of that number."""
        random = self._random(number)
        moment = self._moment(number)
        headline = clause(random)
        return Release(
            number=number,
            moment=moment,
            slug=f"sinteticheskiy-reliz-{number}",
            title=f"Синтетический релиз {number}: {headline}",
            rubric=random.choice(RUBRICS),
            department=random.choice(DEPARTMENTS),
            tags=self._tags(random),
            summary=" ".join(["Синтетический текст для измерений.", *random.sample(self._sentences, 1)]),
            body=self._body(random, number),
            picture=random.randrange(PICTURES) if number % 3 == 0 else None,
        )

    @cached_property
    def _sentences(self) -> tuple[str, ...]:
        return sentences(f"{self.seed}/sentences", 5000)

    def _random(self, number: int) -> Random:
        return Random(f"{self.seed}/{number}")

    def _moment(self, number: int) -> datetime:
        """Two releases never share a minute, so every program sorts them the same."""
        return (NOW - STEP * (self.size + 1 - number)).replace(second=0, microsecond=0)

    def _tags(self, random: Random) -> tuple[Term, ...]:
        """One to five tags; few of them are in most releases, most of them in few."""
        drawn = random.choices(TAGS, cum_weights=self._weights, k=random.randint(1, 5))
        return tuple(dict.fromkeys(drawn))

    def _body(self, random: Random, number: int) -> str:
        """Paragraphs with a list and a heading, in two of five a quotation, in one of four a link."""
        target = random.randint(SHORTEST, LONGEST)
        blocks = [_OPENING.format(number=number), self._paragraph(random)]
        if number > STEADY and random.random() < 0.25:
            blocks.append(self._link(random, number))
        if random.random() < 0.4:
            blocks.append(f"> «{random.choice(self._sentences)[:-1]}».")
        blocks.append("\n".join(f"- {random.choice(self._sentences)}" for _ in range(random.randint(3, 4))))
        blocks.append(f"## {clause(random).capitalize()}")
        written = sum(len(block.encode()) for block in blocks)
        while written < target:
            blocks.append(self._paragraph(random))
            written += len(blocks[-1].encode())
        return "\n\n".join(blocks) + "\n"

    def _paragraph(self, random: Random) -> str:
        first, *others = random.sample(self._sentences, random.randint(2, 4))
        if random.random() < 0.2:
            first = f"**{first}**"
        return " ".join([first, *others])

    def _link(self, random: Random, number: int) -> str:
        other = random.randrange((number - 1) // STEADY + 1) * STEADY
        url = f"/news/{self._moment(other):%Y/%m}/sinteticheskiy-reliz-{other}/"
        return f"{random.choice(self._sentences)} Об этом было [раньше]({url})."
