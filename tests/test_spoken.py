"""Quotations of a release are found with their speakers, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from newsroom.pages.spoken import quotations

SPEECH = [
    ("<p>«Лёд готов», — сказал директор катка.</p>", "Лёд готов | сказал директор катка"),
    ("<p>«Лёд готов!» — сказал директор. Каток ждёт.</p>", "Лёд готов! | сказал директор"),
    ("<p>«Лёд готов, — сказал директор. — Ждём всех».</p>", "Лёд готов / Ждём всех | сказал директор"),
    ("<p>«Ждёте? — спросили мы, и директор ответил. — Ждём».</p>",
     "Ждёте? / Ждём | спросили мы, и директор ответил"),
    ("<p>Каток открыт. Директор катка отметил: «Ждём всех».</p>", "Ждём всех | Директор катка отметил"),
    ("<p>«Завод „Лёд“ готов», — подчеркнула А. А. Примерная. Всё.</p>",
     "Завод „Лёд“ готов | подчеркнула А. А. Примерная"),
    ("<p>«Готов <strong>весь</strong> <a href=\"/led/\">лёд</a>», — сообщила служба.</p>",
     "Готов весь лёд | сообщила служба"),
    ("<p>— Лёд готов, — сказал директор. — Ждём всех.</p>", "Лёд готов / Ждём всех. | сказал директор"),
    ("<blockquote>\n<p>Лёд готов.</p>\n<p>— директор катка</p>\n</blockquote>",
     "Лёд готов. | директор катка"),
    ("<p>Из обращения мэра:</p>\n<blockquote><p>Лёд готов.</p><p>Ждём.</p></blockquote>",
     "Лёд готов. / Ждём. | Из обращения мэра"),
    ("<ul><li>«Раз», — сказал один.</li><li>«Два», — сказала другая.</li></ul>",
     "Раз | сказал один; Два | сказала другая"),
]  # fmt: skip
NO_SPEECH = [
    "<p>Магазин «Уют» — рядом с домом быта «Чайка».</p>",
    "<p>Открыты: «Уют», «Чайка».</p>",
    "<p>Журнал «Пятилетка», — он вышел в декабре.</p>",
    "<p>На афише: «Лёд».</p>",
    "<blockquote><p>Выдержка из порядка.</p></blockquote>",
    "<p>«Без пары</p>",
    "<p></p>",
    "",
]


@pytest.mark.parametrize(("html", "expected"), SPEECH)
def test_speech_is_found_with_its_speaker(html: str, expected: str) -> None:
    found = (f"{' / '.join(each.pieces)} | {each.said_by}" for each in quotations(html))
    assert expected == "; ".join(found)


@pytest.mark.parametrize("html", NO_SPEECH)
def test_names_and_words_of_nobody_are_no_quotations(html: str) -> None:
    assert [] == quotations(html)
