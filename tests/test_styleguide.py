"""Every component of the theme is shown with its states, in a preview and nowhere else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import pelicanconf
from tests.conftest import ROOT, Built, TinySite
from tests.model_city import write_model_city

COMPONENTS = sorted(path.stem for path in Path("theme/templates/components").glob("*.html"))
ON_EVERY_PAGE = {"emergency_slot", "feed_alternates", "sight_panel", "site_search"}
"""What stands in the head and the header of any page, of the styleguide too."""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tiny = TinySite(tmp_path_factory.mktemp("styleguide"), now="2026-11-23T12:00:00+08:00")
    own: dict[str, Any] = {**pelicanconf.NEWSROOM, "preview": True}
    own |= {"now": datetime.fromisoformat(tiny.now), "id_authority": "news.example"}
    tiny.settings = {"NEWSROOM": own, "CACHE_PATH": str(ROOT / ".cache")}
    write_model_city(tiny)
    built = tiny.build()
    assert built.status == 0, built.said
    return built


@pytest.mark.slow
def test_every_component_is_shown_with_something_in_each_state(preview: Built) -> None:
    page = preview.page("/styleguide/")
    shown = {part["id"] for part in page.select(".styleguide__component")}
    assert set(COMPONENTS) - ON_EVERY_PAGE == shown & set(COMPONENTS)
    empty = [
        state.parent.get_text()
        for state in page.select(".specimen__shown")
        if state.parent and not state.get_text(strip=True) and not state.find(["svg", "img"])
    ]
    assert [] == empty


def test_a_public_site_has_no_page_of_components(real_site: Built) -> None:
    assert not real_site.has("/styleguide/")
