"""Pages with the text of a file that not everybody can read or hear: of a PDF, of a recording."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from newsroom.build.pdf import PdfError
from newsroom.build.section import Output
from newsroom.content.attached import FileText
from newsroom.content.types import Material
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.heads import HOME
from newsroom.pages.structured_data import breadcrumbs
from newsroom.problems import NewsroomError, Problem

TEMPLATE = "file_text.html"


def outputs(owner: Material, desk: Desk) -> Iterator[Output]:
    """A page for each text of the files beside a page; making one raises NewsroomError for a broken PDF."""
    for text in owner.texts:
        yield desk.press.page(
            f"{text.url.lstrip('/')}index.html",
            TEMPLATE,
            partial(_document, owner, text, desk),
            {"text": text, "owner": (owner.title, owner.url)},
            source=owner.source,
        )


def _document(owner: Material, text: FileText, desk: Desk) -> Document:
    title = f"{text.file.title}: {'текст' if text.file.kind == 'PDF' else 'расшифровка'}"
    crumbs = (HOME, (owner.title, owner.url))
    head = Head(
        url=text.url,
        title=title,
        description=f"{title}. {owner.title}",
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, title, text.url, desk.site),),
        source=owner.source,
    )
    pages, language = _pages(owner, text, desk) if text.html is None else ([text.html], "")
    context = {"owner": owner, "text": text, "pages": pages, "language": language}
    return Document(head=head, template=TEMPLATE, context=context)


def _pages(owner: Material, text: FileText, desk: Desk) -> tuple[list[str], str]:
    """HTML of the pages of a PDF, "" for one without words; the language, "" where it is the site's own."""
    # Late: few builds make such a page.
    from newsroom.build.pdf_text import pdf_text
    from newsroom.content.rejoining import paragraphs, paragraphs_html

    path = desk.media.root / text.file.source
    try:
        found = pdf_text(path, text.file.digest, desk.media.cache)
    except PdfError as error:
        raise NewsroomError(
            [Problem(owner.source, 0, f"файл «{path.name}»: {error}", "соберите сайт снова")]
        ) from None
    language = "" if found.language.lower().startswith("ru") else found.language
    return [paragraphs_html(paragraphs(page)) for page in found.pages], language
