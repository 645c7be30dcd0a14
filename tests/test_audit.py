"""What the looks in a browser stand on: kinds of pages, headers, a server."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pytest

from newsroom.audit.kinds import KINDS, kinds, unknown
from newsroom.audit.server import serving
from tests.conftest import Built
from tests.model_city import MODEL_KINDS


def test_every_page_of_the_real_site_is_of_a_kind(real_site: Built) -> None:
    assert [] == unknown(real_site.output)


def test_the_model_city_has_pages_of_each_kind_that_needs_no_history(model_site: Built) -> None:
    assert MODEL_KINDS == tuple(kind for kind, urls in kinds(model_site.output).items() if urls)
    assert {"changes"} == {kind.name for kind in set(KINDS) - set(MODEL_KINDS)}


def test_the_server_says_what_the_site_asks_it_to(real_address: str) -> None:
    with urlopen(f"{real_address}/") as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "text/html; charset=utf-8" == answer.headers["Content-Type"]


def test_the_server_gives_nothing_outside_its_folder(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "404.html").write_text("absent")
    (tmp_path / "secret.txt").write_text("secret")
    with serving(site) as address, pytest.raises(OSError, match="404"):
        urlopen(f"{address}/..%2Fsecret.txt")
