"""Russian sentences without meaning, made up from a seed; no person, place or event is named."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def _parts(text: str) -> list[str]:
    """What stands between bars and ends of lines."""
    return text.replace("\n", "|").split("|")


_SUBJECTS = _parts(
    """городская служба|районная библиотека|новая школа|учебный корпус|зимний каток|летняя площадка
спортивная секция|дворовая команда|выездная приёмная|общественный совет|молодёжный центр|детская поликлиника
автобусный маршрут|пешеходный мост|набережная аллея|парковая дорожка
тепловая сеть|насосная станция"""
)
_VERBS = _parts(
    """открывает|готовит|принимает|обновляет|проверяет|собирает|показывает|объявляет|завершает|планирует
размещает|получает|продолжает|переносит|расширяет|согласует"""
)
_OBJECTS = _parts(
    """расписание занятий|список участников|план работ|сезонную выставку|ремонт дорожки|приём заявлений
городской конкурс|субботник во дворах|обход участков|запись в кружки|карту маршрутов|летнюю программу
уборку снега|осмотр площадок|замену фонарей|ярмарку изделий|встречу с жителями|отчёт за квартал"""
)
_PLACES = _parts(
    """в центральном парке|на главной площади|в нескольких дворах|по новому адресу|в трёх микрорайонах
на левом берегу|у речного вокзала|в читальном зале|на школьном стадионе|вдоль всей улицы|за стадионом|в музее
при доме культуры|на конечной остановке"""
)
_TIMES = _parts(
    """с понедельника|до конца месяца|каждую субботу|в течение недели|по вечерам|после каникул|весной
до первого снега|в рабочие дни|с девяти до восемнадцати часов|к началу сезона|ещё две недели"""
)
_TAILS = _parts(
    """ и приглашает всех желающих| и просит учесть это заранее|, о чём сообщат дополнительно
, а справки дают по телефону| — для этого ничего не требуется|, как и в прошлом году
, но срок может измениться
, если позволит погода| — движение при этом не закрывают"""
)


def sentences(seed: str, count: int) -> tuple[str, ...]:
    """``count`` sentences of 60–200 bytes; the same seed gives the same ones."""
    random = Random(seed)
    return tuple(_sentence(random) for _ in range(count))


def clause(random: Random) -> str:
    """A headline without a full stop: «молодёжный центр объявляет городской конкурс весной»."""
    return " ".join(random.choice(part) for part in (_SUBJECTS, _VERBS, _OBJECTS, _TIMES))


def _sentence(random: Random) -> str:
    parts: list[Sequence[str]] = [_SUBJECTS, _VERBS, _OBJECTS]
    parts += [part for part in (_PLACES, _TIMES) if random.random() < 0.6]
    text = " ".join(random.choice(part) for part in parts)
    if random.random() < 0.5:
        text += random.choice(_TAILS)
    return f"{text[0].upper()}{text[1:]}."
