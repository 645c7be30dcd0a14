"""A build that ends badly says why and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import TinySite


def beside(site: TinySite) -> list[str]:
    """What is in the folder of the site besides its material and its cache."""
    return sorted(path.name for path in site.folder.iterdir() if path.name not in {"content", "cache"})


def test_a_refused_build_leaves_nothing(site: TinySite) -> None:
    site.release(title=None)
    built = site.build()
    assert (1, 1, []) == (built.status, len(built.problems()), beside(site))


def test_a_refused_build_leaves_the_site_as_it_was(site: TinySite) -> None:
    site.release()
    before = site.build().files()
    site.release(title=None)
    assert before == site.build().files()
    assert ["output"] == beside(site)


def test_a_fault_of_the_program_leaves_nothing_and_is_not_hidden(site: TinySite, tmp_path: Path) -> None:
    site.release()
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "index.html").write_text("{{ 1 / 0 }}")
    site.settings = {"THEME_TEMPLATES_OVERRIDES": [str(templates)]}
    with pytest.raises(ZeroDivisionError):
        site.build()
    assert ["templates"] == beside(site)


def test_a_folder_of_somebodys_own_is_refused_before_the_material_is_read(site: TinySite) -> None:
    site.release(title=None)
    site.output.mkdir()
    (site.output / "letter.txt").write_text("mine")
    built = site.build()
    assert (1, {"letter.txt": b"mine"}) == (built.status, built.files())
    (problem,) = built.problems()
    assert "чужие файлы" in problem


def test_a_fault_of_the_settings_is_told_as_one_of_the_material(site: TinySite) -> None:
    site.url = "foo"
    built = site.build()
    assert (1, []) == (built.status, beside(site))
    assert "SITEURL не адрес: «foo»" in built.problems()[0]


def test_a_build_that_is_interrupted_is_no_success(site: TinySite) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    site.release()
    site.settings = {"JINJA_FILTERS": {"kicker": interrupt}, "THEME_TEMPLATES_OVERRIDES": [str(site.folder)]}
    (site.folder / "index.html").write_text("{{ 1|kicker }}")
    built = site.build()
    assert (130, ["index.html"]) == (built.status, beside(site))
