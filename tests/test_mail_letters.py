"""Letters as their readers get them: headers, tree, pictures; and threads of corrections and notices."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from newsroom.publish.announce.newsdesk import Purpose
from newsroom.publish.networks.mail import MAIL
from newsroom.publish.networks.mail_list import Receiver
from newsroom.publish.networks.mail_message import letter
from newsroom.publish.networks.network import Access, Announcement, Image, Remote, Wording
from tests.announcing import channel

CHANNEL = channel("press", by="mail", to="press.example.ru", sender="press@example.ru")
LONG = "2024-05-09-" + "ochen-dlinnoe-imya-" * 6 + "katok"
NOTHING = Remote()
RECEIVER = Receiver("news@gazeta.example", "«Знамя», газета")


def access(title: str = "Пресс-служба «Город»") -> Access:
    assert CHANNEL.announce
    return Access(
        channel=CHANNEL.id,
        title=title,
        announcing=CHANNEL.announce,
        secret=lambda _: "",
        site="https://news.example",
        now=lambda: datetime(2024, 5, 9, 12, tzinfo=UTC),
    )


def announcement(
    purpose: Purpose = "post", title: str = "Открыт каток", release: str = "2024-05-09-katok", **told: object
) -> Announcement:
    wording = Wording(
        title=title, paragraphs=("Лёд <готов> & блестит.",), link="https://news.example/?a=1&b=2"
    )
    made = Announcement(
        release=release,
        channel="press",
        revision=1,
        key="k",
        address="https://news.example/",
        wording=wording,
        text=MAIL.render(wording),
        purpose=purpose,
    )
    return replace(made, **told)


def raw(
    made: Announcement, receiver: Receiver = RECEIVER, remote: Remote = NOTHING, title: str = "Город"
) -> bytes:
    return letter(made, receiver, "press@example.ru", access(title), remote)


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def decoded(header: str) -> str:
    """A header as old clients read it."""
    return str(make_header(decode_header(header)))


def seen(text: str) -> str:
    """What is to be seen of a text; how wide its spaces are does not matter."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable()).replace(" ", "")


def bracketed(mailbox: str) -> str:
    """A mailbox without the quotes around its name."""
    name, _, address = mailbox.rpartition("<")
    quoted = name.strip()
    if quoted.startswith('"') and quoted.isascii():
        quoted = quoted[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return f"{quoted} <{address}" if quoted else f"<{address}>"


def test_every_byte_is_ascii_and_every_line_ends_as_servers_want() -> None:
    data = raw(announcement(title="Очень длинный заголовок про каток " * 12, release=LONG))
    assert data.isascii()
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert max(map(len, data.splitlines())) < 998


def test_headers_say_who_and_what_it_is() -> None:
    message = read(letter(announcement(), RECEIVER, "press@example.ru", access(), NOTHING))
    expected = {
        "From": "Пресс-служба «Город» <press@example.ru>",
        "To": '"«Знамя», газета" <news@gazeta.example>',
        "Reply-To": "press@example.ru",
        "Subject": "Открыт каток",
        "Date": "Thu, 09 May 2024 12:00:00 +0000",
        "Message-ID": "<2024-05-09-katok.r1@press.example.ru>",
        "List-ID": "<press.example.ru>",
        "List-Unsubscribe": "<mailto:press@example.ru?subject=unsubscribe%20press.example.ru>",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "In-Reply-To": None,
    }
    assert expected == {name: message[name] and str(message[name]) for name in expected}
    assert [] == [defect for value in message.values() for defect in getattr(value, "defects", ())]


def test_readers_find_plain_letters_and_html_with_pictures_in_it() -> None:
    image = Image(name="01-каток.jpg", media_type="image/jpeg", data=b"\xff\xd8jpeg", alt="Каток «Лёд»")
    package = "https://news.example/katok.zip?a=1&b=2"
    message = read(raw(announcement(images=(image,), package=package)))
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    (picture,) = [part for part in message.walk() if part.get_content_maintype() == "image"]
    assert ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/jpeg"] == [
        part.get_content_type() for part in message.walk()
    ]
    text = plain.get_content().replace("\r\n", "\n")
    assert text.startswith("Открыт каток\n\nЛёд <готов> & блестит.\n\nЧитать на сайте: https")
    assert package in text
    assert "press@example.ru" in text
    assert "<p>Лёд &lt;готов&gt; &amp; блестит.</p>" in html.get_content()
    assert 'href="https://news.example/katok.zip?a=1&amp;b=2"' in html.get_content()
    assert ("01-каток.jpg", "inline", b"\xff\xd8jpeg") == (
        picture.get_filename(),
        picture.get_content_disposition(),
        picture.get_content(),
    )
    assert f'src="cid:{picture["Content-ID"][1:-1]}" alt="Каток «Лёд»"' in html.get_content()


@pytest.mark.parametrize(
    ("purpose", "revision", "known", "expected"),
    [
        ("post", 2, (), ("Открыт каток", "r2", None, None)),
        ("correction", 2, ("r1",), ("Исправлено: Открыт каток", "r2", "r1", "r1")),
        ("correction", 3, ("r1", "r2"), ("Исправлено: Открыт каток", "r3", "r1", "r1 r2")),
        ("correction", 3, ("r1", "r2", "r3"), ("Исправлено: Открыт каток", "r3", "r1", "r1 r2")),
        ("correction", 3, ("r2",), ("Исправлено: Открыт каток", "r3", "r2", "r2")),
        ("correction", 3, (), ("Исправлено: Открыт каток", "r3", "r1", "r1 r2")),
        ("withdrawal", 1, ("r1",), ("Отозван: Открыт каток", "r1.withdrawn", "r1", "r1")),
        ("withdrawal", 2, (), ("Отозван: Открыт каток", "r2.withdrawn", "r1", "r1 r2")),
    ],
)
def test_letters_of_a_release_are_one_thread(
    purpose: Purpose, revision: int, known: tuple[str, ...], expected: tuple[str | None, ...]
) -> None:
    def named(mark: str) -> str:
        return f"<{LONG}.{mark}@press.example.ru>"

    made = announcement(purpose, release=LONG, revision=revision)
    message = read(raw(made, remote=Remote(ids=tuple(map(named, known)))))
    subject, own, reply, references = expected
    assert subject == message["Subject"]
    assert named(own or "") == message["Message-ID"]
    assert (reply and named(reply)) == message["In-Reply-To"]
    assert (references and [named(mark) for mark in references.split()]) == (
        message["References"] and message["References"].split()
    )


def test_a_notice_that_says_that_it_is_one_is_not_told_twice() -> None:
    assert "Пресс-релиз отозван" == read(raw(announcement("withdrawal", "Пресс-релиз отозван")))["Subject"]


@given(st.text(min_size=1, max_size=300), st.text(max_size=120))
def test_any_title_and_any_name_come_back_whole_from_headers_that_every_client_reads(
    title: str, name: str
) -> None:
    data = raw(announcement(title=title), title=name)
    headers = data.partition(b"\r\n\r\n")[0]
    assert headers.isascii()
    assert max((len(line) for line in headers.split(b"\r\n") if b"=?" in line), default=0) <= 78
    message = message_from_bytes(data)
    assert seen(title) == seen(decoded(message["Subject"]))
    assert seen(f"{name} <press@example.ru>") == seen(bracketed(decoded(message["From"])))
    assert "auto-generated" == message["Auto-Submitted"]
