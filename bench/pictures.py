"""Ten small pictures, drawn from a seed, with the files that are served of each.

All are at most 160 pixels wide, so that this project makes one derivative in each
format; they are few, so that it makes them once and takes them from its cache. Hugo
and Pelican get the same files ready: making pictures is not what is compared.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random

from bench.corpus import PICTURES

WIDTH, HEIGHT = 160, 107


@dataclass(frozen=True)
class Picture:
    """``source`` is a JPEG; ``files`` are the served ones by what follows their stem («.jpg»)."""

    source: bytes
    files: Mapping[str, bytes]

    @property
    def variant(self) -> str:
        """What follows the stem in the name of a derivative, without its ending: «.3fa9c1d2.160»."""
        return f".{sha256(self.source).hexdigest()[:8]}.{WIDTH}"


def pictures(seed: int) -> tuple[Picture, ...]:
    """The pictures of a corpus, the same for the same seed."""
    return tuple(_picture(Random(f"{seed}/picture/{number}")) for number in range(PICTURES))


def _picture(random: Random) -> Picture:
    """Soft spots of colour, about four kilobytes."""
    from PIL import Image

    spots = Image.frombytes("RGB", (8, 6), random.randbytes(8 * 6 * 3))
    target = BytesIO()
    spots.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).save(target, "JPEG", quality=85)
    return Picture(target.getvalue(), _served(target.getvalue()))


def _served(source: bytes) -> dict[str, bytes]:
    """The files by this project's own hand, so that all contenders serve equal bytes."""
    from newsroom.build.pictures import EXTENSIONS, clean_original, derivative

    picture = Picture(source, {})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.jpg"
        path.write_bytes(source)
        made = {f"{picture.variant}.{kind}": derivative(path, WIDTH, kind) for kind in EXTENSIONS}
        return {".jpg": clean_original(path), **made}
