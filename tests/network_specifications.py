"""What the networks' own specifications demand of requests and replies; each finds what is wrong.

The specifications are read where they lie beside the project, repaired where they refuse what the
networks themselves show as examples.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from tests.network_servers import Request

SPECIFICATIONS = Path(__file__).parent.parent.parent / "shared" / "specs"


class Specification(Protocol):
    """What is wrong with a request, and with the reply to it."""

    def of_request(self, request: Request) -> Iterator[str]: ...
    def of_reply(self, request: Request, payload: Any) -> Iterator[str]: ...


@cache
def _read(name: str) -> Any:
    return json.loads((SPECIFICATIONS / name).read_text(encoding="utf-8"))


def _faults(schema: Any, thing: Any, registry: Registry[Any] | None = None) -> Iterator[str]:
    validator = Draft7Validator(schema, registry=registry or Registry())
    for error in validator.iter_errors(thing):
        yield f"{error.json_path}: {error.message[:200]}"


class MaxSpecification:
    """MAX: OpenAPI 3.0 with four repairs.

    «nullable» becomes a type; lists of what is required lose what the official examples leave out, and
    what is no list; ``ChatType`` gets «channel»; the token is looked for in the header.
    """

    OPTIONAL = frozenset({"link", "attachments", "user_id", "name", "last_activity_time"})

    def __init__(self) -> None:
        self._whole = _repaired(deepcopy(_read("max-bot-api.json")), self.OPTIONAL)
        self._whole["components"]["schemas"]["ChatType"]["enum"] = ["dialog", "chat", "channel"]

    def of_request(self, request: Request) -> Iterator[str]:
        operation = self._operation(request)
        if operation is None:
            return
        if "authorization" not in request.headers:
            yield "нет Authorization"
        known = {parameter["name"]: parameter for parameter in operation.get("parameters", ())}
        yield from (f"{name}: нет такого" for name in request.query.keys() - known.keys())
        for name, parameter in known.items():
            if parameter.get("required") and parameter["in"] == "query" and name not in request.query:
                yield f"{name}: не задано"
            if name in request.query:
                value = request.query[name]
                yield from self._check(parameter["schema"], json.loads(value) if _is_plain(value) else value)
        if request.json is not None:
            yield from self._check(
                operation["requestBody"]["content"]["application/json"]["schema"], request.json
            )

    def of_reply(self, request: Request, payload: Any) -> Iterator[str]:
        operation = self._operation(request)
        if "code" in payload or operation is None:
            name = "Error" if "code" in payload else "PhotoTokens"
            yield from self._check({"$ref": f"#/components/schemas/{name}"}, payload)
            return
        told = operation["responses"]["200"]
        if "$ref" in told:
            told = self._whole["components"]["responses"][told["$ref"].rpartition("/")[2]]
        yield from self._check(told["content"]["application/json"]["schema"], payload)

    def _operation(self, request: Request) -> Any:
        """None for the host of pictures, which is another one."""
        path = re.sub(r"/chats/[^/]+", "/chats/{chatId}", request.path)
        return None if path == "/upload" else self._whole["paths"][path][request.method.lower()]

    def _check(self, schema: Any, thing: Any) -> Iterator[str]:
        yield from _faults({**schema, "components": self._whole["components"]}, thing)


def _is_plain(value: str) -> bool:
    return value in {"true", "false"} or re.fullmatch(r"-?\d+", value) is not None


def _repaired(schema: Any, optional: frozenset[str]) -> Any:
    if isinstance(schema, list):
        return [_repaired(part, optional) for part in schema]
    if not isinstance(schema, dict):
        return schema
    fixed = {key: _repaired(value, optional) for key, value in schema.items()}
    if "required" in fixed and "in" not in fixed:
        names = fixed.pop("required")
        if isinstance(names, list):
            fixed["required"] = [name for name in names if name not in optional]
    return {"anyOf": [fixed, {"type": "null"}]} if fixed.pop("nullable", False) is True else fixed


class VkSpecification:
    """VK: JSON Schema with three repairs, and one of method tables.

    A boolean «required» of a property is lifted into the list of its object; references are read from
    the file they stand in; ``inner_type`` is not required, as VK does not send it. ``owner_id`` of
    wall.get and ``access_token``, ``v`` of all methods stand in the prose of the documentation only.
    """

    PROSE = frozenset({"access_token", "v"})

    def __init__(self) -> None:
        files = {
            path.relative_to(SPECIFICATIONS).as_posix(): _lifted(_read(f"vk/{path.parent.name}/{path.name}"))
            for path in (SPECIFICATIONS / "vk").glob("*/*.json")
        }
        files["vk/errors.json"] = _lifted(_read("vk/errors.json"))
        resources = (
            (f"https://vk.invalid/{name}", DRAFT7.create_resource(file)) for name, file in files.items()
        )
        self._registry: Registry[Any] = Registry().with_resources(resources)

    def of_request(self, request: Request) -> Iterator[str]:
        method = self._method(request)
        known = {parameter["name"]: parameter for parameter in method.get("parameters", ())}
        extra = self.PROSE | ({"owner_id"} if method["name"] == "wall.get" else set())
        yield from (f"{name}: нет такого" for name in request.fields.keys() - known.keys() - extra)
        yield from (f"{name}: не задано" for name in self.PROSE - request.fields.keys())
        for name, parameter in known.items():
            if parameter.get("required") is True and name not in request.fields:
                yield f"{name}: не задано"
            if parameter["type"] == "integer" and not re.fullmatch(r"-?\d+", request.fields.get(name, "0")):
                yield f"{name}: не число"

    def of_reply(self, request: Request, payload: Any) -> Iterator[str]:
        if "error" in payload:
            reference = "https://vk.invalid/vk/base/objects.json#/definitions/base_error"
            yield from _faults({"$ref": reference}, payload["error"], self._registry)
            return
        section = request.path[1:].partition(".")[0]
        reference = self._method(request)["responses"]["response"]["$ref"].removeprefix("../")
        assert reference.startswith(section)
        yield from _faults({"$ref": f"https://vk.invalid/vk/{reference}"}, payload, self._registry)

    def _method(self, request: Request) -> Any:
        name = request.path[1:]
        methods = _read(f"vk/{name.partition('.')[0]}/methods.json")["methods"]
        return next(method for method in methods if method["name"] == name)


def _lifted(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_lifted(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    fixed = {
        key: _lifted(value) for key, value in schema.items() if key != "required" or isinstance(value, list)
    }
    properties = schema.get("properties")
    if isinstance(properties, dict):
        names = [
            name
            for name, value in properties.items()
            if isinstance(value, dict) and value.get("required") is True and name != "inner_type"
        ]
        fixed["required"] = sorted({*fixed.get("required", ()), *names})
    return fixed


_PLAIN = {"Integer": int, "String": str, "Boolean": bool, "Float": float}


class TelegramSpecification:
    """Telegram: methods and types with fields; lengths stand in the prose: «1-4096 characters»."""

    def __init__(self) -> None:
        self._whole = _read("telegram-bot-api.json")

    def of_request(self, request: Request) -> Iterator[str]:
        known = {field["name"]: field for field in self._method(request).get("fields", ())}
        given = {**request.fields, **request.files}
        attached = {f"attach://{name}" for name in request.files} & {*re.findall(r"attach://\w+", str(given))}
        strays = {f"attach://{name}" for name in request.files.keys() - known.keys()} - attached
        names = request.fields.keys() | (request.files.keys() & known.keys())
        yield from (f"{name}: нет такого" for name in (names - known.keys()) | strays)
        for name, field in known.items():
            if field["required"] and name not in given:
                yield f"{name}: не задано"
            if name in request.fields:
                yield from self._field(field, request.fields[name])

    def _field(self, field: Any, value: str) -> Iterator[str]:
        limits = re.search(r"(\d+)-(\d+) (characters|items)", field["description"])
        parsed = value if "String" in field["types"] else json.loads(value)
        if limits:
            seen = re.sub("<.*?>", "", parsed) if limits[3] == "characters" else parsed
            if not int(limits[1]) <= len(seen) <= int(limits[2]):
                yield f"{field['name']}: {len(seen)}, а можно {limits[0]}"
        if "String" not in field["types"]:
            types = ["Array of InputMediaPhoto"] if field["name"] == "media" else field["types"]
            yield from self._of_types(types, parsed, field["name"])

    def of_reply(self, request: Request, payload: Any) -> Iterator[str]:
        if payload["ok"]:
            yield from self._of_types(self._method(request)["returns"], payload["result"], "result")
        elif "parameters" in payload:
            yield from self._of_type("ResponseParameters", payload["parameters"], "parameters")

    def _of_types(self, types: list[str], value: Any, where: str) -> Iterator[str]:
        faults = [[*self._of_type(name, value, where)] for name in types]
        if all(faults):
            yield from faults[0]

    def _of_type(self, name: str, value: Any, where: str) -> Iterator[str]:
        if name in _PLAIN:
            if not isinstance(value, _PLAIN[name]):
                yield f"{where}: {value!r}, а нужно {name}"
        elif name.startswith("Array of "):
            for number, item in enumerate(value):
                yield from self._of_type(name.removeprefix("Array of "), item, f"{where}[{number}]")
        elif name == "ChatMember":
            yield from self._of_type("ChatMemberAdministrator", value, where)
        else:
            yield from self._of_object(name, value, where)

    def _of_object(self, name: str, value: Any, where: str) -> Iterator[str]:
        fields = {field["name"]: field for field in self._whole["types"][name].get("fields", ())}
        yield from (f"{where}.{key}: нет такого" for key in value.keys() - fields.keys())
        for key, field in fields.items():
            if field["required"] and key not in value:
                yield f"{where}.{key}: не задано"
            elif key in value:
                yield from self._of_types(field["types"], value[key], f"{where}.{key}")

    def _method(self, request: Request) -> Any:
        return self._whole["methods"][request.path.rpartition("/")[2]]


_ID = {"type": "string", "pattern": r"^\d+$"}
_SIGNED = {
    "application_key": {"type": "string"},
    "access_token": {"type": "string"},
    "format": {"const": "json"},
    "sig": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
}


_METHODS: dict[str, dict[str, Any]] = {
    "mediatopic.post": {"type": {"const": "GROUP_THEME"}, "gid": _ID, "attachment": {"type": "string"}},
    "mediatopic.edit": {"topic_id": _ID, "attachment": {"type": "string"}},
    "mediatopic.deleteTopic": {"topic_id": _ID, "gid": _ID},
    "photosV2.getUploadUrl": {"gid": _ID, "count": {"type": "string", "pattern": r"^\d{1,2}$"}},
    "users.getCurrentUser": {"fields": {"type": "string"}},
    "users.hasAppPermission": {"ext_perm": {"const": "GROUP_CONTENT"}},
    "group.getUserGroupsByIds": {"group_id": _ID, "uids": _ID},
}
_TEXT = {"properties": {"type": {"const": "text"}, "text": {"type": "string", "minLength": 1}}}
_LINK = {"properties": {"type": {"const": "link"}, "url": {"type": "string", "pattern": "^https?://"}}}
_PHOTO = {
    "properties": {
        "type": {"const": "photo"},
        "list": {"type": "array", "minItems": 1, "items": {"required": ["id"]}},
    }
}
_ATTACHMENT = {
    "type": "object",
    "required": ["media"],
    "additionalProperties": False,
    "properties": {
        "media": {"type": "array", "minItems": 1, "items": {"oneOf": [_TEXT, _LINK, _PHOTO]}},
        "onBehalfOfGroup": {"enum": ["true", "false"]},
    },
}
_REPLIES: dict[str, Any] = {
    "": {"type": "object", "required": ["photos"]},
    "mediatopic.post": _ID,
    "mediatopic.edit": _ID,
    "mediatopic.deleteTopic": {"type": "object", "required": ["success"]},
    "photosV2.getUploadUrl": {"type": "object", "required": ["photo_ids", "upload_url"]},
    "users.getCurrentUser": {"type": "object", "required": ["uid"]},
    "users.hasAppPermission": {"type": "boolean"},
    "group.getUserGroupsByIds": {"type": "array", "items": {"required": ["groupId", "userId", "status"]}},
}


_ERROR = {
    "properties": {"error_code": {"type": "integer"}, "error_msg": {"type": "string"}},
    "required": ["error_code", "error_msg"],
}


class OkSpecification:
    """Odnoklassniki, by the pages of apiok.ru; there is nothing a machine could read.

    «mediatopic.post», «photosV2.getUploadUrl», «Загрузка фотографий», «users.getCurrentUser»,
    «users.hasAppPermission», «group.getUserGroupsByIds», «Ошибки», «Подпись запроса».
    ``mediatopic.edit`` and ``mediatopic.deleteTopic`` are as they are in use.
    """

    def of_request(self, request: Request) -> Iterator[str]:
        if request.path == "/upload":
            return
        method = request.fields["method"]
        known = {**_SIGNED, "method": {"const": method}, **_METHODS[method]}
        schema = {"properties": known, "required": [*known], "additionalProperties": False}
        yield from _faults(schema, request.fields)
        if "attachment" in request.fields:
            yield from _faults(_ATTACHMENT, json.loads(request.fields["attachment"]))

    def of_reply(self, request: Request, payload: Any) -> Iterator[str]:
        if isinstance(payload, dict) and "error_code" in payload:
            yield from _faults(_ERROR, payload)
            return
        yield from _faults(_REPLIES[request.fields.get("method", "")], payload)
