"""An edition says what it is made of, is signed by who publishes it, and can be verified by who reads it."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import pelicanconf
from newsroom.audit.server import serving
from newsroom.problems import NewsroomError
from newsroom.publish import signature
from newsroom.publish.deploy import deploy
from newsroom.publish.signature import VARIABLE, is_genuine, public_key_of, sign
from tests.conftest import ROOT, Built, TinySite
from tests.deploying import contents, git, served

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = public_key_of(KEY)
SECRET = base64.b64encode(KEY.private_bytes_raw()).decode()
ELSE = base64.b64encode(bytes(32)).decode()


def signed_site(site: TinySite, **settings: Any) -> TinySite:
    site.settings = {"NEWSROOM": {**pelicanconf.NEWSROOM, "public_key": PUBLIC, **settings}}
    site.release()
    return site


def in_git(site: TinySite) -> str:
    """The material in a repository of its own; gives the commit."""
    git(site.content, "init", "--quiet", "--initial-branch=main")
    return committed(site)


def committed(site: TinySite) -> str:
    git(site.content, "add", "--all")
    git(site.content, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "x")
    return git(site.content, "rev-parse", "HEAD")


def told(built: Built) -> tuple[str, str]:
    """What the edition says of its commit, and the footer of every page."""
    shown = re.search(r'--edition-commit:"(.*?)"', built.text("/verify/edition.css"))
    assert shown
    return json.loads(built.text("/edition.json")).get("commit", ""), shown[1].strip()


def test_the_commit_stands_in_the_edition_and_in_the_footer(site: TinySite) -> None:
    site.release()
    commit = in_git(site)
    built = site.build()
    assert (commit, commit[:12]) == told(built)
    assert commit in built.page("/verify/").get_text()
    for url in ("/", "/news/2024/05/katok/", "/404.html"):
        footer = built.page(url).select_one(".site-footer")
        assert footer
        assert ["/verify/edition.css"] == [link["href"] for link in footer.select("link")]


def test_edits_that_are_in_no_commit_are_told_of(site: TinySite) -> None:
    site.release()
    commit = in_git(site)
    site.release("2024-05-10-led")
    assert (f"{commit}+", f"{commit[:12]}+") == told(site.build())
    assert "с правками" in site.build().page("/verify/").get_text().replace("\u00a0", " ")


def test_a_site_outside_git_names_no_commit(site: TinySite) -> None:
    site.release()
    assert ("", "") == told(site.build())


def test_another_commit_of_the_same_material_changes_no_page_but_one(site: TinySite) -> None:
    site.release()
    in_git(site)
    before = site.build().files()
    git(
        site.content, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet",
        "--allow-empty", "-m", "y",
    )  # fmt: skip
    after = site.build().files()
    changed = {path for path in before if before[path] != after[path]}
    assert {"edition.json", "edition/verify.json", "verify/edition.css", "verify/index.html"} == changed


def test_a_signed_edition_is_genuine_and_any_other_is_not(site: TinySite) -> None:
    output = signed_site(site).build().output
    assert sign(output, {VARIABLE: SECRET})
    edition, proof = (output / "edition.json").read_bytes(), (output / "edition.json.sig").read_bytes()
    assert is_genuine(edition, proof, PUBLIC)
    assert not is_genuine(edition.replace(b"1", b"2", 1), proof, PUBLIC)
    assert not is_genuine(edition, proof, ELSE)
    assert not is_genuine(edition, b"no signature", PUBLIC)


def test_openssl_verifies_it_as_the_page_says(site: TinySite, tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("no openssl")
    output = signed_site(site).build().output
    sign(output, {VARIABLE: SECRET})
    raw = tmp_path / "edition.sig"
    raw.write_bytes(base64.b64decode((output / "edition.json.sig").read_bytes()))
    command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "verify/key.pem", "-rawin"]
    run = subprocess.run(
        [*command, "-in", "edition.json", "-sigfile", str(raw)], cwd=output, capture_output=True, check=False
    )
    assert b"Signature Verified Successfully" in run.stdout


def test_a_build_leaves_no_signature_of_another_edition_to_be_published(site: TinySite) -> None:
    output = signed_site(site).build().output
    sign(output, {VARIABLE: SECRET})
    first = (output / "edition.json.sig").read_bytes()
    site.release("2024-05-10-led")
    site.build()
    sign(output, {VARIABLE: SECRET})
    assert first != (output / "edition.json.sig").read_bytes()
    assert is_genuine(
        (output / "edition.json").read_bytes(), (output / "edition.json.sig").read_bytes(), PUBLIC
    )


@pytest.mark.parametrize(
    ("public", "given", "expected"),
    [
        (PUBLIC, "", "подписать нечем"),
        (PUBLIC, "ключ", "это не ключ подписи"),
        (PUBLIC, base64.b64encode(b"short").decode(), "это не ключ подписи"),
        (PUBLIC, ELSE, "ключ подписи не от ключа проверки этого сайта"),
        ("", SECRET, f"впишите public_key в NEWSROOM: «{PUBLIC}»"),
    ],
)
def test_what_readers_could_not_verify_is_not_published(
    site: TinySite, public: str, given: str, expected: str
) -> None:
    output = signed_site(site, public_key=public).build().output
    with pytest.raises(NewsroomError, match=re.escape(expected)) as refusal:
        sign(output, {VARIABLE: given})
    assert not given or given not in str(refusal.value) or given == "ключ"
    assert not (output / "edition.json.sig").exists()


def test_a_key_of_verification_that_is_none_stops_the_build(site: TinySite) -> None:
    built = signed_site(site, public_key="не ключ").build()
    assert 1 == built.status
    assert "public_key не ключ" in built.said


def test_a_pair_of_keys_fits_together(capsys: pytest.CaptureFixture[str], site: TinySite) -> None:
    signature.main()
    said = capsys.readouterr().out
    secret, public = re.search(rf"{VARIABLE}=(\S+)", said), re.search(r'"public_key": "(\S+)"', said)
    assert secret
    assert public
    output = signed_site(site, public_key=public[1]).build().output
    assert sign(output, {VARIABLE: secret[1]})


def test_a_deploy_puts_the_signature_on_the_branch(
    site: TinySite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    bare, project = tmp_path / "site.git", tmp_path / "project"
    for folder, options in ((bare, ["--bare"]), (project, [])):
        folder.mkdir()
        git(folder, "init", "--quiet", *options)
    output = signed_site(site).build().output
    where = {"remote": str(bare), "branch": "gh-pages", "project": project, "url": site.url}
    assert "published" == deploy(output, **where)  # type: ignore[arg-type]
    site.release("2024-05-10-led")
    site.build()
    assert "published" == deploy(output, **where)  # type: ignore[arg-type]
    found = served(bare, "gh-pages", tmp_path / "clone")
    assert is_genuine(found["edition.json"], found["edition.json.sig"], PUBLIC)
    assert "unchanged" == deploy(output, **where)  # type: ignore[arg-type]


def clone_of_the_project(folder: Path) -> Path:
    """The project as it stands here, in a repository whose one commit is the same wherever it is made."""
    for file in git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if (ROOT / file).is_file() and file.partition("/")[0] in {
            "content", "newsroom", "theme", "pelicanconf.py", "publishconf.py", ".gitignore",
        }:  # fmt: skip
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / file, folder / file)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    moment = {f"GIT_{who}_DATE": "2024-06-01T00:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    names = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "core.autocrlf=false"]
    command = ["git", *names, "commit", "--quiet", "-m", "x"]
    subprocess.run(command, cwd=folder, env=os.environ | moment, check=True)
    return folder


def as_another_user(folder: Path) -> list[str]:
    """What runs a command as nobody, who may read all files; nothing where one cannot become another."""
    if os.getuid() or not shutil.which("setpriv"):
        return []
    subprocess.run(["chown", "-R", "65534:65534", str(folder)], check=True)
    powers = "+dac_override,+dac_read_search"
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", f"--inh-caps={powers}",
            f"--ambient-caps={powers}", "--"]  # fmt: skip


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine can enter: those of pytest are their owner's alone."""
    with tempfile.TemporaryDirectory(prefix="newsroom-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.slow
def test_two_builds_of_one_commit_give_the_same_manifest(open_folder: Path) -> None:
    """On two paths, as two users, in two zones, with two seeds of hashes and two languages."""
    manifests = []
    machines = (("проект раз", "1", "UTC", "C"), ("b/c/project-2", "77", "Asia/Tokyo", "ru_RU.UTF-8"))
    for number, (name, seed, zone, language) in enumerate(machines):
        folder = open_folder / name
        folder.mkdir(parents=True)
        clone_of_the_project(folder)
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONHASHSEED": seed, "TZ": zone,
            "LANG": language, "SITEURL": "https://news.example", "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        build = [sys.executable, "-m", "newsroom", "content", "--output", "output"]
        command = [*(as_another_user(folder) if number else []), *build, "--settings", "publishconf.py"]
        run = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True)
        assert 0 == run.returncode, run.stderr.decode()
        manifests.append((folder / "output/edition.json").read_bytes())
    assert manifests[0] == manifests[1]
    assert 40 == len(json.loads(manifests[0])["commit"])  # and no «+»: a build leaves its repository alone


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    assert [] == page.faults
    page.close()


def verdict(page: Any, text: str = "", file: Path | None = None) -> str:
    """What the page says of a text or a file."""
    page.fill("#verify-text", text)
    page.set_input_files("#verify-file", [str(file)] if file else [])
    page.click(".verify-form__button")
    page.locator(".verify-form__verdict", has_not_text="Проверяем").wait_for()
    return str(page.locator("[data-result]").inner_text())


@pytest.mark.slow
@pytest.mark.browser
def test_a_reader_checks_texts_and_files_in_the_browser(site: TinySite, page: Any, tmp_path: Path) -> None:
    site.picture("releases/2024/05/led.jpg")
    signed_site(site).release(
        "2024-05-09-katok", body="Лёд готов, каток откроют в десять утра.\n", image="{src: led.jpg, alt: Лёд}"
    )
    output = site.build().output
    sign(output, {VARIABLE: SECRET})
    forged = tmp_path / "led.jpg"
    picture = next((output / "news/2024/05/katok").glob("led*.jpg"))
    forged.write_bytes(picture.read_bytes() + b"!")
    with serving(output) as address:
        page.goto(f"{address}/verify/?page=/news/2024/05/katok/")
        same = verdict(page, "Лед готов; каток откроют\nв десять утра")
        assert "Текст подлинный." in same
        assert "подпись верна" in same
        other = verdict(page, "Лёд готов, каток откроют в полдень.")
        assert "Текст отличается." in other
        assert "каток откроют в полдень" in other
        assert "Файл подлинный." in verdict(page, file=picture)
        assert "Такого файла нет." in verdict(page, file=forged)
        page.fill("#verify-address", "")
        assert "/news/2024/05/katok/" in verdict(page, file=picture)
        (output / "edition.json").write_bytes(
            (output / "edition.json").read_bytes().replace(b'"releases": 1', b'"releases": 2')
        )
        assert "Подпись описи неверна" in verdict(page, file=picture)


@pytest.mark.slow
@pytest.mark.browser
def test_the_footer_shows_the_commit_without_a_script(site: TinySite, browser: Any) -> None:
    site.release()
    commit = in_git(site)
    output = site.build().output
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with serving(output) as address:
        page.goto(f"{address}/news/2024/05/katok/")
        snapshot = page.locator(".site-footer__edition").aria_snapshot()
    context.close()
    assert commit[:12] in snapshot


def test_everything_that_is_listed_is_there(site: TinySite) -> None:
    built = signed_site(site).build()
    assert "verify/key.pem" in contents(built.output)
