"""While a deploy reads the output, no build may change it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsroom.build.lock import PATIENCE, lock_of
from newsroom.publish.git import DeployError


@contextmanager
def no_build_of(output: Path) -> Iterator[None]:
    """Within it the output stays as it is. Where nothing can be written beside it, no build can run."""
    lock = lock_of(output)
    try:
        lock.take(PATIENCE, _tell_of_waiting)
    except TimeoutError:
        raise DeployError(f"сборка этого сайта не кончилась за {PATIENCE:.0f} с: дождитесь её") from None
    except OSError:
        pass
    try:
        yield
    finally:
        lock.release()


def _tell_of_waiting() -> None:
    print("Идёт сборка этого сайта: ждём, пока она кончится…", file=sys.stderr, flush=True)
