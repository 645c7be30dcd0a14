"""The city's own material and, beside it, what it happens to lack: every kind of page, every component.

All that is added is synthetic and says so. Whoever makes a new kind of page or a component adds an
example here, so that every look in a browser meets it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import TinySite

ROOT = Path(__file__).parent.parent

LONGEST = (
    "О внесении изменений в порядок предоставления мер социальной поддержки многодетным семьям "
    "и проведении общегородского дня благоустройства"
)


def write_model_city(tiny: TinySite) -> None:
    """The material of the model city in the folder of ``tiny``."""
    shutil.copytree(ROOT / "content", tiny.content, dirs_exist_ok=True)
    _release(tiny, "2024-02-01-samy-dlinny-zagolovok", title=LONGEST, summary=LONGEST)
    _release(
        tiny, "2024-02-02-otozvanny-reliz", status="withdrawn", withdrawal_reason="Показ отозванного релиза"
    )


def _release(tiny: TinySite, id: str, body: str = "", **header: str) -> None:
    text = "Этот текст написан для проверки страниц и ни о чём в городе не сообщает.\n"
    fields = {"rubric": "plany", "department": "press-sluzhba", **header}
    fields.setdefault("title", "Показательный релиз для проверки страниц")
    tiny.release(id, f"{text}\n{body}", **fields)
