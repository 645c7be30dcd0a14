"""Why a file of the site was made anew: the inputs that changed, in words."""

from __future__ import annotations

from collections import Counter
from urllib.parse import unquote, urlsplit

from newsroom.build.production import Made, Production
from newsroom.content.plurals import plural

INPUTS = {
    "новый файл": "его ещё не было",
    "прежнее сделано без сборки": "прежний файл сделан без сборки, командой emergency",
    "прежнее забыто": "о прежнем издании сборка ничего не помнит",
    "файл на месте был другим": "файл в папке сайта был испорчен или изменён не сборкой",
    "program": "программа, её библиотеки, настройки, рубрики или меню сайта",
    "template": "шаблон страницы или то, что он включает",
    "release": "сам релиз или то, что он называет: темы, подразделение, событие",
    "neighbours": "релиз до него или после него",
    "related": "релизы по теме",
    "package": "есть ли у него пакет для СМИ",
    "posts": "адреса его постов в соцсетях",
    "items": "релизы, которые он показывает",
    "place": "место страницы в её списке",
    "list": "название или описание списка",
    "years": "годы, за которые есть релизы",
    "days": "число релизов по дням",
    "counts": "число релизов по месяцам",
    "content": "то, что он показывает",
    "terms": "рубрики, темы или подразделения и число их релизов",
    "words": "слова, которые на нём стоят",
    "faces": "шрифты карточек",
    "picture": "картинка",
    "photos": "фотографии и релизы, из которых они",
    "file": "вложение",
    "event": "событие",
    "events": "события и эфиры",
    "upcoming": "ближайшая дата события",
    "broadcast": "эфир",
    "issue": "номер журнала",
    "releases": "названные релизы",
    "target": "адрес, на который он ведёт",
    "rows": "строки таблицы",
    "sets": "состав открытых данных",
    "structure": "столбцы таблиц",
    "addresses": "адреса страниц",
    "notices": "экстренные сообщения",
    "parts": "части карты сайта",
}
"""What stands behind the name of an input; «он» is the file that was made."""


def why(production: Production, address: str, base: str = "") -> str:
    """What happened to the page or file at ``address`` in this build.

    An address is a path («news/2024/05/den-pobedy/») or as a browser shows it, with the
    host and with the path ``base`` that the site is served under.
    """
    path = _path(address, base)
    made = next((made for made in production.made if made.path == path), None)
    if made:
        return f"{path}: сделан заново, потому что изменилось:\n" + "\n".join(_lines(made))
    if any(path in section.paths for section in production.sections.values()):
        return f"{path}: не менялся, взят из прошлого издания"
    return f"{path}: такого файла на сайте нет"


def reasons(production: Production) -> str:
    """«Сделано заново 41 файл: …», the commonest reasons first; "" where nothing was made."""
    if not production.made:
        return ""
    counted = Counter(name for made in production.made for name in made.because)
    told = "; ".join(f"{INPUTS.get(name, name)} — {count}" for name, count in counted.most_common())
    files = plural(len(production.made), "файл", "файла", "файлов")
    return f"Сделано заново: {files}. Что изменилось: {told}"


def _lines(made: Made) -> list[str]:
    source = f" ({made.source})" if made.source else ""
    return [f"  — {INPUTS.get(name, name)}{source if name == 'release' else ''}" for name in made.because]


def _path(address: str, base: str) -> str:
    rooted = unquote(urlsplit(address).path)
    path = "" if rooted == base else rooted.removeprefix(f"{base}/").lstrip("/")
    is_page = not path or path.endswith("/") or "." not in path.rpartition("/")[2]
    return f"{path.rstrip('/')}/index.html".lstrip("/") if is_page else path
