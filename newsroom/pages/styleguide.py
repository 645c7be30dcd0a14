"""The page of components at `/styleguide/`: every component with its states. It is in a preview only."""

from __future__ import annotations

from newsroom.build.section import Section
from newsroom.content.attached import Picture
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.specimens import URL, specimens

TEMPLATE = "styleguide.html"

_AMONG = 20
"""Latest releases among which a picture is looked for."""


def section(desk: Desk) -> Section:
    """The page, alone."""
    picture = _a_picture(desk)

    def compose() -> Document:
        head = Head(url=URL, title="Компоненты", listed=False)
        context = {**specimens(desk, picture), "components": len(_components(desk))}
        return Document(head=head, template=TEMPLATE, context=context)

    page = desk.press.page("styleguide/index.html", TEMPLATE, compose, {"picture": picture})
    return desk.press.section("styleguide", lambda: [page], picture, templates=[TEMPLATE])


def _components(desk: Desk) -> list[str]:
    return desk.press.environment.list_templates(filter_func=lambda name: name.startswith("components/"))


def _a_picture(desk: Desk) -> Picture | None:
    cards = desk.library.cards(desk.library.releases[:_AMONG])
    return next((card.image for card in cards if card.image), None)
