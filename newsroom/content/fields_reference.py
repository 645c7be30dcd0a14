"""The editors' reference of header fields, written from the schema.

``python -m newsroom.content.fields_reference`` writes ``docs/fields.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsroom.content import emergency_schema, schema, year_totals
from newsroom.content.cap_words import Word
from newsroom.content.fields import REQUIRED, Field, Model

_PARTS = (
    schema.PictureHeader,
    schema.GalleryHeader,
    schema.AttachmentHeader,
    schema.ContactHeader,
    schema.ChangeHeader,
    schema.FigureHeader,
    schema.VideoHeader,
    schema.EventDateHeader,
    schema.ContentsHeader,
    schema.TermHeader,
    emergency_schema.NoticeHeader,
    emergency_schema.GeocodeHeader,
    year_totals.YearHeader,
    year_totals.StatedHeader,
    year_totals.GrowthHeader,
    year_totals.SaidHeader,
    year_totals.PlansHeader,
)
_INTRODUCTION = """\
# Поля шапки

Эта страница написана программой из `newsroom/content/schema.py`; правьте там.

Шапка стоит в начале файла между двумя строками `---`, по полю в строке: `поле: значение`.
Значение, в котором есть двоеточие с пробелом, знак `#` после пробела или которое начинается
с `[`, `{`, `@`, `%`, `-`, берите в одинарные кавычки: `title: 'Итоги: год'`.
Дата пишется `2024-05-09`, с часом — `2024-05-09 10:00`, время местное.
Неизвестное поле, неверное значение или поле, написанное дважды, останавливают сборку.
"""


def reference() -> str:
    """The reference as Markdown: a table of fields for every type and for every nested part."""
    models: list[type[Model]] = [*schema.HEADERS.values(), *_PARTS]
    return "\n".join([_INTRODUCTION, *map(_section, models)])


def _section(model: type[Model]) -> str:
    title, _, place = (model.__doc__ or "").rstrip(".").partition(": ")
    lines = [f"## {title}", ""]
    if place:
        lines += [f"Файл: {place}.", ""]
    lines += ["| поле | если пусто | что это |", "|---|---|---|"]
    return "\n".join([*lines, *_rows(model)]) + "\n"


def _rows(model: type[Model]) -> Iterator[str]:
    for name, field in model.fields.items():
        yield f"| `{name}` | {_default(field)} | {field.description} |"


def _default(field: Field) -> str:
    default = field.default
    if default is REQUIRED:
        return "**обязательно**"
    if isinstance(field.kind, Word):
        default = field.kind.typed(default)
    if default in ("", (), None):
        return "—"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


if __name__ == "__main__":
    Path("docs/fields.md").write_text(reference(), "utf-8")
