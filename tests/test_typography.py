"""Russian typography. In the tables «~» stands for a no-break space."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsroom.content.markdown import Converter
from newsroom.content.typography import typeset, typograph

QUOTES = {
    'Журнал "Братская пятилетка" вышел': "Журнал «Братская пятилетка» вышел",
    '"Начало строки"': "«Начало строки»",
    '("в скобках")': "(«в~скобках»)",
    'Телемарафон "Братск - все для Победы".': "Телемарафон «Братск~— все для~Победы».",
    '"Клуб "Юность" открыт"': "«Клуб „Юность“ открыт»",
    '"Клуб "Юность""': "«Клуб „Юность“»",
    '""Юность" открыта"': "«„Юность“ открыта»",
    '«Клуб "Юность"»': "«Клуб „Юность“»",
    "«Клуб «Юность» открыт»": "«Клуб „Юность“ открыт»",
    "«Клуб „Юность“ открыт»": "«Клуб „Юность“ открыт»",
    "«Уже готово»": "«Уже готово»",
    "Слово „лапки“ снаружи": "Слово «лапки» снаружи",
    "Слово “английское” снаружи": "Слово «английское» снаружи",
    "Три уровня «да „бы «вы» бы“ да»": "Три уровня «да „бы «вы»~бы“ да»",
    '"Раз", "два", "три"': "«Раз», «два», «три»",
    '"Раз","два"': "«Раз»,«два»",
    '"Привет!" - сказал он.': "«Привет!»~— сказал он.",
    '"Привет", - сказал он. - "Пока".': "«Привет»,~— сказал он.~— «Пока».",
    '"Куда?.."': "«Куда?..»",
    '"...и снова"': "«…и~снова»",
    'Диагональ 32" и 40" в наличии': 'Диагональ 32" и~40" в~наличии',
    'Незакрытая "кавычка': 'Незакрытая "кавычка',
    'Между " пробелами "': 'Между " пробелами "',
    'Лицей "№ 1"': "Лицей «№~1»",
    '"Школа № 5"': "«Школа №~5»",
    'ООО"Рога"': 'ООО"Рога"',
    'Газета "Знамя"\nи журнал "Заря"': "Газета «Знамя»\nи~журнал «Заря»",
    "Жанна д'Арк": "Жанна д'Арк",
    'Клуб "Чайка"-"Волна"': "Клуб «Чайка»-«Волна»",
}

DASHES = {
    "Братск - город": "Братск~— город",
    "Братск -- город": "Братск~— город",
    "Братск – город": "Братск~— город",
    "Братск — город": "Братск~— город",
    "Братск~— город": "Братск~— город",
    "VK – 10 100": "VK~— 10~100",
    "- Здравствуйте!": "—~Здравствуйте!",
    "- Здравствуйте!\n- И вам!": "—~Здравствуйте!\n—~И~вам!",
    "  - Отступ": "  —~Отступ",
    "Пресс-служба": "Пресс-служба",
    "радио- и телепередачи": "радио- и~телепередачи",
    "кое-что из-за угла": "кое-что из-за~угла",
    "-5 градусов": "-5~градусов",
    "-": "-",
    "Я... не знаю...": "Я… не~знаю…",
    "Куда?..": "Куда?..",
    "Ура!..": "Ура!..",
    "Точки....": "Точки....",
}

RANGES = {
    "10-15 человек": "10–15~человек",
    "9-11 мая": "9–11~мая",
    "в 2023-2024 годах": "в~2023–2024~годах",
    "1941-1945 гг.": "1941–1945~гг.",
    "рост 5-10%": "рост 5–10%",
    "рост 5-10 %": "рост 5–10~%",
    "ученики 5-6 классов": "ученики 5–6~классов",
    "XIX-XX вв.": "XIX–XX~вв.",
    "открыто 10:00-18:00": "открыто 10:00–18:00",
    "открыто 9:00-18:00": "открыто 9:00–18:00",
    "10:00-11:00-12:00": "10:00-11:00-12:00",
    "дата 2024-05-09": "дата 2024-05-09",
    "звоните 8-800-555-35-35": "звоните 8-800-555-35-35",
    "звоните 8 (3953) 34-91-52 с утра": "звоните 8 (3953) 34-91-52 с~утра",
    "звоните +7 3953 349 152": "звоните +7 3953 349 152",
    "тел. 41-42-43": "тел. 41-42-43".replace(". ", ".~"),
    "тел. 349-152": "тел.~349-152",
    "МБОУ «СОШ № 12-а»": "МБОУ «СОШ №~12-а»",
    "№ 12-15 рядом": "№~12-15~рядом",
    "ул. Мира, 27-35 рядом": "ул.~Мира, 27-35~рядом",
    "счёт 3-1 в матче": "счёт 3-1 в~матче",
    "счёт 1-3 в матче": "счёт 1-3 в~матче",
    "2-3-летние": "2-3-летние",
    "5-й и 6-й": "5-й и~6-й",
    "ГОСТ 7.32-2017 введён": "ГОСТ 7.32-2017~введён",
    "дело 2-1234/2023": "дело 2-1234/2023",
    "01-05 мая": "01-05~мая",
    "15-10 человек": "15-10~человек",
}

SPACES = {
    "В Братске и в Иркутске": "В~Братске и~в~Иркутске",
    "не для нас, а при них": "не~для~нас, а~при~них",
    "из-под снега": "из-под~снега",
    "что же это": "что~же это",
    "был ли он, мог бы": "был~ли он, мог~бы",
    "Женя и жена": "Женя и~жена",
    "мэр С.В. Серебренников": "мэр С.В.~Серебренников",
    "мэр С. В. Серебренников": "мэр С.~В.~Серебренников",
    "мэр Серебренников С.В.": "мэр Серебренников~С.В.",
    "мэр Серебренников С. В.": "мэр Серебренников~С.~В.",
    "№ 5, №5, § 3": "№~5, №~5, §~3",
    "г. Братск, ул. Мира, д. 5": "г.~Братск, ул.~Мира, д.~5",
    "Ул. Мира": "Ул.~Мира",
    'им. "Победы"': "им.~«Победы»",
    "9 мая 2024 г.": "9~мая 2024~г.",
    "8 Марта": "8~Марта",
    "в 2023 году": "в~2023~году",
    "с 5 до 10": "с~5 до~10",
    "2023 и 2024": "2023 и~2024",
    "5 км, 10 чел., 1000 экземпляров": "5~км, 10~чел., 1000~экземпляров",
    "1,5 км": "1,5~км",
    "20 °C и 5 %, но 5%": "20~°C и~5~%, но~5%",
    "220 В, 15 МБ, 60 Вт": "220~В, 15~МБ, 60~Вт",
    "5 Волков": "5 Волков",
    "1 530 релизов": "1~530~релизов",
    "10 000 000 раз": "10~000~000~раз",
    "713~206 просмотров": "713~206~просмотров",
    "2023 125 новых": "2023 125~новых",
    "5 тыс. рублей, 3 млн руб., 2 млрд ₽": "5~тыс.~рублей, 3~млн~руб., 2~млрд~₽",
    "1000 руб.": "1000~руб.",
    "т.е. так": "т.~е. так",
    "т. е. так": "т.~е. так",
    "и т.д.": "и~т.~д.",
    "и т. п.": "и~т.~п.",
    "до н. э.": "до~н.~э.",
    "XX век, XXI в.": "XX~век, XXI~в.",
    "Конец. Начало": "Конец. Начало",
}

UNTOUCHED = [
    "",
    " ",
    "https://www.bratsk-city.ru/a-b/?q=1...2",
    "press@bratsk-city.ru",
    "файл plan-2024-2025.pdf",
    "10:00",
    "12:30:05",
    "09.05.2024",
    "+7 (3953) 34-91-52",
    "8 800 555 35 35",
    "t.me/s/mer...x",
    "12+",
]


def _shown(text: str) -> str:
    return text.replace("\u00a0", "~")


def _typed(text: str) -> str:
    return text.replace("~", "\u00a0")


@pytest.mark.parametrize(("typed", "expected"), [*QUOTES.items(), *DASHES.items()])
def test_quotes_and_dashes_are_set(typed: str, expected: str) -> None:
    assert expected == _shown(typograph(_typed(typed)))


@pytest.mark.parametrize(("typed", "expected"), [*RANGES.items(), *SPACES.items()])
def test_numbers_and_short_words_hold_together(typed: str, expected: str) -> None:
    assert expected == _shown(typograph(_typed(typed)))


@pytest.mark.parametrize("text", UNTOUCHED)
def test_addresses_phones_and_times_stay(text: str) -> None:
    assert text == typograph(text)


WORDS = st.sampled_from([
    "в", "и", "не", "же", "Братск", "г.", "ул.", "т.", "е.", "д.", "С.", "В.", "№", "10", "15", "530",
    "2023", "10-15", "км", "-", "--", "—", "–", '"', '"слово', 'слово"', "«", "»", "„", "“", "”",
    "«слово", "слово»", "...", "…", "?", ".", ",", "(", ")", "a.ru", "x@y.ru", "8-800", "XX", "\n",
    "\u00a0", "\ufffc", "\x02", "\x03", "м", "бы", "§5", "10:00-11:00", "тыс.", "%", "+7 3953 349152",
    "““", "».",
])  # fmt: skip
TEXTS = st.lists(WORDS, max_size=12).flatmap(
    lambda words: st.lists(
        st.sampled_from(["", " ", "\u00a0"]), min_size=len(words), max_size=len(words)
    ).map(lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True)))
)


@settings(max_examples=400, deadline=None)
@given(TEXTS | st.text(max_size=40))
@example('"А «Б" В»')
@example('«А "Б» В"')
@example("«„»““")
def test_doing_it_twice_changes_nothing_more(text: str) -> None:
    once = typograph(text)
    assert once == typograph(once)


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_pieces_come_out_as_the_whole_text_would(pieces: list[str]) -> None:
    (result,) = typeset([pieces])
    assert len(pieces) == len(result)
    assert typograph("".join(pieces)) == "".join(result)


LINES = st.lists(st.lists(TEXTS, min_size=1, max_size=3), max_size=4)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_lines_set_at_once_know_nothing_of_each_other(lines: list[list[str]]) -> None:
    # A placeholder that Markdown has put in is whole in its line.
    lines = [[re.sub("[\x02\x03]", "", piece) for piece in line] for line in lines]
    assert [typeset([line])[0] for line in lines] == typeset(lines)


def test_nothing_but_marks_and_spaces_is_ever_changed() -> None:
    text = "\n".join([*QUOTES, *DASHES, *RANGES, *SPACES])
    letters = [letter for letter in text if letter.isalnum()]
    assert letters == [letter for letter in typograph(text) if letter.isalnum()]


IN_MARKDOWN = {
    'Газета "**Знамя** труда" вышла': "Газета «<strong>Знамя</strong> труда» вышла",
    '"**Знамя**"': "«<strong>Знамя</strong>»",
    '**"Знамя"**': "<strong>«Знамя»</strong>",
    '*Клуб "Юность "1"*"': "<em>Клуб «Юность „1“</em>»",
    'Читайте ["Знамя"](/a/) - газету': 'Читайте <a href="/a/">«Знамя»</a>~— газету',
    "в **Братске**": "в~<strong>Братске</strong>",
    "**в** Братске": "<strong>в</strong>~Братске",
    "10 **км**": "10~<strong>км</strong>",
    "Братск **-** город": "Братск~<strong>—</strong> город",
    '`a - "b"` - код': '<code>a - "b"</code>~— код',
    "в `коде`": "в~<code>коде</code>",
    "<https://a.example/b...c>": (
        '<a href="https://a.example/b...c" rel="noopener">https://a.example/b...c</a>'
    ),
    "строка\n— другая": "строка~— другая",
    "раз  \n- два": "раз<br>\n—~два",
    "10\\-15 человек": "10-15~человек",
    "&laquo;Клуб &quot;Юность&quot;&raquo;": "«Клуб „Юность“»",
    "сноска[^1] и 5 слов": "сноска[^1] и~5~слов",
    "AT&T и <b>": "AT&amp;T и~&lt;b&gt;",
}


def _html(source: str) -> str:
    html = Converter().convert(source, resolve_link=lambda a, _: a, resolve_picture=lambda *_: None)
    return _shown(html)


@pytest.mark.parametrize(("source", "expected"), IN_MARKDOWN.items())
def test_a_line_is_set_as_a_whole_across_its_elements(source: str, expected: str) -> None:
    assert f"<p>{expected}</p>" == _html(source)


def test_each_item_cell_and_heading_is_a_line_of_its_own() -> None:
    assert '<h2 id="a">«А»</h2>' == _html('# "А"')
    assert "<ul>\n<li>«А</li>\n<li>Б»</li>\n</ul>".replace("«", '"').replace("»", '"') == _html('* "А\n* Б"')
    assert "<li>в~Братске<ul>\n<li>в~Иркутске" in _html("* в Братске\n    * в Иркутске")
    table = _html('| "А" | Б |\n|---|---|\n| 1 530 | 5 км |')
    assert '<th scope="col">«А»</th>' in table
    assert "<td>1~530</td>\n<td>5~км</td>" in table


def test_an_indented_paragraph_is_a_paragraph_and_no_code() -> None:
    assert "<p>Раз.</p>\n<p>Два.</p>" == _html("\tРаз.\n\n    Два.")
