"""Words as Markdown that says these very words: what our Markdown would take for markup is escaped.

The characters are those of Python-Markdown's ``ESCAPED_CHARS`` and the patterns of
``newsroom.content.markdown``; what is harmless where it stands is left as it is.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from newsroom.content.safe_addresses import CONTROL

_MARKS = re.compile(
    r"[\\`*\[\]|]"
    r"|(?<!_)(?:(?<![^\W_])_++|_++(?![^\W_]))"  # «file_name» is no emphasis
    r"|<(?! )"
    r"|&(?=#?\w+;|$)"
)
_ENTITIES = {"<": "&lt;", "&": "&amp;"}
_HEAD = re.compile(r"[#>]|[-+](?=[-+ ]|$)|=(?==* *$)|\d+\.(?= |$)")
_DIALOGUE = re.compile(r"-{1,2} (?=\S)")
_IN_ADDRESS = re.compile(r"[\s\"<>()\[\]{}\\^`|*]")
_INVISIBLE = re.compile(
    "[\ud800-\udfff\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufffc\ufffd]|(?![\t\n\r])"
    + CONTROL.pattern
)
_OF_WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
"""Windows' own dashes and quotation marks, which old sites write in place of control characters."""
_OF_WINDOWS[0x2011] = "-"  # the hyphen that does not break: few faces have it


def visible(text: str) -> str:
    """The text without characters that cannot be seen and that the reader of releases refuses."""
    # The ends of lines that Unicode has besides ours are spaces here, not nothing.
    spaced = text.replace("\u2028", " ").replace("\u2029", " ")
    return _INVISIBLE.sub("", spaced.translate(_OF_WINDOWS))


def escaped(text: str) -> str:
    """Markdown of words in the middle of a line."""
    return _MARKS.sub(lambda mark: _ENTITIES.get(mark[0]) or re.sub(r"(.)", r"\\\1", mark[0]), text)


def line_head_escaped(line: str) -> str:
    """A line of Markdown whose first characters make no heading, list, quotation or rule of it.

    A hyphen that begins a remark becomes the dash that typography would set there.
    """
    if _DIALOGUE.match(line):
        return _DIALOGUE.sub("— ", line, count=1)
    head = _HEAD.match(line)
    if not head:
        return line
    if head[0] == "=":
        return f"&#61;{line[1:]}"
    return f"{head[0][:-1]}\\{line[head.end() - 1 :]}"


def address_escaped(address: str) -> str:
    """An address that can stand between the brackets of a link as it is."""
    encoded = _IN_ADDRESS.sub(lambda found: quote(found[0]), address)
    return re.sub(r"&(?=#?\w+;)", "&amp;", encoded)
