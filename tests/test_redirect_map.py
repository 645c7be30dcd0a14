"""Former addresses as a list that nginx can read."""

from __future__ import annotations

from tests.conftest import TinySite


def test_each_alias_leads_to_the_page_with_its_last_slash_and_without(site: TinySite) -> None:
    site.release("2024-05-09-katok", aliases="[/staroe/mesto/, /old.html, /каток/]")
    assert [
        '"/old.html" "/news/2024/05/katok/";',
        '"/staroe/mesto" "/news/2024/05/katok/";',
        '"/staroe/mesto/" "/news/2024/05/katok/";',
        '"/каток" "/news/2024/05/katok/";',
        '"/каток/" "/news/2024/05/katok/";',
    ] == site.build().text("/redirects.map").splitlines()


def test_a_site_below_a_path_redirects_within_it(site: TinySite) -> None:
    site.url = "https://news.example/press"
    site.release("2024-05-09-katok", aliases="[/old.html]")
    assert '"/press/old.html" "/press/news/2024/05/katok/";\n' == site.build().text("/redirects.map")


def test_a_site_that_moved_nothing_has_an_empty_list(site: TinySite) -> None:
    site.release("2024-05-09-katok")
    assert "" == site.build().text("/redirects.map")


def test_an_embargoed_release_is_in_no_list(site: TinySite) -> None:
    site.release("2024-07-01-tayna", aliases="[/old.html]")
    assert "" == site.build().text("/redirects.map")
