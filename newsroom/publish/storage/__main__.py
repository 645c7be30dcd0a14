"""``python -m newsroom.publish.storage deploy|emergency|rollback``: editions in an S3 storage."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsroom.build.edition import EditionError
from newsroom.content.numbers import filesize
from newsroom.content.plurals import plural
from newsroom.problems import NewsroomError
from newsroom.publish import readback
from newsroom.publish.emergency import maker
from newsroom.publish.git import DeployError
from newsroom.publish.listing import Listing
from newsroom.publish.options import INTERRUPTED, at_least_one
from newsroom.publish.public_address import public_address
from newsroom.publish.readback import Misread
from newsroom.publish.storage.bucket import Bucket
from newsroom.publish.storage.deploy import Deploy, Outcome
from newsroom.publish.storage.emergency import publish_notices
from newsroom.publish.storage.lock import SILENCE
from newsroom.publish.storage.record import rollback

_WAITS = (0, 5, 20, 65)
"""Seconds between two looks: caches before the storage keep a page for a minute."""
_NEEDED = (("bucket", "STORAGE_BUCKET"), ("endpoint", "STORAGE_ENDPOINT"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: 0 when what was asked for is done, else 1."""
    options = _parser().parse_args(arguments)
    if missing := [
        f"--{name} или {variable}" for name, variable in _NEEDED[:1] if not getattr(options, name)
    ]:
        print(f"Куда публиковать, не сказано: {', '.join(missing)}", file=sys.stderr)
        return 1
    try:
        there = _bucket(options)
        if options.command == "deploy":
            return _deploy(there, options)
        if options.command == "emergency":
            return _emergency(there, options)
        before, now = rollback(there, lambda: datetime.now(UTC))
        print(f"{options.bucket}: был выпуск {before}, теперь {now}")
    except (NewsroomError, DeployError, EditionError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        print(
            "Ничего не изменено." if options.command == "rollback" else "Публикация не окончена.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("Прервано. Повторите ту же команду: начатое она доведёт до конца.", file=sys.stderr)
        return INTERRUPTED
    return 0


def _bucket(options: argparse.Namespace) -> Bucket:
    """boto3 takes a quarter of a second to load; keys it finds in the environment by itself."""
    import boto3
    from botocore.config import Config

    settings = Config(retries={"mode": "standard", "max_attempts": 5}, max_pool_connections=32)
    client = boto3.client(
        "s3", endpoint_url=options.endpoint or None, region_name=options.region, config=settings
    )
    prefix = f"{options.prefix.strip('/')}/" if options.prefix.strip("/") else ""
    return Bucket(client=client, name=options.bucket, prefix=prefix)


def _deploy(there: Bucket, options: argparse.Namespace) -> int:
    started = time.monotonic()
    outcome = _prepared(there, options, options.output.resolve()).run()
    _tell(outcome, options.bucket, time.monotonic() - started)
    return 1 if outcome.misread else 0


def _emergency(there: Bucket, options: argparse.Namespace) -> int:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="newsroom-emergency-") as folder:
        # Nobody waits for a key, nor for what lies there and has nothing to do with the notices.
        deploy = _prepared(there, options, Path(folder, "site"), must_sign=False, sample=0)
        outcome = publish_notices(deploy, maker(options.content, deploy.url))
    if outcome is None:
        print("Ничего не опубликовано.", file=sys.stderr)
        return 1
    _tell(outcome, options.bucket, time.monotonic() - started)
    return 1 if outcome.misread else 0


def _prepared(there: Bucket, options: argparse.Namespace, output: Path, **more: Any) -> Deploy:
    url = public_address(options.url)

    def ask(listing: Listing, paths: Sequence[str], removed: Collection[str]) -> list[Misread]:
        found: list[Misread] = []
        for wait in _WAITS:
            time.sleep(wait)
            print(f"Читаем обратно: {options.read_from}, {plural(len(paths), 'файл', 'файла', 'файлов')}…")
            if not (found := readback.misread(options.read_from, listing, paths, removed=removed)):
                break
        return found

    return Deploy(
        bucket=there,
        output=output,
        url=url,
        base=urlsplit(url).path.rstrip("/"),
        asking=ask if options.read_from else None,
        keep=options.keep,
        silence=options.silence,
        **more,
    )


def _tell(outcome: Outcome, bucket: str, seconds: float) -> None:
    if outcome.happened == "unchanged":
        print(f"Уже опубликовано, изменений нет: {bucket}, выпуск {outcome.edition}")
        return
    for name, count in outcome.stages:
        print(f"  {name}: {count}")
    print(
        f"Отправлено {filesize(outcome.sent)}, было на месте {outcome.resumed}, удалено {outcome.removed}; "
        f"прочитано обратно {outcome.read}; {seconds:.1f} с"
    )
    if not outcome.misread:
        print(f"Опубликовано: {bucket}, выпуск {outcome.edition}")
        return
    print(readback.in_words(outcome.misread), file=sys.stderr)
    print(f"{_why(outcome)}.", file=sys.stderr)


def _why(outcome: Outcome) -> str:
    back = "вернулись к прежнему выпуску" if outcome.happened == "rolled-back" else "прежнего выпуска нет"
    if not all(each.answered for each in outcome.misread):
        return f"Сайт не прочитать обратно: {back}. Проверьте --read-from"
    what = (
        "Читатели получают не то, что собрано" if outcome.is_right_there else "В хранилище не то, что собрано"
    )
    return f"{what}: {back}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m newsroom.publish.storage", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    deploy = commands.add_parser("deploy")
    deploy.add_argument("output", type=Path)
    alone = commands.add_parser("emergency")
    alone.add_argument("content", type=Path)
    for each in (deploy, alone):
        each.add_argument("--url", default=os.environ.get("SITEURL", ""), help="address of the public site")
        each.add_argument("--read-from", default="", help="read the site back at this address too")
        each.add_argument("--keep", type=at_least_one, default=5, help="how many steps back are kept")
        each.add_argument(
            "--silence", type=float, default=SILENCE, help="seconds after which another deploy is dead"
        )
    for each in (deploy, alone, commands.add_parser("rollback")):
        for name, variable in _NEEDED:
            each.add_argument(f"--{name}", default=os.environ.get(variable, ""))
        each.add_argument("--region", default=os.environ.get("STORAGE_REGION", "us-east-1"))
        each.add_argument("--prefix", default="", help="folder within the bucket")
    return parser


if __name__ == "__main__":
    sys.exit(main())
