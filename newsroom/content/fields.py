"""A small language of schemas: a field has a kind, a default and a meaning; all faults are told at once.

A kind takes what an editor typed and gives the value, or raises what ``refused`` makes.
Our own, since libraries that do more take longer to import than a release to read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, Generic, NamedTuple, NoReturn, TypeVar

T = TypeVar("T")
M = TypeVar("M", bound="Model")

Kind = Callable[[Any], T]
REQUIRED: Any = object()
"""The default of a field that has none."""


class Field(NamedTuple):
    """What is known of a field: ``default`` is REQUIRED where it must be filled in."""

    kind: Kind[Any]
    description: str
    default: Any


class Fault(NamedTuple):
    """What is wrong, and where: ``("changes", 0, "date")``.

    «{field}» in the Russian texts stands for the field as the editor knows it.
    """

    location: tuple[str | int, ...]
    message: str
    remedy: str


class FaultsError(ValueError):
    """All that is wrong with a value."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = list(faults)


def refused(message: str, remedy: str) -> FaultsError:
    """The error of a value that is wrong as a whole."""
    return FaultsError([Fault((), message, remedy)])


def field(kind: Kind[T], description: str, default: T = REQUIRED) -> T:
    """A field of a model, to stand for its value in the class; the description is in Russian."""
    described: Any = Field(kind, description, default)
    return described  # type: ignore[no-any-return] # instances have the value in its place


class Model:
    """A mapping with known fields, those of the class in their order; nothing changes it afterwards."""

    fields: ClassVar[Mapping[str, Field]] = {}

    def __init_subclass__(cls) -> None:
        cls.fields = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(name)

    def disagreements(self) -> Iterator[Fault]:
        """Values that are right by themselves and wrong together."""
        yield from ()

    @classmethod
    def spared(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ARG003
        """The fields that need not be filled in, given the others, with their values."""
        return {}

    @classmethod
    def read(cls: type[M], given: Mapping[str, Any]) -> M:
        """The model of what an editor typed, where an empty field may be left out; raises FaultsError."""
        values: dict[str, Any] = {}
        faults = [_unknown(name, cls.fields) for name in given if name not in cls.fields]
        spared = cls.spared(given)
        for name, (kind, _, needed) in cls.fields.items():
            default = spared.get(name, needed)
            if name in given and (default is REQUIRED or given[name] not in ("", [])):
                faults += _put(values, name, kind, given[name])
            elif default is REQUIRED:
                faults.append(Fault((name,), "нет поля «{field}»", "добавьте строку «{field}: …» в шапку"))
            else:
                values[name] = default
        made = cls.__new__(cls)
        made.__dict__.update(values)
        faults = faults or list(made.disagreements())
        if faults:
            raise FaultsError(faults)
        return made


class Part(Generic[M]):
    """The kind of a field that has fields of its own."""

    def __init__(self, model: type[M]) -> None:
        self.model = model

    def __call__(self, value: Any) -> M:
        if not isinstance(value, dict):
            raise refused("в поле «{field}» должны быть вложенные поля", "смотрите docs/fields.md")
        return self.model.read(value)


class Brief(Part[M]):
    """A part whose first two fields fit one line, where the first is the name of a file.

    «led.jpg: Лёд на площади» says the same as «src: led.jpg» and «alt: Лёд на площади»; other fields
    stand under it as they would there. ``untold`` is the fault of a file of which nothing is said.
    """

    def __init__(self, model: type[M], untold: Callable[[str], FaultsError]) -> None:
        super().__init__(model)
        self.untold = untold

    def __call__(self, value: Any) -> M:
        given = self.in_full(value)
        file, told = tuple(self.model.fields)[:2]
        is_known = isinstance(given, dict) and given.keys() <= self.model.fields.keys()
        if is_known and given.get(file) and not given.get(told):
            raise self.untold(str(given[file]))
        return super().__call__(given)

    def in_full(self, value: Any) -> Any:
        """The value with the names of its fields; no field has a dot in its name, and every file has.

        A value that says one thing in both manners stays as it is: the name of the file is no field there.
        """
        file, told = tuple(self.model.fields)[:2]
        fields = {value: ""} if isinstance(value, str) else value
        name = next((name for name in fields if "." in name), "") if isinstance(fields, dict) else ""
        if not name or file in fields or told in fields:
            return value
        rest = {key: part for key, part in fields.items() if key != name}
        return {file: name, told: fields[name], **rest}


class Each(Generic[T]):
    """The kind of a field that is a list of values of a kind."""

    def __init__(self, kind: Kind[T]) -> None:
        self.kind = kind

    def __call__(self, value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            remedy = "каждое значение — с новой строки после «- »"
            raise refused("в поле «{field}» должен быть список", remedy)
        values: dict[int, T] = {}
        faults = [fault for index, item in enumerate(value) for fault in _put(values, index, self.kind, item)]
        if faults:
            raise FaultsError(faults)
        return tuple(values.values())


def _put(values: dict[Any, Any], place: str | int, kind: Kind[Any], typed: Any) -> list[Fault]:
    """Reads a value into its place; gives the faults it has."""
    try:
        values[place] = kind(typed)
    except FaultsError as error:
        return [Fault((place, *location), *told) for location, *told in error.faults]
    return []


def _unknown(name: str, known: Iterable[str]) -> Fault:
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    remedy = f"может быть, «{near[0]}»?" if near else "уберите его; все поля — в docs/fields.md"
    return Fault((name,), "неизвестное поле «{field}»", remedy)
