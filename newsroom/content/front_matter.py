"""A content file taken apart: a YAML header between ``---`` lines, then Markdown.

Every scalar stays the text that the editor typed: YAML 1.1 would silently turn
«12:30» into 750, «0012» into 10 and «no» into False; types are the schema's work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsroom.content.plain_yaml import Location, plain_mapping
from newsroom.problems import NewsroomError, Problem

if TYPE_CHECKING:
    import yaml

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Characters that cannot be seen and break pages, feeds or the order of letters."""
_OPENS_A_FLOW = re.compile(r"[ \t-]*[\w-]+:[ \t]*[\[{]")
_LOOKS_SPECIAL = re.compile(r"[ \t-]*[\w-]+:[ \t]*[\"'|>&*!%@`]")
_NO_SPACE = re.compile(r"[ \t-]*[A-Za-z_]+:[^\s/]")
_NO_SPACE_TOLD = "после двоеточия нет пробела", "поставьте его: «поле: значение»"
_QUOTE_IT = "возьмите значение в одинарные кавычки: '…'"


@dataclass(frozen=True)
class FrontMatter:
    """The header as nested dicts, lists and strings, and where each value stands.

    ``lines`` maps a location (``("changes", 0, "date")``) to a line of the file, from 1.
    """

    header: dict[str, Any]
    body: str
    body_line: int
    lines: dict[Location, int] = field(default_factory=dict)

    def line(self, location: Location) -> int:
        """The line of a value, or of the nearest thing that holds it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


def read_text(path: Path, file: str) -> str:
    """The text of a content file; raises NewsroomError on a wrong encoding or control characters."""
    return decoded(read_bytes(path, file), file)


def read_bytes(path: Path | str, file: str) -> bytes:
    """The bytes of a content file; raises NewsroomError where it cannot be read."""
    try:
        with open(path, "rb", buffering=0) as stream:
            return stream.readall()
    except OSError:
        raise NewsroomError([Problem(file, 0, "файл не открывается", "проверьте, цел ли он")]) from None


def decoded(data: bytes, file: str) -> str:
    """The text of these bytes; raises NewsroomError as ``read_text`` does."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = "сохраните его заново, выбрав кодировку UTF-8"
        raise NewsroomError([Problem(file, line, f"файл не в UTF-8{_guess(data)}", remedy)]) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # What can be printed is no control character: most texts need no closer look.
    if not text.replace("\n", "").isprintable():
        _refuse_control_characters(text, file)
    return text


def _refuse_control_characters(text: str, file: str) -> None:
    problems = [
        Problem(
            file,
            text.count("\n", 0, found.start()) + 1,
            f"управляющий символ U+{ord(found.group()):04X}",
            "сотрите его: чаще всего он попадает в текст при вставке из Word или PDF",
        )
        for found in _CONTROL.finditer(text)
    ]
    if problems:
        raise NewsroomError(problems)


def _guess(data: bytes) -> str:
    """Name the encoding when it is surely one of two that Windows still writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return " (похоже на UTF-16)"
    try:
        text = data.decode("cp1251")
    except UnicodeDecodeError:
        return ""
    return " (похоже на Windows-1251)" if re.search("[а-яё]{3}", text) else ""


def split(text: str, file: str) -> FrontMatter:
    """Header and body of a content file; raises NewsroomError on a header that is not YAML."""
    fences = list(islice(_FENCE.finditer(text), 2))
    if not fences or text[: fences[0].start()].strip():
        remedy = "начните файл строкой ---, за ней поля, за ними снова ---"
        raise NewsroomError([Problem(file, 1, "нет шапки", remedy)])
    if len(fences) == 1:
        remedy = "закончите поля строкой ---"
        raise NewsroomError([Problem(file, 1, "шапка не закрыта", remedy)])
    start, end = fences[0].end() + 1, fences[1].start()
    first_line = text.count("\n", 0, start) + 1
    header, lines = parse_yaml(text[start:end], file, first_line)
    body = text[fences[1].end() :].removeprefix("\n")
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    return FrontMatter(header=header, body=body, body_line=body_line, lines=lines)


def parse_yaml(text: str, file: str, first_line: int = 1) -> tuple[dict[str, Any], dict[Location, int]]:
    """A YAML mapping with the line of each value; raises NewsroomError in Russian."""
    return plain_mapping(text, first_line) or parse_any_yaml(text, file, first_line)


def parse_any_yaml(text: str, file: str, first_line: int = 1) -> tuple[dict[str, Any], dict[Location, int]]:
    """As ``parse_yaml``, whatever is in the text."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        begun = re.search("while scanning a (?:quoted|simple key)", str(error.context or ""))
        mark = (error.context_mark if begun else None) or error.problem_mark or error.context_mark
        index = min(mark.line, text.rstrip("\n").count("\n")) if mark else 0
        lines = text.split("\n")
        if index and _NO_SPACE.match(lines[index - 1]) and not _NO_SPACE.match(lines[index]):
            index -= 1  # the line above is taken for a value that goes on
        faulty = lines[index]
        told = _NO_SPACE_TOLD if _NO_SPACE.match(faulty) else _explain(error, faulty)
        raise NewsroomError([Problem(file, first_line + index, *told)]) from None
    except (yaml.YAMLError, RecursionError):
        remedy = "наберите эту часть заново"
        raise NewsroomError([Problem(file, first_line, "шапка не читается", remedy)]) from None
    if node is None:
        return {}, {}
    walk = _Walk(file, first_line, text)
    try:
        value = walk.value(node, ())
    except RecursionError:
        remedy = "уберите лишние скобки"
        raise NewsroomError([Problem(file, first_line, "слишком много вложенных значений", remedy)]) from None
    if not isinstance(value, dict):
        raise NewsroomError(
            [Problem(file, first_line, "вместо полей список или текст", "пишите «поле: значение»")]
        )
    if walk.problems:
        raise NewsroomError(walk.problems)
    return value, walk.lines


class _Walk:
    """Turns YAML nodes into plain values, noting lines and refusing what would be lost."""

    def __init__(self, file: str, first_line: int, text: str) -> None:
        import yaml

        self.file, self.first_line = file, first_line
        self.text_lines = text.split("\n")
        self.lines: dict[Location, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()
        self._scalar, self._sequence = yaml.ScalarNode, yaml.SequenceNode

    def value(self, node: yaml.Node, location: Location) -> Any:
        line = self.lines.setdefault(location, self.first_line + node.start_mark.line)
        if isinstance(node, self._scalar):
            self._check_scalar(node, line)
            return node.value
        if id(node) in self._seen:
            remedy = "повторите значение целиком"
            self.problems.append(Problem(self.file, line, "ссылки & и * в шапке не понимаются", remedy))
            return None
        self._seen.add(id(node))
        if isinstance(node, self._sequence):
            return [self.value(item, (*location, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, location)

    def _check_scalar(self, node: yaml.ScalarNode, line: int) -> None:
        """YAML takes « #» for a comment, and «\\x0b» in quotes for a control character."""
        end = node.end_mark
        rest = self.text_lines[end.line][end.column :] if end.line < len(self.text_lines) else ""
        if not node.style and rest.lstrip().startswith("#"):
            place = self.first_line + end.line
            self.problems.append(Problem(self.file, place, "всё после знака # пропадёт", _QUOTE_IT))
        control = _CONTROL.search(node.value)
        if control:
            code = f"U+{ord(control.group()):04X}"
            self.problems.append(Problem(self.file, line, f"управляющий символ {code}", "сотрите его"))

    def _mapping(self, node: yaml.Node, location: Location) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, self._scalar) else "?"
            line = self.first_line + key_node.start_mark.line
            if key in values:
                remedy = "оставьте одно: из двух значений прочлось бы только последнее"
                self.problems.append(Problem(self.file, line, f"поле «{key}» стоит дважды", remedy))
            self.lines[*location, key] = line
            values[key] = self.value(value_node, (*location, key))
        return values


def _explain(error: yaml.MarkedYAMLError, faulty: str) -> tuple[str, str]:
    """What a YAML error in the line ``faulty`` means to an editor, and what to do."""
    problem = str(error.problem or "")
    if faulty.startswith("\t"):
        return "в отступе знак табуляции", "замените его пробелами"
    if "mapping values are not allowed" in problem:
        return "двоеточие внутри значения", _QUOTE_IT
    if "cannot start any token" in problem or "sequence entries are not allowed" in problem:
        return "значение начинается со служебного знака", _QUOTE_IT
    if "while scanning a quoted" in str(error.context or "") or "unexpected end of stream" in problem:
        return "кавычка не закрыта", "закройте кавычку в конце значения"
    if "flow" in str(error.context or "") or _OPENS_A_FLOW.match(faulty):
        return "скобка [ или { не закрыта или открыта случайно", _QUOTE_IT
    if _LOOKS_SPECIAL.match(faulty):
        return "значение начинается со служебного знака", _QUOTE_IT
    if "block" in str(error.context or "") or "could not find expected ':'" in problem:
        return "строка не похожа на «поле: значение»", "проверьте двоеточие после имени поля и отступ"
    return "шапка не читается", _QUOTE_IT
