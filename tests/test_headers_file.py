"""``_headers`` means the same to the hosts that read it, however each joins its rules."""

from __future__ import annotations

import pytest

from newsroom.build.headers_file import Rule, headers_for, parsed, written
from newsroom.pages.search import engine as engine_folder
from tests.conftest import Built

RULES = (
    Rule("/*", {"X-One": "1", "X-Two": "all: of it"}),
    Rule("/search/*", {"X-Two": "search"}),
    Rule("/*.960.avif", {"x-two": "picture", "X-Three": "3"}),
    Rule("/b/*", {"X-Three": "b"}, frozenset({"x-one"})),
)
ADDRESSES = {
    "/": {"X-One": "1", "X-Two": "all: of it"},
    "/search/": {"X-One": "1", "X-Two": "search"},
    "/search": {"X-One": "1", "X-Two": "all: of it"},
    "/search/a.960.avif": {"X-One": "1", "x-two": "picture", "X-Three": "3"},
    "/search/a.960xavif": {"X-One": "1", "X-Two": "search"},
    "/b/": {"X-Two": "all: of it", "X-Three": "b"},
}
OF_PAGES = {"X-Frame-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"}
LIMITS = {"rules": 100, "letters in a line": 2000, "splats": 1}
"""Those of Cloudflare Pages (developers.cloudflare.com/pages/configuration/headers)."""


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_later_rule_overrules_an_earlier_one(path: str) -> None:
    assert ADDRESSES[path] == headers_for(parsed(written(RULES)), path)


def test_a_host_joins_what_no_rule_takes_away() -> None:
    text = "# first\n/*\n  X-One: a\n\n/b/*\n  X-One: b\n/b/c\n  ! x-one\n"
    expected = {"/a": {"X-One": "a"}, "/b/": {"X-One": "a, b"}, "/b/c": {}}
    assert expected == {path: headers_for(parsed(text), path) for path in expected}


def test_to_a_host_where_the_last_value_wins_the_file_of_the_site_says_the_same(model_site: Built) -> None:
    rules = parsed(model_site.text("/_headers"))
    paths = [f"/{path}" for path in model_site.files()]
    expected = {path: headers_for(rules, path) for path in paths}
    last_wins = [Rule(rule.pattern, rule.headers) for rule in rules]
    there = {path: _last(last_wins, path) for path in paths}
    assert expected == {
        path: {name: value for name, value in headers.items() if name in expected[path]}
        for path, headers in there.items()
    }
    kept = {(path, name) for path in paths for name in there[path].keys() - expected[path].keys()}
    assert OF_PAGES == {name for _, name in kept}  # which say nothing of what is no page
    assert {} == {path: name for path, name in kept if path.endswith(".html")}


def _last(rules: list[Rule], path: str) -> dict[str, str]:
    fitting = (headers_for([rule], path) for rule in rules)
    return {name: value for headers in fitting for name, value in headers.items()}


def test_the_file_of_the_site_keeps_to_the_limits_of_hosts(model_site: Built) -> None:
    text = model_site.text("/_headers")
    assert len(parsed(text)) <= LIMITS["rules"]
    assert max(map(len, text.splitlines())) <= LIMITS["letters in a line"]
    assert max(rule.pattern.count("*") for rule in parsed(text)) <= LIMITS["splats"]


def test_what_has_another_name_when_it_changes_is_kept_for_ever(model_site: Built) -> None:
    rules = parsed(model_site.text("/_headers"))
    paths = set(model_site.files())
    kept = {path for path in paths if "immutable" in headers_for(rules, f"/{path}")["Cache-Control"]}
    search = {path for path in paths if path.startswith("search/")}
    engine = {path for path in search if path.startswith(engine_folder().lstrip("/"))}
    assert {"pagefind.js", "pagefind-entry.json"} < {path.rpartition("/")[2] for path in engine}
    assert engine == search & kept
    assert search - engine  # the page, and the indexes, whose names stay
    assert {path for path in paths if path.startswith("theme/")} < kept
