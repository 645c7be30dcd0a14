"""Ways to spoil a good file, as hands, editors and disks do; every one a function of the chance given."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Spoil = Callable[[bytes, Random], bytes]


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _flip(data: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def _drop_line(data: bytes, chance: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def _double_line(data: bytes, chance: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    return b"".join([*lines[:place], lines[place], *lines[place:]])


def _swap_lines(data: bytes, chance: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _insert(data: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(_INTRUDERS) + data[place:]


def _noise(data: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.randbytes(chance.randrange(1, 40)) + data[place:]


def _other_encoding(data: bytes, chance: Random) -> bytes:
    return data.decode(errors="replace").encode(
        chance.choice(["cp1251", "utf-16", "koi8-r"]), errors="replace"
    )


def _replace(data: bytes, chance: Random) -> bytes:
    old, new = chance.choice(_REPLACED)
    return data.replace(old, new, chance.choice([1, -1]))


_INTRUDERS = (
    *(
        b"\x00",
        b"\x0b",
        b"\xe2\x80\xae",
        b"\xff",
        b"\t",
        b"\r",
        b"'",
        b'"',
        b"[",
        b"{",
        b"&a",
        b"*a",
        b"!!x ",
    ),
    *(
        b"---\n",
        b": ",
        b"- ",
        b"#",
        b"<<<<<<< HEAD\n",
        b"![",
        b"](",
        b"[^1]",
        b"> " * 40,
        b"<script>",
        b"%ZZ",
    ),
    *(
        b"\n\n\n",
        b"javascript:",
        b"../../",
        b"{{",
        b"{%",
        b"\\",
        b"`",
        b"|",
        b"@",
        b"\xc2\xad",
        b"\xef\xbb\xbf",
    ),
)
_REPLACED = (
    *((b"title", b"titel"), (b"2024", b"2o24"), (b"gorod", b"gorodd"), (b".jpg", b".jgp"), (b"\n", b"\r\n")),
    *(
        (b":", b""),
        (b": ", b":"),
        (b"  ", b"\t"),
        (b"---", b"--"),
        (b"true", b"maybe"),
        (b"-", b"\xe2\x80\x94"),
    ),
    *((b"05", b"13"), (b"10:00", b"25:61"), (b"http", b"htp"), (b".md", b""), (b"[", b"{"), (b"'", b"")),
)
WAYS: tuple[Spoil, ...] = (
    *(_cut, _flip, _drop_line, _double_line, _swap_lines, _insert, _noise, _other_encoding, _replace),
)


def spoilt(data: bytes, seed: int) -> bytes:
    """The data, spoilt in one to three ways; always the same for a seed."""
    chance = Random(seed)
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(WAYS)(data or b"?", chance)
    return data
