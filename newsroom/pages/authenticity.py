"""«Проверить подлинность»: a page where a text or a file is held against the edition, and what it needs.

The footer of every page tells the commit that the site is made of. It must not stand in the pages: each
commit would change them all. So it is the value of a custom property in a sheet of its own, as the banner of
an emergency is; only the sheet and this page are made anew with each commit.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from newsroom.build.commit_name import CHANGED
from newsroom.build.edition import FILE_NAME, SIGNATURE_NAME
from newsroom.build.section import Output, Section
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document
from newsroom.pages.heads import head_under_home
from newsroom.pages.notice_sheet import string

URL = "/verify/"
SHEET = "verify/edition.css"
KEY_FILE = "verify/key.pem"
TEMPLATE = "verify.html"
TITLE = "Проверить подлинность"
_SHORT = 12
"""Digits of a commit that are enough to find it."""
_PREFIX = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410, 4)."""


def section(desk: Desk) -> Section:
    """The page, the sheet with the commit, and the public key where the site has one."""
    commit, key = desk.commit, desk.site.public_key

    def compose() -> Document:
        words = "Тот ли это текст, что опубликовала пресс-служба, и тот ли это файл"
        head = head_under_home(TITLE, URL, desk.site, f"{words}: {desk.site.name}")
        context = {
            "commit": commit.removesuffix(CHANGED),
            "is_changed": commit.endswith(CHANGED),
            "public_key": key,
            "edition_url": f"/{FILE_NAME}",
            "signature_url": f"/{SIGNATURE_NAME}",
            "key_url": f"/{KEY_FILE}",
        }
        return Document(head=head, template=TEMPLATE, context=context)

    def outputs() -> Iterator[Output]:
        yield desk.press.page(f"{URL.lstrip('/')}index.html", TEMPLATE, compose, {"commit": commit})
        yield desk.press.file(SHEET, lambda: sheet(commit), {"commit": commit})
        if key:
            yield desk.press.file(KEY_FILE, lambda: pem(key), {"key": key})

    return desk.press.section("verify", outputs, commit, templates=[TEMPLATE])


def sheet(commit: str) -> bytes:
    """The sheet that the footer takes the commit from; of a site that is not in git it says nothing."""
    shown = commit[:_SHORT] + CHANGED * commit.endswith(CHANGED)
    value = string(f" {shown}") if commit else '""'
    return f'@charset "utf-8";\n:root{{--edition-commit:{value}}}\n'.encode()


def pem(key: str) -> bytes:
    """A public key of Ed25519, given as base64 of its 32 bytes, as openssl reads it (RFC 7468, 13)."""
    inner = base64.b64encode(_PREFIX + base64.b64decode(key)).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{inner}\n-----END PUBLIC KEY-----\n".encode()
