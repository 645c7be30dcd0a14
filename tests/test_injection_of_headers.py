"""Whatever a field of a header is given, it is refused with its line, or stays inert in pages and feeds.

The values are those of ``injection.yaml``. Each has a release, an event, a broadcast, a department, a
channel and an emergency notice, or those of them that have such a field.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Container, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

import pelicanconf
from newsroom.audit.server import serving
from newsroom.settings import EXTRAS
from tests import cap_structure, notices
from tests.conftest import VOCABULARY, Built, TinySite
from tests.inert import LOOK, LOOK_AT_EACH, VALUES, watching

FOLDER = "releases/2024/05"
NOTICES = "emergency.yaml"
MAIL_TO = re.compile(r"mailto:[\w.+-]+@[\w.-]+(\?subject=[^&?\s]*)?")
DIALS = re.compile(r"tel:\+?\d+(;ext=\d+)?")
ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}"
DANGEROUS = frozenset(
    ("script", "iframe", "object", "embed", "style", "form", "svg", "math", "img", "base", "meta")
)
OTHERS: dict[str, tuple[str, ...]] = {
    "words": ("events/den", "broadcasts/efir", "departments/otdel", "channels/kanal"),
    "phone": ("departments/otdel",),
    "mail": ("departments/otdel",),
    "address": ("channels/kanal", "broadcasts/efir"),
    "file": (),
    "path": (),
}
"""Material with the same value, beside a release and a notice."""
COMPONENTS = {
    "VCALENDAR": {
        "CALSCALE", "NAME", "PRODID", "REFRESH-INTERVAL", "URL", "VERSION", "X-PUBLISHED-TTL",
        "X-WR-CALNAME", "X-WR-TIMEZONE",
    },
    "VEVENT": {
        "CATEGORIES", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "LOCATION", "SEQUENCE", "STATUS",
        "SUMMARY", "TRANSP", "UID", "URL",
    },
}  # fmt: skip
"""All that our calendar may consist of."""


class Case(NamedTuple):
    """A hostile value for fields that take ``kind``."""

    number: int
    kind: str
    value: str

    @property
    def typed(self) -> str:
        """As a value of YAML, which takes strings of JSON."""
        return json.dumps(self.value)

    @property
    def release(self) -> str:
        return f"2024-05-09-vektor-{self.number}"


CASES = [
    Case(number, kind, value)
    for number, (kind, value) in enumerate(
        (kind, value) for kind, values in VALUES.items() for value in values.values()
    )
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    tiny = TinySite(tmp_path_factory.mktemp("headers"))
    extras = [name for name in EXTRAS if name not in ("cards", "search")]
    own = {"id_authority": "news.example", "extras": extras, "now": datetime.fromisoformat(tiny.now)}
    tiny.settings = {"NEWSROOM": {**pelicanconf.NEWSROOM, **own}}
    for file, text in VOCABULARY.items():
        tiny.write(file, text)
    for folder in (FOLDER, "events", "broadcasts"):
        for picture in "abc":  # as many as are told apart by their bytes
            tiny.picture(f"{folder}/{picture}.jpg", (40 + ord(picture), 30))
    write_notices(tiny, ())
    for case in CASES:
        WRITERS[case.kind](tiny, case)
    return tiny


def write_notices(tiny: TinySite, left_out: Container[int]) -> None:
    """A notice in each line but those that are left out; two for a case, see ``_notices``."""
    rows = [f"- {json.dumps(fields)}" if fields else "#" for case in CASES for fields in _notices(case)]
    kept = ("#" if line in left_out else row for line, row in enumerate(rows, 2))
    tiny.write(NOTICES, "\n".join(["notices:", *kept]) + "\n")


def lines_of(case: Case) -> tuple[int, int]:
    """The lines of its notices."""
    return 2 * case.number + 2, 2 * case.number + 3


def _notices(case: Case) -> tuple[dict[str, Any], dict[str, Any]]:
    """The value in the fields of a line; in those of texts, or as what it can be no part of."""
    id, value = f"2024-06-01-vektor-{case.number}", case.value
    if case.kind == "words":
        lines = dict.fromkeys(("headline", "event", "area"), value)
        code = [{"name": value, "value": value}]
        texts = {"text": value, "instruction": f"- {value}"}
        return notices.notice(id, geocodes=code, **lines), notices.notice(f"{id}-text", **texts)
    field = {"phone": "contact", "address": "web"}.get(case.kind)
    own = notices.notice(id, **{field: value}) if field else {}
    return own, notices.notice(f"{id}-mesto", polygon=[value] * 3, updates=[value])


def _words(tiny: TinySite, case: Case) -> None:
    typed = case.typed
    told = f"alt: {typed}, caption: {typed}, author: {typed}"
    words = {"title": typed, "summary": typed}
    both = f"{{src: a.jpg, {told}}}, {{src: b.jpg, alt: {typed}}}"
    tiny.write(f"{FOLDER}/w{case.number}.pdf", b"%PDF-1.4 synthetic")
    tiny.release(
        case.release, **words, event=f"den-{case.number}", image=f"{{src: c.jpg, {told}}}",
        gallery=f"{{caption: {typed}, author: {typed}, pictures: [{both}]}}",
        video=f"{{title: {typed}, address: 'https://ok.ru/video/{case.number}', poster: c.jpg, "
        f"alt: {typed}, author: {typed}}}",
        attachments=f"[{{file: w{case.number}.pdf, title: {typed}}}]",
        figure=f"{{value: {typed}, label: {typed}}}", contact=f"{{name: {typed}, phone: '112'}}",
        text_later=typed, changes=f"[{{date: 2024-05-11 10:00, note: {typed}}}]",
    )  # fmt: skip
    header = f"---\ntitle: {typed}\nsummary: {typed}\n"
    image = f"image: {{src: a.jpg, {told}}}\ntext_later: {typed}\n"
    dates = "dates: [{start: 2024-07-01}]"
    tiny.write(f"events/den-{case.number}.md", f"{header}{image}place: {typed}\n{dates}\n---\n")
    efir = "start: 2024-05-03 18:00\nstate: recorded\nvideo: https://ok.ru/video/1\n"
    tiny.write(f"broadcasts/efir-{case.number}.md", f"{header}{image}{efir}---\n")
    tiny.write(f"departments/otdel-{case.number}.md", f"{header}contact: {{name: {typed}}}\n---\n")
    voice = f"network: {typed}\nowner: {typed}\nstatus: active\n"
    tiny.write(f"channels/kanal-{case.number}.md", f"---\ntitle: {typed}\n{voice}---\n")


def _contact(field: str) -> Any:
    def write(tiny: TinySite, case: Case) -> None:
        contact = f"{{name: Дежурный, {field}: {case.typed}}}"
        tiny.release(case.release, contact=contact)
        head = f"title: Отдел {case.number}\ncontact: {contact}"
        tiny.write(f"departments/otdel-{case.number}.md", f"---\n{head}\n---\n")

    return write


def _address(tiny: TinySite, case: Case) -> None:
    head = f"---\ntitle: Канал {case.number}\n"
    voice = f"network: Сеть\nowner: Город\nstatus: active\naddress: {case.typed}\n"
    tiny.write(f"channels/kanal-{case.number}.md", f"{head}{voice}---\n")
    efir = f"start: 2024-05-03 18:00\nstate: recorded\ntext_later: Позже\nvideo: {case.typed}\n"
    tiny.write(f"broadcasts/efir-{case.number}.md", f"{head}{efir}---\n")
    tiny.release(case.release, video=f"{{title: Лёд, address: {case.typed}}}", text_later="Позже")


def _file(tiny: TinySite, case: Case) -> None:
    """A file of such a name is there, wherever a disk can have one."""
    if "/" not in case.value:
        tiny.write(f"{FOLDER}/{case.value}", b"%PDF-1.4 synthetic")
    attachments = f"[{{file: {case.typed}, title: Вложение}}, {{file: {case.typed}, title: {case.typed}}}]"
    tiny.release(case.release, attachments=attachments, text_later="Позже")


def _path(tiny: TinySite, case: Case) -> None:
    tiny.release(case.release, aliases=f"[{case.typed}]")


WRITERS = {
    "words": _words,
    "phone": _contact("phone"),
    "mail": _contact("email"),
    "address": _address,
    "file": _file,
    "path": _path,
}


@pytest.fixture(scope="module")
def refused(site: TinySite) -> dict[str, set[int]]:
    """The files that builds refuse, with the lines they tell; all of it is taken away."""
    found: dict[str, set[int]] = {}
    while (built := site.build()).status:  # lists and notices are looked at before releases
        for problem in built.problems():
            told = re.match(r"([\w./-]+\.(?:md|yaml)):(\d+): ", problem)
            assert told, problem
            assert told[1] not in found or told[1] == NOTICES or (site.content / told[1]).exists(), problem
            found.setdefault(told[1], set()).add(int(told[2]))
        for file in found.keys() - {NOTICES}:
            (site.content / file).unlink(missing_ok=True)
        write_notices(site, found[NOTICES])
    return found


@pytest.fixture(scope="module")
def built(site: TinySite, refused: dict[str, set[int]]) -> Built:
    assert refused
    built = site.build()
    assert 0 == built.status, built.said
    return built


@pytest.fixture(scope="module")
def address(built: Built) -> Iterator[str]:
    with serving(built.output) as address:
        yield address


def test_a_value_is_refused_or_published_everywhere(refused: dict[str, set[int]], built: Built) -> None:
    """What a release may not have, no other material may."""
    for case in CASES:
        file = f"{FOLDER}/{case.release}.md"
        is_refused = file in refused
        assert is_refused != built.has(f"/news/2024/05/vektor-{case.number}/"), case
        assert all((f"{name}-{case.number}.md" in refused) == is_refused for name in OTHERS[case.kind]), case
        own, second = (line in refused[NOTICES] for line in lines_of(case))
        assert case.kind not in ("phone", "address") or own == is_refused, case
        assert case.kind == "words" or second, case  # which may be a text of a notice, if they are no markup
    published = [case for case in CASES if f"{FOLDER}/{case.release}.md" not in refused]
    assert {"words": 12, "phone": 6, "address": 4, "file": 9} == Counter(case.kind for case in published)


def test_links_lead_where_they_say(built: Built) -> None:
    found = set()
    for path in built.output.rglob("*.html"):
        for link in BeautifulSoup(path.read_text("utf-8"), "html.parser").select("[href]"):
            address = str(link["href"])
            scheme = address.partition(":")[0]
            if scheme == "mailto":
                assert MAIL_TO.fullmatch(address), link
            elif scheme == "tel":
                assert DIALS.fullmatch(address), link
            elif scheme in ("http", "https"):
                parts = urlsplit(address)
                assert parts.hostname, link
                assert "@" not in parts.netloc, link
            else:
                assert address.startswith(("/", "#")) or link["rel"] == ["icon"], link
            found.add(scheme)
    assert {"https", "tel"} <= found


OPENED = (
    "/", "/news/2024/05/vektor-0/", "/events/den-0/", "/broadcasts/efir-0/", "/departments/otdel-0/",
    "/channels/", "/events/", "/broadcasts/", "/departments/", "/emergency/", "/lite/", "/corrections/",
)  # fmt: skip
"""Pages with what ends everything, which are looked at while they are shown."""


@pytest.mark.browser
@pytest.mark.slow
def test_no_page_and_no_text_of_a_feed_does_anything(browser: Any, address: str, built: Built) -> None:
    """Without the policy of the site: the HTML is inert by itself."""
    paths = sorted(path.relative_to(built.output).as_posix() for path in built.output.rglob("*.html"))
    urls = [f"/{path}" for path in paths if not path.startswith("admin/")]  # the editor is not for readers
    assert len(urls) > 100
    with watching(browser, address) as page:
        for url in OPENED:
            page.goto(f"{address}{url}", wait_until="load")
        found = page.evaluate(LOOK_AT_EACH, urls)
        for name, parts in _html_of_feeds(built).items():
            page.set_content(f"<!doctype html><body>{'<hr>'.join(parts)}", wait_until="domcontentloaded")
            told = [each for each in page.evaluate(LOOK) if "=https://news.example/" not in each]
            found |= {name: told} if told else {}
        assert [] == [each for each in page.acts if "asked for https://news.example/" not in each]
    assert {} == found


def _html_of_feeds(built: Built) -> dict[str, list[str]]:
    """What readers' programs take for HTML, by the feeds, as the contents of an element each."""
    files = built.files()
    found: dict[str, list[str]] = {}
    for name in sorted(files):
        if name.endswith(".xml"):
            root = ET.fromstring(files[name])
            html = [*root.iter("description"), *root.iter(f"{CONTENT}encoded")]
            html += [each for each in root.iter() if each.get("type") in ("html", "xhtml")]
            found[name] = [f"<div class=prose>{each.text or ''}</div>" for each in html]
        elif name.endswith("feed.json"):
            items = json.loads(files[name])["items"]
            found[name] = [f"<div class=prose>{item['content_html']}</div>" for item in items]
    assert {"rss.xml", "atom.xml", "dzen.xml", "yandex.xml", "feed.json"} <= found.keys()
    assert {"emergency/rss.xml", "emergency/atom.xml", "corrections/rss.xml"} <= found.keys()
    return found


def test_feeds_have_the_elements_of_their_formats_and_no_others(built: Built) -> None:
    for name, data in built.files().items():
        if name.endswith(".xml"):
            tags = {each.tag.rpartition("}")[2] for each in ET.fromstring(data).iter()}
            assert set() == tags & DANGEROUS, name


def test_messages_of_cap_stay_as_the_standard_has_them(built: Built) -> None:
    messages = sorted(built.output.glob("emergency/cap/2024-*.xml"))
    assert len(messages) > 10
    for path in messages:
        root = ET.fromstring(path.read_bytes())
        assert [] == list(cap_structure.faults(root)), path.name


def test_the_calendar_has_no_line_that_a_field_wrote(built: Built) -> None:
    data = built.text("/calendar.ics")
    assert "\r" not in data.replace("\r\n", "\n")
    calendar = Calendar.from_ical(data)
    assert len(calendar.walk("VEVENT")) > 10
    for each in calendar.walk():
        assert each.name in COMPONENTS
        assert set(each) <= COMPONENTS[each.name], each
        assert each.get("URL", "https://news.example/").startswith("https://news.example/")


def test_the_sheet_of_the_banner_is_one_rule(built: Built) -> None:
    sheet = built.text("/emergency/notice.css")
    assert re.fullmatch(r'@charset "utf-8";\n:root\{[^{}<>]*\}\n', sheet), sheet
