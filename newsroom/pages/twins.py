"""The plain-text and Markdown twins of a release's page: everything a newspaper needs, without markup."""

from __future__ import annotations

from newsroom.content.attached import Attachment
from newsroom.content.dates import day
from newsroom.content.figures import credit
from newsroom.content.numbers import filesize
from newsroom.content.types import Contact, Release
from newsroom.pages.feed_items import CONVENTIONAL, corrections
from newsroom.settings import Site


def text_twin(release: Release, site: Site) -> bytes:
    """What «copy the text» copies: everything a newspaper needs, without markup."""
    documents = _documents(release, "— {title} ({kind}): {address}", site)
    pictures = _photos(release, "— {title}: {address}", site)
    return _twin(release, release.title, release.text, (pictures, documents), site)


def markdown_twin(release: Release, site: Site) -> bytes:
    """The Markdown version: the body as its editor wrote it, with addresses that work anywhere."""
    documents = _documents(release, "- [{title}]({address}) ({kind})", site)
    pictures = _photos(release, "- [{title}]({address})", site)
    return _twin(release, f"# {release.title}", release.markdown, (pictures, documents), site)


def _twin(release: Release, title: str, body: str, files: tuple[str, ...], site: Site) -> bytes:
    parts = (
        title,
        _issued(release),
        release.summary,
        body,
        _video(release, site),
        *_notes(release, site),
        *files,
        _press_contact(release.contact),
        site.absolute(release.url),
    )
    return ("\n\n".join(part.strip() for part in parts if part.strip()) + "\n").encode()


def _issued(release: Release) -> str:
    return f"{day(release.date)} · {release.department.title}"


def _notes(release: Release, site: Site) -> tuple[str, ...]:
    """What the reader must know of the text: its corrections, and that its date is conventional."""
    return (*corrections(release, site), CONVENTIONAL if release.conventional_date else "")


def _video(release: Release, site: Site) -> str:
    video = release.video
    return f"Видео: {video.title} — {site.absolute(video.url)}" if video else ""


def _documents(release: Release, line: str, site: Site) -> str:
    """The attachments, one a line: ``line`` is a pattern of title, kind and address."""

    def told(file: Attachment) -> str:
        kind = f"{file.kind}, {filesize(file.size)}"
        told = line.format(title=file.title, kind=kind, address=site.absolute(file.url))
        return f"{told}, текст: {site.absolute(file.text_url)}" if file.text_url else told

    lines = "\n".join(told(file) for file in release.attachments)
    return f"Документы:\n\n{lines}" if lines else ""


def _photos(release: Release, line: str, site: Site) -> str:
    """The pictures of the gallery, one a line: ``line`` is a pattern of what is told and of the address."""
    gallery = release.gallery
    if gallery is None:
        return ""
    lines = [_sentences("Фотографии", gallery.caption, credit(gallery.author)), ""]
    for picture in gallery.pictures:
        caption = picture.caption if picture.caption != gallery.caption else ""
        author = credit(picture.author) if picture.author != gallery.author else ""
        told = _sentences(picture.alt, caption, author)
        lines.append(line.format(title=told, address=site.absolute(picture.url)))
    return "\n".join(lines)


def _sentences(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part)


def _press_contact(contact: Contact) -> str:
    known = ", ".join(part for part in (contact.name, contact.phone, contact.email) if part)
    return f"Контакт для СМИ: {known}" if known else ""
