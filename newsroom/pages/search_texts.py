"""What the search knows of a release: the words it is found by, what a result shows, what is chosen by."""

from __future__ import annotations

import re
from html import unescape

from newsroom.build.pagefind import Text
from newsroom.content.attached import Picture
from newsroom.content.types import Release

EVERY = "ъ"
"""A word that each release has and no text: who asks for all of them loads no other words."""
_BLOCK_END = re.compile(r"</(?:p|h\d|li|dt|dd|td|th|caption|figcaption|blockquote|pre|div)>|<br\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_LAST_SHORT_I = re.compile(r"[йЙ](?!\w)")


def search_text(release: Release) -> Text:
    """The title weighs most; then come the summary and the text, which the excerpt is taken from."""
    return Text(
        url=release.url,
        content=spelt(_content(release)),
        meta={
            "every": EVERY,
            "title": spelt(release.title),
            "date": f"{release.date:%Y-%m-%d}",
            **_picture(release),
        },
        filters={
            "rubric": [release.rubric.id],
            "tag": [tag.id for tag in release.tags],
            **({"department": [release.department.id]} if release.department.id else {}),
        },
        sort={"date": f"{release.date:%Y-%m-%dT%H:%M}"},
    )


def spelt(text: str) -> str:
    """A text with «ӗ» for «й» at the ends of words, for Pagefind takes signs off letters before it takes
    endings off words, and «городскои» would have another stem than «городского»: «городское» has not.
    Whoever shows it puts the «й» back."""
    return _LAST_SHORT_I.sub(lambda match: "ӗ" if match[0] == "й" else "Ӗ", text)


def _content(release: Release) -> str:
    """A text that begins with its summary has it once; Pagefind passes over what has no text at all."""
    text = unescape(_TAG.sub("", _BLOCK_END.sub("\n", release.body))).strip()
    return (text if text.startswith(release.summary) else f"{release.summary}\n\n{text}") or release.title


def _picture(release: Release) -> dict[str, str]:
    """The name of its smallest picture in the folder of the release: less to load than a whole address."""
    return {"image": _smallest(release.image).removeprefix(release.url)} if release.image else {}


def _smallest(picture: Picture) -> str:
    return picture.variant(picture.widths[0], "webp") if picture.widths else picture.url
