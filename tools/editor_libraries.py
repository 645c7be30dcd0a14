"""Takes the libraries of the browser editor out of npm packages: the files and their digests.

``python tools/editor_libraries.py --decap 3.16.3 --yaml 4.1.1``; needs npm. No script of a package is run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "newsroom/pages/editor/vendor"
WANTED = {
    "decap-cms": {
        "dist/decap-cms.js": "decap-cms.js",
        "dist/decap-cms.js.LICENSE.txt": "decap-cms.js.LICENSE.txt",
    },
    "decap-cms-locales": {"LICENSE": "decap-cms.LICENSE.txt"},
    "js-yaml": {"dist/js-yaml.min.js": "js-yaml.min.js", "LICENSE": "js-yaml.LICENSE.txt"},
}
"""Files of each package, and their names here; Decap's licence is in its smaller packages only."""


def fetch(package: str, version: str, folder: Path) -> Path:
    """The package as npm packs it."""
    spec = f"{package}@{version}" if version else package
    command = ("npm", "pack", "--silent", "--ignore-scripts", spec)
    named = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    return folder / named.split()[-1]


def take(archive: Path, wanted: dict[str, str]) -> None:
    """Write the wanted files of a package; raises KeyError for one it does not have."""
    with tarfile.open(archive) as packed:
        for inside, name in wanted.items():
            stream = packed.extractfile(f"package/{inside}")
            assert stream
            (VENDOR / name).write_bytes(stream.read())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decap", required=True, help="version of decap-cms")
    parser.add_argument("--yaml", required=True, help="version of js-yaml")
    options = parser.parse_args()
    versions = {"decap-cms": options.decap, "js-yaml": options.yaml}
    with tempfile.TemporaryDirectory() as folder:
        for package, wanted in WANTED.items():
            take(fetch(package, versions.get(package, ""), Path(folder)), wanted)
    digests = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(VENDOR.glob("*.js"))
    }
    (VENDOR / "digests.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
