"""What a reader will see of a body: its words, by the very Markdown of the site."""

from __future__ import annotations

from newsroom.content.markdown import Converter


def page_html(markdown: str) -> str:
    """HTML of a body; links lead where they are written, pictures are their descriptions."""
    return Converter().convert(
        markdown, resolve_link=lambda address, _: address, resolve_picture=lambda *_: None
    )


def page_text(markdown: str) -> str:
    """The words of a body."""
    from newsroom.content.plain_text import plain_text

    return plain_text(page_html(markdown))
