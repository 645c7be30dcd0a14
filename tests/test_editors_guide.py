"""The headers that the editors' guide shows build as they stand there, with the files that they name."""

from __future__ import annotations

import re

from newsroom.content.schema import ReleaseHeader
from tests.conftest import RELEASE, ROOT, TinySite

FENCED = re.compile(r"```yaml\n(?:---\n)?(.*?)(?:---\n)?```", re.DOTALL)
FIELD = re.compile(r"^(\w+):", re.MULTILINE)
TERMS = re.compile(r"^(?:rubric|department): .*\n", re.MULTILINE)
"""Names of the city that the guide is written for: the tiny site has others."""
FOLDER = "releases/2024/05"


def examples() -> list[str]:
    """Those of headers of releases; emergencies and checks by people have forms of their own."""
    shown = FENCED.findall((ROOT / "docs/editors.md").read_text("utf-8"))
    return [each for each in shown if set(FIELD.findall(each)) <= ReleaseHeader.fields.keys()]


def test_every_example_of_a_release_in_the_guide_builds_as_it_stands(site: TinySite) -> None:
    shown = examples()
    assert {"title", "gallery", "video", "text_later", "changes", "status"} <= {
        name for each in shown for name in FIELD.findall(each)
    }
    for number, example in enumerate(shown, 1):
        header = TERMS.sub("", example)
        given = FIELD.findall(header)
        rest = "".join(f"{name}: {value}\n" for name, value in RELEASE.items() if name not in given)
        site.write(f"{FOLDER}/2024-05-09-primer-{number}.md", f"---\n{header}{rest}---\nЛёд готов.\n")
        for width, name in enumerate(re.findall(r"[\w-]+\.jpg", header), 640):
            site.picture(f"{FOLDER}/{name}", (width, 360))
        for name in re.findall(r"[\w.-]+\.transcript\.md", header):
            site.write(f"{FOLDER}/{name}", "Голос: лёд готов.\n")
    built = site.build()
    assert 0 == built.status, built.said
