"""The site of another hour can be looked at and not be published."""

from __future__ import annotations

import pelicanconf
from newsroom.build.edition import is_rehearsal
from newsroom.publish.output_check import check_output
from newsroom.settings import EXTRAS
from tests.conftest import TinySite
from tests.test_incremental import assert_as_clean

WITHOUT_SEARCH = tuple(name for name in EXTRAS if name != "search")
"""As a tiny site is built, which need not be searched."""
REFUSED = (
    "edition.json: это сайт другого часа: он собран с NEWSROOM_NOW — "
    "уберите NEWSROOM_NOW и соберите сайт заново"
)


def rehearse(site: TinySite, now: str) -> None:
    """The clock as NEWSROOM_NOW gives it, a text."""
    own = {**pelicanconf.NEWSROOM, "now": now, "id_authority": "news.example", "extras": WITHOUT_SEARCH}
    site.settings = {"NEWSROOM": own}


def test_the_site_of_another_hour_is_refused_until_it_is_built_by_the_real_clock(site: TinySite) -> None:
    site.release()
    site.release("2024-07-09-later")
    rehearse(site, "2024-08-01T12:00:00+08:00")
    later = assert_as_clean(site)
    assert (later.output / "news/2024/07/later/index.html").exists()
    assert [REFUSED] == [str(problem) for problem in check_output(later.output)]
    site.settings = {}
    assert not (assert_as_clean(site).output / "news/2024/07/later").exists()
    assert [] == check_output(later.output)


def test_the_mark_comes_and_goes_where_nothing_else_changes(site: TinySite) -> None:
    site.release()
    plain = site.build().files()
    rehearse(site, site.now)
    marked = assert_as_clean(site)
    assert {"edition.json"} == {path for path, data in marked.files().items() if plain[path] != data}
    assert is_rehearsal(marked.output)
    assert "записано 0, " in site.build().said
    site.settings = {}
    assert plain == assert_as_clean(site).files()
