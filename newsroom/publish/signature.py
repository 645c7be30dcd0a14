"""Signs an edition: Ed25519 (RFC 8032) over the bytes of ``edition.json``, which has all lists' digests.

The private key comes from the environment; the public one is a setting of the site, and stands on the page
«Проверить подлинность». ``python -m newsroom.publish.signature`` makes a new pair.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from newsroom.build.edition import FILE_NAME, SIGNATURE_NAME
from newsroom.problems import NewsroomError, Problem

VARIABLE = "NEWSROOM_SIGNING_KEY"
PUBLIC_KEY = "verify/key.pem"
"""Where a site that has a public key shows it."""
_SETTING = "public_key в NEWSROOM"


def sign(output: Path, environment: Mapping[str, str] = os.environ, *, must: bool = True) -> bool:
    """Write the signature of the edition in ``output`` beside it, or take a former one away; whether it is.

    Where the site has a public key it ``must`` be signed, unless told otherwise: in an emergency nobody
    waits for a key, nor for the right one.

    Raises NewsroomError for a key that is none, and for one that is not the site's: what readers could
    not check must not be published as signed.
    """
    file = output / SIGNATURE_NAME
    given, public = environment.get(VARIABLE, "").strip(), output / PUBLIC_KEY
    if not given:
        if must and public.is_file():
            remedy = f"задайте {VARIABLE} или уберите {_SETTING}"
            raise NewsroomError(
                [Problem(VARIABLE, 0, "у сайта есть ключ проверки, а подписать нечем", remedy)]
            )
        file.unlink(missing_ok=True)
        return False
    try:
        key = _private(given)
        _refuse_another(key, public)
    except NewsroomError:
        if must:
            raise
        file.unlink(missing_ok=True)
        return False
    data = base64.b64encode(key.sign((output / FILE_NAME).read_bytes())) + b"\n"
    if not file.is_file() or file.read_bytes() != data:
        new = file.with_name(f".{file.name}.new")
        new.write_bytes(data)
        new.replace(file)
    return True


def is_genuine(edition: bytes, signature: bytes, public_key: str) -> bool:
    """Whether ``edition.json`` was signed by the owner of a public key, given as base64."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        key.verify(base64.b64decode(signature), edition)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key_of(key: Ed25519PrivateKey) -> str:
    """The public key as the site's setting has it: base64 of 32 bytes."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def _private(given: str) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(given, validate=True))
    except (ValueError, binascii.Error):
        remedy = "задайте ключ, какой выдаёт invoke signing-key: 32 байта в base64"
        raise NewsroomError([Problem(VARIABLE, 0, "это не ключ подписи", remedy)]) from None


def _refuse_another(key: Ed25519PrivateKey, public: Path) -> None:
    if not public.is_file():
        remedy = f"впишите {_SETTING}: «{public_key_of(key)}»"
        raise NewsroomError(
            [Problem(VARIABLE, 0, "ключ подписи есть, а ключа проверки на сайте нет", remedy)]
        )
    found = load_pem_public_key(public.read_bytes())
    if (
        not isinstance(found, Ed25519PublicKey)
        or found.public_bytes_raw() != key.public_key().public_bytes_raw()
    ):
        remedy = f"впишите {_SETTING}: «{public_key_of(key)}» — или верните прежний {VARIABLE}"
        raise NewsroomError([Problem(VARIABLE, 0, "ключ подписи не от ключа проверки этого сайта", remedy)])


def main() -> int:
    """Command line: a new pair of keys, where each belongs."""
    key = Ed25519PrivateKey.generate()
    secret = base64.b64encode(key.private_bytes_raw()).decode()
    print("Секретный ключ — в переменную окружения того, кто публикует; в git его класть нельзя:")
    print(f"  {VARIABLE}={secret}")
    print("Ключ проверки — в NEWSROOM файла publishconf.py; его видят все:")
    print(f'  "public_key": "{public_key_of(key)}",')
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
