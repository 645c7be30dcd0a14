"""Feeds are written as text: byte for byte what feedgen, lxml and Beautiful Soup would have made of them."""

from __future__ import annotations

import re
import subprocess
import sys
from html import escape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsroom.content.plain_text import plain_text
from newsroom.content.types import Release
from newsroom.pages import atom, dzen, rss, yandex
from newsroom.pages.feed_items import clean, compose
from newsroom.pages.feed_xml import ATOM, Selection, attribute, first_day, long_text, text
from newsroom.pages.uris import absolute_addresses, in_ascii
from tests import feeds_by_feedgen
from tests.sample_library import CULTURE, HOLIDAY, PRESS, ROADS, SITE, VICTORY, picture, replace, size_of

AWKWARD = '«Всё» & <b>"так"</b> it\'s ]]> \t конец\nстрока\rещё \x85 \u2028 \x7f \u00a0 😀 &amp; \x0b\ufffe'
FULL = replace(
    VICTORY,
    title=AWKWARD,
    summary=AWKWARD,
    body=f"<p>{AWKWARD}</p>",
    rubric=replace(CULTURE, title=AWKWARD, url="/rubrics/культура/?a&b"),
    department=replace(PRESS, title=AWKWARD),
    image=picture("/news/1/снимок & 1.jpg", caption=AWKWARD, author=AWKWARD),
    attachments=tuple(replace(file, title=AWKWARD) for file in VICTORY.attachments),
)
RELEASES = {
    "full": VICTORY,
    "short": ROADS,
    "awkward": FULL,
    "no words of its own": replace(ROADS, title="Да", tags=(HOLIDAY, HOLIDAY)),
    "a picture without a caption": replace(ROADS, image=picture("/news/1/a.png")),
    "midnight in winter": replace(ROADS, date=ROADS.date.replace(hour=0, minute=0, second=7)),
}
WHOLE = Selection(
    id="all",
    url="/",
    title=SITE.name,
    description=SITE.description,
    updated=VICTORY.updated,
)
SELECTIONS = {
    "all": WHOLE,
    "empty": replace(WHOLE, updated=first_day(SITE)),
    "term": replace(WHOLE, id="rubric/культура", url="/rubrics/культура/", title="Культура — Город"),
    "awkward": replace(WHOLE, url="/rubrics/&/", title=AWKWARD, description=AWKWARD),
}

BODIES = {
    "plain": "<p>Работы закончены.</p>",
    "entities": "<p>&lt;b&gt; &amp; &quot;да&quot; &#x27;нет&#x27; — 5 &gt; 3</p>",
    "inline": "<p><strong>а</strong> <em>б</em> <del>в</del> <ins>г</ins> <code>&lt;</code><br>\nд<br/></p>",
    "lists": '<ol start="3">\n<li>\n<p>а</p>\n<ul>\n<li>б</li>\n</ul>\n</li>\n</ol>\n<hr>\n<h5 id="h">в</h5>',
    "quotation": "<blockquote>\n<p>а</p>\n<blockquote>\n<p>б</p>\n</blockquote>\n</blockquote>",
    "links": '<p>а <a class="x" href="/б/?a&amp;b=1">в <em>г</em></a>, <a href="tel:112">д</a>.</p>',
    "figure": '<figure class="figure"><a class="original" href="/1.jpg"><picture>'
    '<source type="image/webp" srcset="/1.webp 480w" sizes="100vw"><img src="/1.jpg" width="6" height="4" '
    'loading="lazy" alt="А &amp; &quot;Б&quot;, it\'s &lt;В&gt;"></picture></a>'
    '<figcaption>Подпись <span class="credit">Фото: пресс-служба</span></figcaption></figure>\n<p>а</p>',
    "small picture": '<p>а <img src="/1.png" width="6" alt=""> <a href="/2"><img src="/2.png"></a></p>',
    "table": '<div class="table" tabindex="0"><table>\n<thead>\n<tr>\n<th class="x">а</th>\n<th>б</th>\n</tr>'
    "\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td><em>2</em></td>\n<td></td>\n</tr>\n</tbody>\n</table></div>",
    "awkward": f"<p>{AWKWARD.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</p>",
    "spaces": "<p> \u00a0 </p>\n\n \n<p>\u202fа</p>\n",
    "full": VICTORY.body,
}  # fmt: skip


@pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES.keys())
def test_items_are_what_feedgen_writes(release: Release) -> None:
    item = compose(release, SITE, size_of)

    assert feeds_by_feedgen.rss_item(item).decode() == rss.item(item).decode()
    assert feeds_by_feedgen.atom_entry(item).decode() == atom.item(item).decode()


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS.keys())
def test_frames_are_what_feedgen_writes(selection: Selection) -> None:
    namespaces = {prefix: name for prefix, name in rss.NAMESPACES.items() if name != ATOM}
    as_rss = feeds_by_feedgen.rss_frame(selection, SITE, f"{selection.url}rss.xml", namespaces)
    as_atom = feeds_by_feedgen.atom_frame(selection, SITE)

    assert bare(as_rss) == bare(rss.feed(selection, (), SITE, ""))
    assert bare(as_atom) == bare(atom.feed(selection, (), SITE, ""))


def bare(feed: bytes) -> str:
    """A feed without the paragraph for people and without the indent of its closing tag."""
    return re.sub(r" *<h:p .*</h:p>\n| +(?=</channel>)", "", feed.decode())


@pytest.mark.parametrize("namespaces", [yandex.NAMESPACES, dzen.NAMESPACES])
def test_the_channel_of_an_aggregator_is_what_feedgen_writes(namespaces: dict[str, str]) -> None:
    ours = rss.assemble(rss.channel(WHOLE, SITE, "/x.xml", namespaces), ())

    assert bare(feeds_by_feedgen.rss_frame(WHOLE, SITE, "/x.xml", namespaces)) == bare(ours)


def test_every_character_is_written_as_lxml_writes_it() -> None:
    known = [chr(code) for code in (*range(0x20), *range(0x20, 0x3000), 0xFFFD, 0x1F600)]
    whole = "".join(each for each in known if each >= " " or each in "\t\n\r")
    element = etree.Element("a", b=whole)
    element.text = whole
    written = etree.tostring(element, encoding="UTF-8").decode()

    assert f'<a b="{attribute(whole)}">{text(whole)}</a>' in written
    assert text(whole).encode() == long_text(whole)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_texts_for_dzen_are_what_a_parser_makes(body: str) -> None:
    assert simple_by_parsing(body) == dzen.simple_html(body)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_texts_for_yandex_are_what_a_parser_makes(body: str) -> None:
    assert plain_by_parsing(body) == yandex.plain(body)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_text_without_links_and_pictures_is_its_plain_twin_for_yandex(body: str) -> None:
    release = replace(ROADS, body=body, text=plain_text(body))
    item = yandex.item(compose(release, SITE, size_of), SITE)

    assert long_text(clean(plain_by_parsing(body))).decode() in item.decode()


@given(
    st.text("/.~%-:?#&;_ё a1", max_size=12), st.sampled_from(["https://a.example/site", "https://город.рф"])
)
def test_addresses_are_what_urljoin_makes_of_them(address: str, url: str) -> None:
    site = replace(SITE, url=url)
    page = f"{url}/news/1/"
    full = address if re.match("[a-z][a-z0-9+.-]*:", address) else in_ascii(urljoin(page, address))

    assert f'<a href="{escape(full)}">' == absolute_addresses(
        f'<a href="{escape(address)}">', site, "/news/1/"
    )


def simple_by_parsing(html: str) -> str:
    """What Dzen shows, made in a parsed tree."""
    tree = BeautifulSoup(html, "html.parser")
    for dropped in tree.find_all(["script", "source"]):
        dropped.decompose()
    for line_break in tree.find_all("br"):
        line_break.replace_with(" ")
    for link in tree.select("a:has(img)"):
        link.unwrap()
    for cell in tree.select("th:has(~ th, ~ td), td:has(~ td, ~ th)"):
        cell.append(" — ")
    renamed = {"strong": "b", "em": "i", "del": "s", "ins": "u", "h5": "h4", "h6": "h4", "tr": "p"}
    for tag in tree.find_all(True):
        tag.name = renamed.get(tag.name, tag.name)
        if tag.name in dzen.ALLOWED:
            tag.attrs = {name: tag.attrs[name] for name in dzen.ALLOWED[tag.name] if name in tag.attrs}
        else:
            tag.unwrap()
    return re.sub(r"\n\s*\n", "\n", clean(str(tree))).strip()


def plain_by_parsing(html: str) -> str:
    """What Yandex gets of a body, made in a parsed tree."""
    tree = BeautifulSoup(html, "html.parser")
    for shown in tree.find_all(("figure", "picture", "img")):
        shown.decompose()
    for link in tree.find_all("a"):
        link.unwrap()
    return plain_text(str(tree))


def test_feeds_load_no_library_for_xml() -> None:
    """Those take a fiftieth of a second each, which is much for a build that adds one release."""
    lines = (
        "import sys",
        "from newsroom.pages import atom, dzen, feed_items, json_feed, rss, yandex",
        "from tests.sample_library import ROADS, SITE, size_of",
        "item = feed_items.compose(ROADS, SITE, size_of)",
        "assert rss.item(item) and atom.item(item) and json_feed.item(item)",
        "assert yandex.item(item, SITE) and dzen.item(item)",
        "print([name for name in ('feedgen', 'lxml', 'bs4') if name in sys.modules])",
    )
    ran = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=Path(__file__).parent.parent,
        check=True,
        capture_output=True,
        text=True,
    )

    assert "[]\n" == ran.stdout
