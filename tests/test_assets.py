"""Static files carry a digest of their bytes in their names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsroom.build.assets import Assets


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    for name, text in {
        "css/main.css": '/* order */\n@layer base, components;\n@import "base.css" layer(base);\n'
        '@import "components/card.css" layer(components);\n',
        "css/base.css": "@font-face { src: url('../fonts/text.woff2') }\n  body { margin: 0 }\n",
        "css/components/card.css": ".card { background: url(data:image/gif;base64,R0) }\n",
        "fonts/text.woff2": "face",
        "js/site.js": "// says what it does\nrun() // now\n  // and why\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_sheet_holds_what_it_imports_in_its_layers(theme: Path) -> None:
    assets = {re.sub(r"\.[0-9a-f]{8}\.", ".", asset.url): asset.data.decode() for asset in Assets(theme)}
    text = assets["/theme/main.css"]
    assert "@import" not in text
    assert "order" not in text
    assert text.index("@layer base{") < text.index("body{ margin: 0 }") < text.index("@layer components{")


def test_addresses_in_sheets_are_those_of_the_files_published(theme: Path) -> None:
    assets = Assets(theme, base="/newsroom")
    sheet = next(asset for asset in assets if asset.url == assets.url("main.css")).data.decode()
    assert f"url(/newsroom{assets.url('fonts/text.woff2')})" in sheet
    assert "url(data:image/gif;base64,R0)" in sheet


def test_a_script_goes_without_lines_of_comment(theme: Path) -> None:
    assets = Assets(theme)
    script = next(asset for asset in assets if asset.url == assets.url("site.js"))
    assert b"run() // now\n" == script.data


def test_a_changed_file_has_a_new_address(theme: Path) -> None:
    before = Assets(theme).addresses
    (theme / "fonts/text.woff2").write_text("other face")
    after = Assets(theme).addresses
    changed = {name for name in before if before[name] != after[name]}
    assert {"fonts/text.woff2", "main.css"} == changed


def test_an_unknown_name_is_an_error(theme: Path) -> None:
    with pytest.raises(KeyError):
        Assets(theme).url("lost.css")


def test_the_icon_is_what_its_script_draws() -> None:
    from tests.conftest import ROOT
    from tools.favicon import make_icon

    assert make_icon() == (ROOT / "theme/root/favicon.ico").read_bytes()
