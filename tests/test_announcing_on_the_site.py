"""What the site does for announcing: keys, hubs, and channels that are for programs alone."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Built, TinySite

HUB = "https://hub.example/"
KEY = "0123456789abcdef"
WEBSUB = f"{{by: websub, to: '{HUB}'}}"


def channel(site: TinySite, id: str, announce: str, **more: str) -> None:
    fields = {
        "title": id,
        "network": "Сеть",
        "owner": "Мэрия",
        "status": "active",
        "announce": announce,
        **more,
    }
    site.write(f"channels/{id}.md", "---\n" + "".join(f"{k}: {v}\n" for k, v in fields.items()) + "---\n")


@pytest.fixture
def told(site: TinySite) -> TinySite:
    site.release(tags="zima")
    channel(site, "hub", WEBSUB, unlisted="true")
    channel(site, "indexnow", f"{{by: indexnow, to: {KEY}}}", unlisted="true")
    channel(site, "vk", "{by: vk, to: '123'}")
    return site


def hubs(built: Built) -> dict[str, list[str]]:
    """The hubs that feeds name, by the feed."""
    found = {path: built.feed(f"/{path}").feed.get("links", []) for path in ("rss.xml", "atom.xml")}
    return {
        **{path: [link["href"] for link in links if link["rel"] == "hub"] for path, links in found.items()},
        "feed.json": [hub["url"] for hub in json.loads(built.text("/feed.json")).get("hubs", [])],
    }


def test_the_feeds_of_the_site_name_the_hub_that_is_told_of_them(told: TinySite) -> None:
    built = told.build()
    assert 0 == built.status, built.said
    assert {"rss.xml": [HUB], "atom.xml": [HUB], "feed.json": [HUB]} == hubs(built)
    others = [path for path, data in built.files().items() if HUB.encode() in data]
    assert ["atom.xml", "feed.json", "rss.xml"] == sorted(others)


def test_a_paused_hub_is_taken_out_of_the_feeds_and_nothing_else_is_made(told: TinySite) -> None:
    told.build()
    channel(told, "hub", f"{{by: websub, to: '{HUB}', paused: на ремонте}}", unlisted="true")
    before = Built(0, "", told.output).files()
    built = told.build()
    assert {"rss.xml": [], "atom.xml": [], "feed.json": []} == hubs(built)
    changed = {path for path, data in built.files().items() if data != before.get(path)}
    assert {"rss.xml", "atom.xml", "feed.json"} == {
        path for path in changed if not path.startswith("edition")
    }


def test_the_key_of_indexnow_stands_at_the_root(told: TinySite) -> None:
    assert KEY == told.build().text(f"/{KEY}.txt")


def test_channels_for_programs_are_in_no_list(told: TinySite) -> None:
    built = told.build()
    assert ["vk"] == [row["id"] for row in json.loads(built.text("/data/channels.json"))]
    assert ["vk"] == [row["id"] for row in built.page("/channels/").select("tbody[id]")]
