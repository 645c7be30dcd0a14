"""``content/emergency.yaml``: the emergency notices, all that there ever were, in one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from newsroom.content.emergency_schema import NoticeHeader
from newsroom.content.front_matter import FrontMatter, parse_yaml, read_text
from newsroom.content.notices import FILE, Block, Geocode, Notice
from newsroom.content.plain_yaml import Location
from newsroom.content.typography import typograph
from newsroom.content.validation import validate
from newsroom.problems import NewsroomError, Problem

_LIST = "notices"
_ITEM = "- "


def read_notices(root: Path, zone: ZoneInfo) -> dict[str, Notice]:
    """The notices by id, in the file's order; none where there is no file. Raises NewsroomError."""
    path = root / FILE
    if not path.is_file():
        return {}
    fields, lines = parse_yaml(read_text(path, FILE), FILE)
    problems = [*_strange_fields(fields, lines)]
    headers: list[tuple[int, NoticeHeader]] = []
    for index, given in enumerate(_listed(fields, lines)):
        try:
            headers.append((index, _header(given, index, lines)))
        except NewsroomError as error:
            problems += error.problems
    problems += _wrong_together(headers, lines)
    if problems:
        raise NewsroomError(problems)
    return {header.id: _notice(header, zone) for _, header in headers}


def _strange_fields(fields: Mapping[str, Any], lines: Mapping[Location, int]) -> Iterator[Problem]:
    for name in fields:
        if name != _LIST:
            remedy = f"все сообщения — в одном списке {_LIST}: образец в начале файла"
            yield Problem(FILE, lines[name,], f"неизвестное поле «{name}»", remedy)


def _listed(fields: Mapping[str, Any], lines: Mapping[Location, int]) -> list[Any]:
    given = fields.get(_LIST) or []
    if not isinstance(given, list):
        remedy = "начните каждое сообщение с новой строки после «- »"
        raise NewsroomError([Problem(FILE, lines[_LIST,], f"в поле «{_LIST}» должен быть список", remedy)])
    return given


def _header(given: Any, index: int, lines: Mapping[Location, int]) -> NoticeHeader:
    place = (_LIST, index)
    own = {at[2:]: line for at, line in lines.items() if at[:2] == place}
    if not isinstance(given, dict):
        remedy = "напишите поля: «- id: …», под ним с отступом headline и остальные"
        raise NewsroomError([Problem(FILE, own.get((), 1), "вместо сообщения текст или список", remedy)])
    return validate(NoticeHeader, FrontMatter(given, "", 1, own), FILE)


def _wrong_together(
    headers: list[tuple[int, NoticeHeader]], lines: Mapping[Location, int]
) -> Iterator[Problem]:
    """Two of one id; one that takes the place of what is not there, or of what comes later."""
    known: dict[str, NoticeHeader] = {}
    for index, header in headers:
        if header.id in known:
            remedy = "дайте новому сообщению другой id: прежний адрес уже разошёлся"
            yield Problem(
                FILE, _line(lines, index, "id"), f"сообщение «{header.id}» есть в файле дважды", remedy
            )
        known.setdefault(header.id, header)
    for index, header in headers:
        for field in ("updates", "cancels"):
            for id in getattr(header, field):
                if told := _not_earlier(id, header, known):
                    yield Problem(FILE, _line(lines, index, field), *told)


def _not_earlier(id: str, header: NoticeHeader, known: Mapping[str, NoticeHeader]) -> tuple[str, str] | None:
    import difflib

    other = known.get(id)
    if other is None:
        near = difflib.get_close_matches(id, [each for each in known if each != header.id], n=1)
        remedy = f"может быть, «{near[0]}»?" if near else "впишите id прежнего сообщения из этого файла"
        return f"сообщения «{id}» в файле нет", remedy
    if other.status != header.status:
        return f"сообщение «{id}» другого рода (status)", "учения и проверка настоящего не отменяют"
    if other.effective >= header.effective:
        return f"сообщение «{id}» не раньше этого", "заменить или отменить можно только прежнее"
    return None


def _line(lines: Mapping[Location, int], index: int, field: str) -> int:
    return lines.get((_LIST, index, field), 0) or lines.get((_LIST, index), 0)


def _notice(header: NoticeHeader, zone: ZoneInfo) -> Notice:
    return Notice(
        id=header.id,
        headline=typograph(header.headline),
        event=typograph(header.event),
        text=_blocks(header.text),
        instruction=_blocks(header.instruction),
        severity=header.severity,
        urgency=header.urgency,
        certainty=header.certainty,
        category=header.category,
        area=typograph(header.area),
        effective=header.effective.replace(tzinfo=zone),
        expires=header.expires.replace(tzinfo=zone),
        onset=header.onset and header.onset.replace(tzinfo=zone),
        polygon=header.border,
        geocodes=tuple(Geocode(code.name, code.value) for code in header.geocodes),
        contact=header.contact,
        web=header.web,
        status=header.status,
        updates=header.updates,
        cancels=header.cancels,
    )


def _blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs and lists of a text, set as a printer would; lines of one paragraph are joined."""
    return tuple(_block(lines) for lines in _paragraphs(text))


def _paragraphs(text: str) -> Iterator[list[str]]:
    """Lines that belong together: those between blank ones, those of a list by themselves."""
    some: list[str] = []
    for line in [*map(str.strip, text.splitlines()), ""]:
        begins_another = some and line.startswith(_ITEM) != some[0].startswith(_ITEM)
        goes_on = begins_another and some[0].startswith(_ITEM) and line  # the second line of an item
        if some and (not line or (begins_another and not goes_on)):
            yield some
            some = []
        if line:
            some.append(line)


def _block(lines: list[str]) -> Block:
    if not lines[0].startswith(_ITEM):
        return Block((typograph(" ".join(lines)),))
    items: list[str] = []
    for line in lines:
        if line.startswith(_ITEM):
            items.append(line.removeprefix(_ITEM).strip())
        else:
            items[-1] += f" {line}"
    return Block(tuple(typograph(item) for item in items), is_list=True)
