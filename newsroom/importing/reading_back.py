"""What a reader will see of a body: its words, by the very Markdown of the site."""

from __future__ import annotations

from newsroom.content.markdown import Converter
from newsroom.content.plain_text import plain_text


def page_text(markdown: str, converter: Converter | None = None) -> str:
    """The words of a body; pictures are their descriptions. A ``converter`` made before saves making one."""
    html = (converter or Converter()).convert(
        markdown, resolve_link=lambda address, _: address, resolve_picture=lambda *_: None
    )
    return plain_text(html)
