"""HTML of pictures, the same in a body and in the theme: a size and a format for every screen."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from newsroom.content.attached import Picture

BODY_SIZES = "(min-width: 48rem) 44rem, 100vw"
"""How wide a picture in a body is shown: the text column, or the whole phone."""

FALLBACK_WIDTH = 960
"""Widest JPEG in pixels for those who take neither AVIF nor WebP: feed readers, old browsers."""


def picture_html(picture: Picture, *, sizes: str = BODY_SIZES, lazy: bool = True, base: str = "") -> str:
    """``<picture>`` with AVIF and WebP in every width and one JPEG.

    ``sizes`` is the HTML attribute of that name; ``lazy`` is for what is below the
    first screen, without it the picture is asked for first; ``base`` goes before
    root addresses. The type comes before the width so that the browser takes the
    lightest format it knows.
    """
    sources = "".join(
        f'<source type="image/{extension}" srcset="{_srcset(picture, extension, base)}" '
        f'sizes="{escape(sizes)}">'
        for extension in ("avif", "webp")
        if picture.widths
    )
    urgency = 'loading="lazy" decoding="async"' if lazy else 'fetchpriority="high"'
    image = (
        f'<img src="{fallback_url(picture, base)}" width="{picture.width}" height="{picture.height}" '
        f'{urgency} alt="{escape(picture.alt)}">'
    )
    return f"<picture>{sources}{image}</picture>"


def figure_html(picture: Picture, *, base: str = "") -> str:
    """``<figure>`` with the picture, linked to its original, its caption and its credit."""
    name = "" if picture.alt else ' aria-label="Открыть снимок в полном размере"'
    link = f'<a class="original" href="{_address(picture.url, base)}"{name}>'
    return f'<figure class="figure">{link}{picture_html(picture, base=base)}</a>{_caption(picture)}</figure>'


def fallback_url(picture: Picture, base: str = "") -> str:
    """Address of the picture that every program can show: a JPEG, or the original of a tiny one."""
    small = [width for width in picture.widths if width <= FALLBACK_WIDTH]
    width = max(small) if small else min(picture.widths, default=0)
    return _address(picture.variant(width, "jpg") if width else picture.url, base)


def credit(author: str) -> str:
    """«Фото: И. Иванов»; what already says its kind («Рисунок: …») stays as it is."""
    return author if not author or ":" in author else f"Фото: {author}"


def caption_and_author(title: str) -> tuple[str, str]:
    """Caption and author of a picture's Markdown title «Подпись | Фото: Имя», split at the last bar."""
    caption, _, author = title.rpartition("|")
    return (caption.strip(), author.strip()) if "|" in title else (title.strip(), "")


def _caption(picture: Picture) -> str:
    parts = [escape(picture.caption, quote=False)] if picture.caption else []
    if picture.author:
        parts.append(f'<span class="credit">{escape(credit(picture.author), quote=False)}</span>')
    return f"<figcaption>{' '.join(parts)}</figcaption>" if parts else ""


def _srcset(picture: Picture, extension: str, base: str) -> str:
    return ", ".join(
        f"{_address(picture.variant(width, extension), base)} {width}w" for width in picture.widths
    )


def _address(url: str, base: str) -> str:
    """The address with its base; a space or a comma would end it inside ``srcset``."""
    return escape((base if url.startswith("/") else "") + quote(url, safe="/:%?=&#@~+"))
