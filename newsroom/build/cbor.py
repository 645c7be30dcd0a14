"""Heads of CBOR (RFC 8949, 3), for who writes so many items that a library takes seconds."""

from __future__ import annotations

NUMBER, TEXT, ARRAY = 0, 3, 4


def head(kind: int, count: int) -> bytes:
    """How a text of so many bytes or an array of so many items begins; the whole of a number."""
    if count < 24:
        return bytes([kind << 5 | count])
    size = 1 if count < 1 << 8 else 2 if count < 1 << 16 else 4
    return bytes([kind << 5 | 23 + size.bit_length()]) + count.to_bytes(size, "big")
