"""What networks count a text in, and the plain form of a wording that they count."""

from __future__ import annotations

from newsroom.publish.networks.network import Wording


def characters(text: str) -> int:
    """Unicode code points."""
    return len(text)


def utf16_units(text: str) -> int:
    """UTF-16 code units, in which the Bot API of Telegram counts: 2 for an emoji, 1 for a letter."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8_bytes(text: str) -> int:
    """Bytes as they are sent: 2 for a Russian letter."""
    return len(text.encode("utf-8", "surrogatepass"))


def plain(wording: Wording) -> str:
    """Title, paragraphs, link and hashtags with blank lines between them; what is empty is left out."""
    return "\n\n".join(
        filter(None, (wording.title, *wording.paragraphs, wording.link, hashtag_line(wording)))
    )


def hashtag_line(wording: Wording) -> str:
    """«#Братск #Праздник»; empty where there are none."""
    return " ".join(f"#{hashtag}" for hashtag in wording.hashtags)
