"""The head of a page that stands right under the home page."""

from __future__ import annotations

from newsroom.pages.document import Head
from newsroom.pages.structured_data import breadcrumbs
from newsroom.settings import Site

HOME = ("Главная", "/")
"""Title and address of the home page, the first crumb everywhere."""


def head_under_home(title: str, url: str, site: Site, description: str = "", source: str = "") -> Head:
    """A head with the home page as its only crumb; ``source`` is the content file it comes from."""
    return Head(
        url=url,
        title=title,
        description=description or f"{title}: {site.name}",
        crumbs=(HOME,),
        data=(breadcrumbs((HOME,), title, url, site),),
        source=source,
    )
