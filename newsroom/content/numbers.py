"""Numbers and file sizes as Russian readers expect them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
MINUS = "\u2212"

_UNITS = ("КБ", "МБ", "ГБ", "ТБ")


def number(value: float | Decimal) -> str:
    """«713 206», «1 530», «0,5»: groups of three with no-break spaces, a decimal comma.

    Four digits are grouped too, as the press service writes them itself. Fractions
    keep the digits they have.
    """
    if isinstance(value, int):
        return f"{value:,}".replace(",", NBSP).replace("-", MINUS)
    sign = MINUS if value < 0 else ""
    plain = f"{abs(Decimal(str(value))):,f}"
    whole, _, fraction = plain.partition(".")
    fraction = fraction.rstrip("0")
    return sign + whole.replace(",", NBSP) + ("," + fraction if fraction else "")


def filesize(size: int) -> str:
    """«1,2 МБ», «340 КБ», «17 байт»; ``size`` in bytes, a kilobyte is 1024 of them (ГОСТ 8.417, 4.3).

    One decimal place below ten of a unit, none above. Raises ValueError below zero.
    """
    if size < 0:
        raise ValueError(f"размер файла меньше нуля: {size}")
    if size < 1024:
        return f"{size}{NBSP}{_bytes(size)}"
    scaled = Decimal(size)
    for unit in _UNITS:
        scaled /= 1024
        # Rounding can carry into the next unit: 1023,7 КБ is 1 МБ and not 1024 КБ.
        if _rounded(scaled) < 1024 or unit == _UNITS[-1]:
            break
    return f"{number(_rounded(scaled))}{NBSP}{unit}"


def _rounded(value: Decimal) -> Decimal:
    tenths = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return tenths if tenths < 10 else value.quantize(Decimal(1), ROUND_HALF_UP)


def _bytes(size: int) -> str:
    few = 2 <= size % 10 <= 4 and not 12 <= size % 100 <= 14
    return "байта" if few else "байт"
