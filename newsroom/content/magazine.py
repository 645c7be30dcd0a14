"""A number of the magazine: its PDF measured and drawn, page by page, to leaf through."""

from __future__ import annotations

from newsroom.build import pdf
from newsroom.build.cache import ContentCache
from newsroom.build.pictures import measure, widths_for
from newsroom.content.assemble import material, stop_on_problems
from newsroom.content.attached import Attachment, Picture
from newsroom.content.names import Names
from newsroom.content.references import References
from newsroom.content.source import Source
from newsroom.content.types import ContentsLine, Issue, Leaf
from newsroom.content.typography import typograph
from newsroom.problems import NewsroomError, Problem


def issue(source: Source, names: Names, cache: ContentCache) -> Issue:
    """The number a source describes; raises NewsroomError on a PDF that cannot be read."""
    header, references = source.header, References(source)
    line = references.line("pdf")
    attachment = source.folder.attachment(header.pdf, line, title=header.title)
    releases = references.releases(header.releases, names.releases)
    stop_on_problems(references)
    assert attachment
    try:
        leaves = _leaves(source, attachment, cache)
    except pdf.PdfError as error:
        remedy = "сохраните PDF заново, без пароля"
        raise NewsroomError([Problem(source.file, line, f"файл «{header.pdf}»: {error}", remedy)]) from None
    return Issue(
        **material(source),
        number=typograph(header.number),
        date=header.date,
        pdf=attachment,
        cover=leaves[0].picture,
        leaves=leaves,
        contents=tuple(
            ContentsLine(title=typograph(entry.title), page=entry.page) for entry in header.contents
        ),
        print_run=header.print_run,
        founder=typograph(header.founder),
        editor=typograph(header.editor),
        age=header.age,
        releases=releases,
        conventional_date=header.conventional_date,
        demonstration=header.demonstration,
    )


def _leaves(source: Source, attachment: Attachment, cache: ContentCache) -> tuple[Leaf, ...]:
    facts = pdf.facts(source.folder.root / attachment.source)
    return tuple(_leaf(source, attachment, facts, index, cache) for index in range(facts.pages))


def _leaf(
    source: Source, attachment: Attachment, facts: pdf.PdfFacts, index: int, cache: ContentCache
) -> Leaf:
    number, path = index + 1, source.folder.root / attachment.source
    drawn = pdf.drawn_page(path, index, cache)
    if drawn is None:
        problem = Problem(source.file, 0, f"некуда записать кэш: {cache.folder}", "проверьте права на папку")
        raise NewsroomError([problem])
    text = cache.get(f"text {facts.digest} {index}", ".txt", lambda: pdf.page_text(path, index).encode())
    measured = measure(drawn)
    picture = Picture(
        source=f"{attachment.source}#{index}",
        digest=measured.digest,
        url=f"{source.url}{number}/page.png",
        width=measured.width,
        height=measured.height,
        widths=widths_for(measured.width),
        alt=f"Страница {number} номера {_quoted(source.header.title)}",
    )
    return Leaf(number=number, url=f"{source.url}{number}/", picture=picture, text=text.decode())


def _quoted(title: str) -> str:
    """A title in quotation marks, once: «Братская пятилетка», but «„Братская пятилетка“ № 2»."""
    alone = typograph(title)
    if alone.startswith("«") and alone.find("»") == len(alone) - 1:
        return alone
    return typograph(f"«{title}»")
