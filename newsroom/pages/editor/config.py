"""The configuration of the editor: that of Decap, and what our own scripts need to know."""

from __future__ import annotations

import msgspec

from newsroom.content import values
from newsroom.content.fields import Brief, Each, Model, Part
from newsroom.content.library import Library
from newsroom.content.schema import HEADERS
from newsroom.content.slugs import scheme
from newsroom.pages.editor.collections import collections
from newsroom.pages.editor.widgets import SEVERAL, Settings
from newsroom.settings import Editor, Site

_WITH_WORKFLOW = frozenset({"github", "gitlab", "forgejo"})
"""Back ends with drafts on branches of their own; Decap has none for Gitea."""
_PASSED_ON = ("repo", "branch", "base_url", "api_root", "auth_endpoint", "app_id")
_MESSAGES = {
    "create": "Новый материал: {{slug}}",
    "update": "Правка: {{slug}}",
    "delete": "Удалено: {{slug}}",
    "uploadMedia": "Файл: {{path}}",
    "deleteMedia": "Удалён файл: {{path}}",
}


def config(site: Site, editor: Editor, library: Library) -> bytes:
    """``config.json``: «cms» is Decap's, «kinds» and «scheme» are ours."""
    today = site.now.astimezone(site.tz).date()
    has_workflow = editor.backend in _WITH_WORKFLOW
    # A branch of its own is a draft's place; without one the draft stands in the header.
    status = "published" if has_workflow else "draft"
    lists = collections(editor.folder, library, today, first_status=status)
    told = {
        "cms": _cms(site, editor, has_workflow=has_workflow) | {"collections": lists},
        "kinds": {kind: _kind(header) for kind, header in HEADERS.items()},
        "scheme": scheme(),
    }
    return msgspec.json.encode(told)  # the tags stand in it once for each month: the library's own takes long


def _cms(site: Site, editor: Editor, *, has_workflow: bool) -> Settings:
    return {
        "backend": _backend(editor),
        "publish_mode": "editorial_workflow" if has_workflow else "simple",
        "load_config_file": False,
        "locale": "ru",
        "site_url": site.url,
        "display_url": site.url,
        "media_folder": editor.folder,
        "public_folder": "",
        "slug": {"encoding": "unicode", "clean_accents": False, "sanitize_replacement": "-"},
        "editor": {"preview": False},
    }


def _backend(editor: Editor) -> Settings:
    if editor.backend == "local":
        return {"name": "local", "proxy_url": "/admin/api/v1", "branch": editor.branch}
    told = {name: getattr(editor, name) for name in _PASSED_ON}
    backend = {"name": editor.backend, "commit_messages": _MESSAGES}
    backend |= {name: value for name, value in told.items() if value}
    return backend | ({"auth_type": "pkce"} if editor.backend == "gitlab" else {})


def _kind(header: type[Model]) -> Settings:
    """What the scripts know of a header: its fields in order, and those that are no plain text."""
    kinds = {name: field.kind for name, field in header.fields.items()}
    return {
        "fields": list(kinds),
        "parts": [name for name, kind in kinds.items() if isinstance(kind, Part)],
        "flags": [name for name, kind in kinds.items() if kind is values.flag],
        "several": [name for name, kind in kinds.items() if kind in SEVERAL],
        "briefs": {name: _briefs(kind.model) for name, kind in kinds.items() if isinstance(kind, Part)},
    }


def _briefs(part: type[Model]) -> dict[str, list[str]]:
    """The lists of a part whose rows fit a line: the names of what stands before and after its colon."""
    kinds = ((name, field.kind) for name, field in part.fields.items())
    rows = ((name, kind.kind) for name, kind in kinds if isinstance(kind, Each))
    return {name: list(row.model.fields)[:2] for name, row in rows if isinstance(row, Brief)}
