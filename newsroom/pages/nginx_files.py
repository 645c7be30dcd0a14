"""The table of headers as files for nginx: ``nginx/http.conf`` and ``nginx/server.conf``.

Each header is a ``map`` of the address, and one ``add_header`` of the whole server: a location that adds a
header of its own would lose all others (ngx_http_headers_module). docs/server.md tells where they go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsroom.build.headers_file import PATH, Rule, regular
from newsroom.build.media_types import ENDINGS, TEXTS, media_type
from newsroom.pages.document import File
from newsroom.settings import Site

FOLDER = "nginx"
_HEAD = "# Made by the build of the site; docs/server.md tells where to include it.\n"
_CACHE = "Cache-Control"
_TYPE = "Content-Type"


def files(rules: Sequence[Rule], site: Site) -> Iterator[File]:
    """One file for the context ``http`` and one for ``server``."""
    names = [name for name in dict.fromkeys(name for rule in rules for name in rule.headers) if name != _TYPE]
    maps = [_map(name, rules) for name in names if not _everywhere(name, rules)]
    yield File(path=f"{FOLDER}/http.conf", data="\n".join([_HEAD, *maps]).encode())
    yield File(path=f"{FOLDER}/server.conf", data=_server(names, rules, site).encode())


def _map(name: str, rules: Sequence[Rule]) -> str:
    """The first pattern that fits counts, so the last rule comes first."""
    given = [(rule, _given(name, rule)) for rule in reversed(rules) if _names(name, rule)]
    lines = [f'  "{_expression(name, rule, rules)}" "{value}";' for rule, value in given]
    asked = "$status$uri" if name == _CACHE else "$uri"
    return "\n".join([f'map "{asked}" {_variable(name)} {{', '  default "";', *lines, "}\n"])


def _names(name: str, rule: Rule) -> bool:
    return name in rule.headers or name.lower() in rule.detached


def _given(name: str, rule: Rule) -> str:
    """Of a header that is empty nginx says nothing."""
    return rule.headers.get(name, "")


def _everywhere(name: str, rules: Sequence[Rule]) -> str:
    """The value of a header that is the same for every address of the server; "" where it is not."""
    (first, *others) = (rule for rule in rules if _names(name, rule))
    return first.headers[name] if first.pattern == "/*" and not others else ""


def _expression(name: str, rule: Rule, rules: Sequence[Rule]) -> str:
    """The addresses that a rule fits. What a server cannot give is kept no longer than any page:

    a file of the theme that is missing for a moment must not be missing for a year.
    """
    status = "" if name != _CACHE else "..." if rule is rules[0] else "[23].."
    return f"~^{status}{regular(rule.pattern).pattern}$"


def _server(names: Sequence[str], rules: Sequence[Rule], site: Site) -> str:
    lines = [
        "charset utf-8;",
        f"charset_types {' '.join(sorted(_texts(rules)))};",
        "types {",
        *(f"  {told} {ending[1:]};" for ending, told in sorted(ENDINGS.items())),
        "}",
        "default_type application/octet-stream;",
        *(f"add_header {name} {_value(name, rules)} always;" for name in names),
        f"error_page 404 {site.href('/404.html')};",
        f"location = {site.href(f'/{PATH}')} {{ return 404; }}",
        f"location ^~ {site.href(f'/{FOLDER}/')} {{ return 404; }}",
        *_named_types(rules),
    ]
    return "\n".join([_HEAD, *lines, ""])


def _texts(rules: Sequence[Rule]) -> set[str]:
    """Types that come with their encoding; nginx adds it to ``text/html`` by itself."""
    told = {
        rule.headers[_TYPE].partition(";")[0] for rule in rules if "charset" in rule.headers.get(_TYPE, "")
    }
    return {*TEXTS, *told} - {"text/html"}


def _named_types(rules: Sequence[Rule]) -> Iterator[str]:
    """Files whose type follows from the whole name and not from its ending."""
    for rule in rules:
        told = rule.headers.get(_TYPE)
        if told and told != media_type(rule.pattern[rule.pattern.rfind(".") :]):
            kind = told.partition(";")[0]
            yield f'location ~ "^{regular(rule.pattern).pattern}$" {{ types {{ }} default_type {kind}; }}'


def _value(name: str, rules: Sequence[Rule]) -> str:
    value = _everywhere(name, rules)
    return f'"{value}"' if value else _variable(name)


def _variable(name: str) -> str:
    return "$newsroom_" + name.lower().replace("-", "_")
