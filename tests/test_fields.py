"""The language that schemas of headers are written in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest

from newsroom.content import values
from newsroom.content.fields import Each, Fault, FaultsError, Model, Part, field


class Place(Model):
    """Место."""

    name: str = field(values.text, "как называется")
    seats: int = field(values.whole, "сколько мест", 0)


class Evening(Model):
    """Вечер."""

    title: str = field(values.title, "название")
    kind: Literal["", "play", "concert"] = field(
        values.choice(Literal["", "play", "concert"]), "что это", "concert"
    )
    tags: tuple[str, ...] = field(values.several, "темы", ())
    place: Place | None = field(Part(Place), "где", None)
    halls: tuple[Place, ...] = field(Each(Part(Place)), "залы", ())

    def disagreements(self) -> Iterator[Fault]:
        if self.place and self.halls:
            yield Fault(("halls",), "и место, и залы", "оставьте одно")


def _faults(given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with pytest.raises(FaultsError) as error:
        Evening.read(given)
    return [(fault.location, fault.message) for fault in error.value.faults]


def test_what_is_not_given_has_its_default() -> None:
    evening = Evening.read({"title": " Вечер ", "tags": "а, б,"})
    assert ("Вечер", "concert", ("а", "б"), None, ()) == (
        evening.title, evening.kind, evening.tags, evening.place, evening.halls,
    )  # fmt: skip


def test_an_empty_optional_field_is_one_left_out_at_any_depth() -> None:
    evening = Evening.read({"title": "А", "kind": "", "tags": [], "place": {"name": "Б", "seats": ""}})
    assert ("concert", ()) == (evening.kind, evening.tags)
    assert evening.place
    assert Place.fields["seats"].default == evening.place.seats


def test_parts_are_models_too() -> None:
    evening = Evening.read({"title": "Вечер", "halls": [{"name": "А", "seats": "1 500"}, {"name": "Б"}]})
    assert [("А", 1500), ("Б", 0)] == [(hall.name, hall.seats) for hall in evening.halls]


FAULTS = {
    "nothing": ({}, [(("title",), "нет поля «{field}»")]),
    "not a text": ({"title": ["a"]}, [(("title",), "в поле «{field}» должна быть строка")]),
    "empty": ({"title": "  "}, [(("title",), "поле «{field}» пустое")]),
    "too long": ({"title": "я" * 251}, [(("title",), "в поле «{field}» больше 250 знаков")]),
    "no such word": ({"title": "А", "kind": "opera"}, [(("kind",), "в поле «{field}» стоит «opera»")]),
    "unknown": ({"title": "А", "titel": "Б"}, [(("titel",), "неизвестное поле «{field}»")]),
    "not a list": ({"title": "А", "halls": "Б"}, [(("halls",), "в поле «{field}» должен быть список")]),
    "not a mapping": (
        {"title": "А", "place": "Б"}, [(("place",), "в поле «{field}» должны быть вложенные поля")],
    ),
    "empty among others": ({"title": "А", "tags": ["а", ""]}, [(("tags", 1), "поле «{field}» пустое")]),
    "several at once, at any depth": (
        {"halls": [{"seats": "x"}, {"name": "Б"}, "В"]},
        [
            (("title",), "нет поля «{field}»"),
            (("halls", 0, "name"), "нет поля «{field}»"),
            (("halls", 0, "seats"), "здесь нужно целое число"),
            (("halls", 2), "в поле «{field}» должны быть вложенные поля"),
        ],
    ),
    "wrong together": (
        {"title": "А", "place": {"name": "Б"}, "halls": [{"name": "В"}]}, [(("halls",), "и место, и залы")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_told_where_it_is(given: dict[str, Any], expected: list[tuple[Any, ...]]) -> None:
    assert expected == _faults(given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"titel": "А"}, "может быть, «title»?"),
        ({"place": {"nmae": "А"}}, "может быть, «name»?"),
        ({"щщщ": "А"}, "уберите его; все поля — в docs/fields.md"),
    ],
)
def test_the_nearest_field_of_the_same_part_is_suggested(given: dict[str, Any], expected: str) -> None:
    with pytest.raises(FaultsError) as error:
        Evening.read({"title": "А", **given} if "titel" not in given else given)
    assert expected in [fault.remedy for fault in error.value.faults]


def test_nothing_changes_it_afterwards() -> None:
    evening = Evening.read({"title": "А"})
    with pytest.raises(AttributeError):
        evening.title = "Б"
    assert ["title", "kind", "tags", "place", "halls"] == list(Evening.fields)
