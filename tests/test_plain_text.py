"""The plain-text twin of a body and the cutting of texts."""

from __future__ import annotations

import pytest

from newsroom.content.markdown import Converter
from newsroom.content.plain_text import excerpt, plain_text

BODIES = {
    "<p>Раз</p>\n<p>Два\nтри</p>": "Раз\n\nДва три",
    "<p>Раз<br>\nдва</p>": "Раз\nдва",
    "<p>10\u00a0000\u00a0раз, не\u00adразрывно</p>": "10 000 раз, неразрывно",
    "<h2 id='a'>Итоги</h2><p>Текст</p>": "Итоги\n\nТекст",
    "<ul>\n<li>раз</li>\n<li>два</li>\n</ul>": "— раз\n— два",
    "<ul><li><p>раз</p></li><li><p>два</p><p>три</p></li></ul>": "— раз\n— два\n  три",
    "<ol><li>раз</li><li>два</li></ol>": "1. раз\n2. два",
    '<ol start="9"><li>раз</li><li>два</li></ol>': "9. раз\n10. два",
    "<ul><li>раз<ol><li>а</li><li>б</li></ol></li></ul>": "— раз\n  1. а\n  2. б",
    "<table><thead><tr><th>А</th><th>Б</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>":
        "А | Б\n1 | 2",
    '<div class="table"><table><tr><td>1</td><td></td></tr></table></div>': "1 |",
    "<blockquote><p>Раз</p><p>Два</p></blockquote>": "> Раз\n>\n> Два",
    '<p>См. <a href="https://a.example/x">отчёт</a>.</p>': "См. отчёт (https://a.example/x).",
    '<p><a href="https://a.example/">https://a.example/</a></p>': "https://a.example/",
    '<p><a href="mailto:a@b.example">a@b.example</a></p>': "a@b.example",
    '<p><a href="mailto:a@b.example">почта</a></p>': "почта (a@b.example)",
    '<p><a href="tel:+73953349152">34-91-52</a></p>': "34-91-52",
    '<p><a href="#itogi">ниже</a></p>': "ниже",
    '<p><a href="/media/">СМИ</a></p>': "СМИ (https://news.example/media/)",
    "<p>Газета «<strong>Знамя</strong>»</p>": "Газета «Знамя»",
    "<p>1 &lt; 2 &amp; 3</p>": "1 < 2 & 3",
    "<pre><code>a  b\n  c\n</code></pre>": "a  b\n  c",
    "<hr>": "* * *",
    "<p>А</p><!-- нет --><p>Б</p>": "А\n\nБ",
    '<figure><a href="/o.jpg"><img src="/a.jpg" alt="Салют"></a><figcaption>Вечер. '
    '<span class="credit">Фото: И. Иванов</span></figcaption></figure>':
        "[Фото: Салют. Вечер. Фото: И. Иванов]",
    '<figure><img src="/a.jpg" alt="Салют"></figure>': "[Фото: Салют]",
    '<p>Знак <img src="/a.png" alt="ГТО"> здесь</p>': "Знак [Фото: ГТО] здесь",
    "Без абзаца": "Без абзаца",
    "": "",
}  # fmt: skip


def _absolute(path: str) -> str:
    return f"https://news.example{path}" if path.startswith("/") else path


@pytest.mark.parametrize(("html", "expected"), BODIES.items())
def test_html_reads_as_plain_text(html: str, expected: str) -> None:
    assert expected == plain_text(html, _absolute)


def test_addresses_stay_as_they_are_unless_told() -> None:
    assert "СМИ (/media/)" == plain_text('<p><a href="/media/">СМИ</a></p>')


def test_a_body_from_markdown_loses_none_of_its_words() -> None:
    source = "# Итоги\n\nВ 2023 году:\n\n* 1 530 **релизов**\n* 8 эфиров\n\n> Цитата\n\nКонец."
    html = Converter().convert(source, resolve_link=lambda a, _: a, resolve_picture=lambda *_: None)
    expected = "Итоги\n\nВ 2023 году:\n\n— 1 530 релизов\n— 8 эфиров\n\n> Цитата\n\nКонец."
    assert expected == plain_text(html)


SENTENCES = {
    "Первое. Второе.": "Первое.",
    "Куда? Туда.": "Куда?",
    "Он сказал: «Да!» И ушёл.": "Он сказал: «Да!»",
    "В г. Братске тепло. Завтра дождь.": "В г. Братске тепло.",
    "На ул. Мира ремонт. Объезд есть.": "На ул. Мира ремонт.",
    "Мэр С.В. Серебренников ответил. Все рады.": "Мэр С.В. Серебренников ответил.",
    "Мэр С. В. Серебренников ответил. Все рады.": "Мэр С. В. Серебренников ответил.",
    "Стоит 5 тыс. Рублей нет. Конец.": "Стоит 5 тыс. Рублей нет.",
    "В 2023 г. Братск вырос. Конец.": "В 2023 г. Братск вырос.",
    "Без точки": "Без точки",
    "": "",
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.items())
def test_a_sentence_ends_where_a_reader_would_stop(text: str, expected: str) -> None:
    assert expected == excerpt(text, len(expected))
    spaced = text.replace("г. ", "г.\u00a0").replace("ул. ", "ул.\u00a0")
    assert expected.replace(" ", "\u00a0") == excerpt(spaced, len(expected)).replace(" ", "\u00a0")


EXCERPTS = [
    ("Коротко.", 20, "Коротко."),
    ("Раз.\n\nДва.", 20, "Раз. Два."),
    ("Первое предложение. Второе предложение.", 25, "Первое предложение."),
    ("Да. Второе очень длинное предложение.", 20, "Да. Второе очень…"),
    ("Слово, другое и третье", 8, "Слово…"),
    ("Слово другое", 6, "Слово…"),
    ("Слово — другое и третье слово", 9, "Слово…"),
    ("Неразрывноеслово", 6, "Нераз…"),
    ("Ровно двадцать букв.", 20, "Ровно двадцать букв."),
]


@pytest.mark.parametrize(("text", "limit", "expected"), EXCERPTS)
def test_an_excerpt_is_cut_between_sentences_or_words(text: str, limit: int, expected: str) -> None:
    result = excerpt(text, limit)
    assert expected == result
    assert len(result) <= limit
