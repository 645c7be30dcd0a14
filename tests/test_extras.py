"""A site without one of the extras is whole: nothing on it leads to what is not made."""

from __future__ import annotations

import pytest

import pelicanconf
from newsroom.publish.output_check import check_output
from newsroom.settings import EXTRAS
from tests.conftest import TinySite


@pytest.mark.parametrize("missing", [*((name,) for name in EXTRAS), EXTRAS], ids="-".join)
def test_a_site_without_an_extra_names_nothing_of_it(site: TinySite, missing: tuple[str, ...]) -> None:
    kept = tuple(name for name in EXTRAS if name not in missing)
    site.settings = {"NEWSROOM": {**pelicanconf.NEWSROOM, "extras": kept, "id_authority": "news.example"}}
    site.release("2024-05-09-katok", tags="zima")
    site.write(
        "broadcasts/efir.md",
        "---\ntitle: Эфир\nstart: 2024-05-20 19:00\nstate: recorded\nvideo: https://video.example/1\n"
        "text_later: Расшифровка будет завтра\n---\n",
    )
    built = site.build()
    assert 0 == built.status, built.said
    assert [] == check_output(built.output, site.url)
    assert ("cards" in missing) == (not any("card.png" in str(data) for data in built.files().values()))
