"""``python -m newsroom.importing.word_draft``: a Word document becomes the draft of a release."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsroom.content.draft import draft_path, draft_text
from newsroom.content.plain_text import excerpt
from newsroom.content.values import LONGEST_TITLE
from newsroom.importing import word_notes
from newsroom.importing.addresses import full_address
from newsroom.importing.blocks import FIRST_BLOCKS, Block, Heading, Paragraph, without_title, write
from newsroom.importing.escaping import visible
from newsroom.importing.found_pictures import TOO_LARGE, for_the_web, free_name, is_too_large, own_words
from newsroom.importing.html_to_markdown import read_html
from newsroom.importing.kept import letters
from newsroom.importing.reading_back import page_text
from newsroom.importing.word import PICTURE, WordDocument, read_word
from newsroom.importing.word_losses import losses_of, missing_words
from newsroom.importing.writing import write_all
from newsroom.problems import NewsroomError

SUMMARY_LIMIT = 200
"""Characters of the first paragraph that are offered as a summary."""
_LETTERHEADS = frozenset({"прессрелиз", "новость", "новости", "анонс", "информация", "длясми", "прессслужба"})
_SHORTEST_LEAD = 40
"""Characters of a first paragraph; a date or an addressee has less."""
_LISTED = 20
"""Words told of that are not in the draft."""


@dataclass(frozen=True)
class WordDraft:
    """Where the draft lies, the names of its pictures, and what an editor should look at."""

    path: Path
    pictures: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def write_word_draft(content: Path, document: Path, now: datetime, title: str = "") -> WordDraft:
    """Write the draft and its pictures; nothing is written if anything is wrong, nothing overwritten.

    Raises NewsroomError where the file is no Word document, or of its title no address can be made.
    """
    word = read_word(document)
    body, notes = word_notes.apart(word.html)
    title = visible(title or _title_in(read_html(body, _Quiet())) or document.stem.replace("_", " "))
    path = draft_path(content, title, now)
    desk = _WordDesk(word, path)
    blocks = word_notes.with_notes(_text(read_html(body, desk), title, desk), notes, desk)
    markdown = write(blocks)
    text = draft_text(content, title, now, summary=_summary(blocks), body=markdown)
    remarks = [*losses_of(word), *desk.losses]
    # Captions stand in the Markdown alone; what was told of is not lost in silence.
    shown = " ".join([title, page_text(markdown), markdown, *desk.losses])
    if lost := missing_words(word, shown):
        remarks.append(f"этих слов документа в черновике нет: {', '.join(lost[:_LISTED])}")
    write_all({path.parent / name: data for name, data in desk.files.items()} | {path: text.encode()})
    return WordDraft(path, tuple(desk.files), tuple(dict.fromkeys(remarks)))


class _Quiet:
    """The desk of a first look: everything may stay, nothing is told."""

    def link(self, address: str) -> str:
        return address

    def picture(self, address: str) -> str:
        return address

    def alt(self, written: str, caption: str) -> str:  # noqa: ARG002
        return written

    def lost(self, what: str) -> None:
        pass


class _WordDesk:
    """Gives pictures names beside the draft; keeps them in ``files`` until all is ready."""

    def __init__(self, word: WordDocument, path: Path) -> None:
        self.files: dict[str, bytes] = {}
        self.losses: list[str] = []
        self._word, self._stem = word, path.stem[len("2024-05-09-") :]
        self._taken = {entry.name for entry in path.parent.glob("*")}
        self._names: dict[str, str] = {}

    def link(self, address: str) -> str:
        if address.startswith(PICTURE):
            return ""
        if address.startswith("#"):
            self.lost("ссылки внутри документа не вошли: слова остались")
            return ""
        if not (full := full_address(address)):
            self.lost(f"ссылка на «{address}» не вошла: такой адрес открывается не у всех; слова остались")
        return full

    def picture(self, address: str) -> str:
        number = address.removeprefix(PICTURE)
        if number == address:
            return ""
        if address not in self._names:
            self._names[address] = self._keep(int(number))
        return self._names[address]

    def alt(self, written: str, caption: str) -> str:  # noqa: ARG002
        """An editor is asked for what nobody has described: the check tells of it."""
        return own_words(written)

    def lost(self, what: str) -> None:
        self.losses.append(what)

    def _keep(self, number: int) -> str:
        data = self._word.pictures[number]
        if not data:
            self.lost("картинка не лежит в документе, а показана в нём по ссылке: положите её в папку релиза")
            return ""
        made = for_the_web(data)
        if made is None:
            unknown = "такой вид браузеры не показывают; сохраните её как PNG"
            why = TOO_LARGE if is_too_large(data) else unknown
            self.lost(f"картинка № {number + 1} не вошла: {why}")
            return ""
        data, suffix = made
        name = free_name(self._stem, suffix, self._taken | set(self.files))
        self.files[name] = data
        return name


def _title_in(blocks: Sequence[Block]) -> str:
    """The first heading, or the first line that is bold as a whole, near the beginning; "" without one."""
    first = blocks[:FIRST_BLOCKS]
    headings = [block.words for block in first if isinstance(block, Heading)]
    bold = [block.words for block in first if isinstance(block, Paragraph) and block.is_bold]
    titles = [words for words in headings + bold if len(words) <= LONGEST_TITLE]
    return next((words for words in titles if letters(words) and letters(words) not in _LETTERHEADS), "")


def _text(blocks: Sequence[Block], title: str, desk: _WordDesk) -> list[Block]:
    """The blocks without the title and without a letterhead, which the site has of its own."""
    kept: list[Block] = []
    for place, block in enumerate(without_title(blocks, title)):
        words = block.words if isinstance(block, Heading | Paragraph) else ""
        if place < FIRST_BLOCKS and letters(words) in _LETTERHEADS:
            desk.lost(f"строка бланка «{words}» не вошла")
        else:
            kept.append(block)
    return kept


def _summary(blocks: Sequence[Block]) -> str:
    """The beginning of the first paragraph that is more than a letterhead; an editor can better it."""
    paragraphs = (block.words for block in blocks if isinstance(block, Paragraph))
    return excerpt(next((words for words in paragraphs if len(words) >= _SHORTEST_LEAD), ""), SUMMARY_LIMIT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: write the draft by the clock of the settings, say what to look at; 1 on a problem."""
    from pelican.settings import read_settings

    from newsroom.settings import read_site

    parser = argparse.ArgumentParser(prog="newsroom.importing.word_draft")
    parser.add_argument("content", type=Path)
    parser.add_argument("document", type=Path)
    parser.add_argument("--title", default="")
    parser.add_argument("--settings", default="pelicanconf.py")
    options = parser.parse_args(arguments)
    try:
        site = read_site(read_settings(options.settings))
        made = write_word_draft(
            options.content, options.document, site.now.astimezone(site.tz), options.title
        )
    except NewsroomError as error:
        print(error, file=sys.stderr)
        return 1
    print(made.path)
    for picture in made.pictures:
        print(made.path.parent / picture)
    if made.remarks:
        print("\nПосмотрите в документе — это вошло не так, как было:")
    for remark in made.remarks:
        print(f"  - {remark}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
