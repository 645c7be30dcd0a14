"""What the rules see of a text: the pictures and links of its page, and every word where it stands."""

from __future__ import annotations

import pytest

from newsroom.check.marks import read_marks
from newsroom.content.markdown import Converter
from newsroom.content.types import Picture

BODIES = {
    "a link": "Есть [программа](plan.pdf) дня.\n",
    "a link with a title": 'Есть [программа](plan.pdf "План на день") дня.\n',
    "an address in angle brackets": "[а](<plan 1.pdf>) и [б](<b.pdf> 'Б')\n",
    "an address with brackets": "[а](/news/a_(b)/) и [б](b(1).pdf)\n",
    "words with brackets": "[план [первый]](plan.pdf)\n",
    "a link in two lines": "Есть [программа\nдня](plan.pdf) и [ещё](\nb.pdf).\n",
    "references": "[План][p], [план][] и [план]\n\n[p]: plan.pdf 'П'\n[план]: <b.pdf>\n",
    "brackets that lead nowhere": "[план] и [план][нет] и ![план]\n",
    "a picture": '![Лёд](a.jpg "Каток | И. Фамилия")\n',
    "a title with quotation marks": '![Лёд](a.jpg "Каток "Лёд" открыт")\n',
    "a linked picture": '[![Лёд](a.jpg "Каток")](/news/)\n',
    "a picture by reference": "![Лёд][a]\n\n[a]: a.jpg 'Каток | Автор'\n",
    "two pictures": "![Лёд](a.jpg)\n![Ворота](b.jpg)\n",
    "code": "`[а](b)` и ``![а](`b`)`` и [в](в.pdf)\n",
    "an escaped bracket": r"\[а](b.pdf) и [а\]](c.pdf)" + "\n",
    "bare links": "<https://a.example/> и <press@a.example> и <b>\n",
    "a list": "- [а](a.pdf)\n- ![б](b.jpg)\n",
    "a table": "| а | б |\n|---|---|\n| [а](a.pdf) | б |\n",
    "a blank line within": "[а\n\nб](c.pdf)\n",
}


def built(body: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Pictures (address, alt, title) and addresses of links as they come to a page."""
    pictures: list[tuple[str, str, str]] = []
    links: list[str] = []

    def picture(address: str, alt: str, title: str) -> Picture | None:
        pictures.append((address, alt, title))
        return None

    def link(address: str, _: str = "") -> str:
        links.append(address.removeprefix("mailto:"))
        return "/"

    Converter().convert(body, resolve_link=link, resolve_picture=picture)
    return pictures, links


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_rules_see_the_pictures_and_links_of_the_page(body: str) -> None:
    marks = read_marks(body)
    pictures, links = built(body)
    joined = [
        (mark.src, mark.alt, " | ".join(filter(None, [mark.caption, mark.author]))) for mark in marks.pictures
    ]
    assert pictures == joined
    assert sorted(links) == sorted(mark.target for mark in marks.links)
