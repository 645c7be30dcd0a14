"""A release's page and what lies beside it."""

from __future__ import annotations

import io
from urllib.parse import unquote

from PIL import Image

from tests.conftest import TinySite
from tests.pdf_files import plain

URL = "/news/2024/05/katok/"


def test_a_release_shows_its_headline_date_rubric_lead_and_body(site: TinySite) -> None:
    site.release(title="Город открыл каток", summary="Лёд готов.", body="Приходите *все*.\n")
    page = site.build().page(URL)
    assert "Город открыл каток" == page.h1.get_text(strip=True)
    assert "2024-05-09T10:00:00+08:00" == page.find("time")["datetime"]
    assert page.find("a", href="/rubrics/gorod/")
    assert "Лёд готов." in page.main.get_text()
    assert "<p>Приходите <em>все</em>.</p>" in str(page.main)


def test_texts_are_set_in_russian_typography(site: TinySite) -> None:
    site.release(title="'Каток \"Лёд\" - в центре'", body='Каток "Лёд" - 5 км от центра.\n')
    page = site.build().page(URL)
    assert "Каток «Лёд»\u00a0— в\u00a0центре" == page.h1.get_text(strip=True)
    assert "Каток «Лёд»\u00a0— 5\u00a0км от\u00a0центра." in page.main.get_text()


def test_plain_text_and_markdown_lie_beside_the_page(site: TinySite) -> None:
    site.release(title="Каток открыт", summary="Коротко.", body="Лёд **готов**.\n\n- раз\n- два\n")
    built = site.build()
    text, markdown = built.text(f"{URL}index.txt"), built.text(f"{URL}index.md")
    assert text.startswith("Каток открыт\n\n9\u00a0мая 2024\u00a0г. · Пресс-служба\n\nКоротко.\n\nЛёд готов.")
    assert text.endswith("https://news.example/news/2024/05/katok/\n")
    assert "Лёд **готов**.\n\n- раз\n- два" in markdown


def test_the_plain_versions_name_full_addresses(site: TinySite) -> None:
    body = "[Ярмарка](2024-05-10-yarmarka.md), [план][1], ![Лёд](led.jpg).\n\n[1]: plan.pdf\n"
    site.release("2024-05-09-katok", body=body)
    site.release("2024-05-10-yarmarka")
    site.picture("releases/2024/05/led.jpg")
    site.write("releases/2024/05/plan.pdf", plain())
    built = site.build()
    text, markdown = built.text(f"{URL}index.txt"), built.text(f"{URL}index.md")
    full = "https://news.example/news/2024/05/"
    assert f"Ярмарка ({full}yarmarka/), план ({full}katok/plan.pdf)" in text
    assert f"[Ярмарка]({full}yarmarka/), [план][1], ![Лёд]({full}katok/led.jpg)" in markdown
    assert f"[1]: {full}katok/plan.pdf" in markdown


def test_the_markdown_version_names_full_addresses_of_awkward_names_and_hides_notes(site: TinySite) -> None:
    body = '[План](План (1).pdf), ![Лёд](led 1.jpg "Вид").\n\n[note]: # (Уточнить у мэра)\n'
    site.release("2024-05-09-katok", body=body)
    site.picture("releases/2024/05/led 1.jpg")
    site.write("releases/2024/05/План (1).pdf", plain())
    markdown = site.build().text(f"{URL}index.md")
    full = "https://news.example/news/2024/05/katok/"
    assert f'[План]({full}plan-1.pdf), ![Лёд]({full}led-1.jpg "Вид").' in markdown
    assert "Уточнить" not in markdown


def test_an_address_is_the_one_that_was_written(site: TinySite) -> None:
    site.write("releases/2024/05/plan.pdf", plain())
    body = "[Отчёт](https://a.example/?id=5&region=38), [план](plan.pdf#page=3), [нам](mailto:a@b.example)\n"
    site.release(body=body)
    built = site.build()
    links = [str(link["href"]) for link in built.page(URL).select(".article__body a")]
    assert [
        "https://a.example/?id=5&region=38",
        "/news/2024/05/katok/plan.pdf#page=3",
        "mailto:a@b.example",
    ] == links
    assert "нам (a@b.example)" in built.text(f"{URL}index.txt")


def test_a_picture_that_is_linked_to_keeps_its_caption_and_author(site: TinySite) -> None:
    site.picture("releases/2024/05/led.jpg")
    body = '![Лёд](led.jpg "Первый день | И. Иванов")\n\n[Скачать](led.jpg)\n'
    site.release(body=body)
    data = site.build().text(URL).replace("\u00a0", " ")
    assert '"creditText":"И. Иванов"' in data
    assert '"caption":"Первый день"' in data


def test_the_plain_versions_have_all_that_the_page_says(site: TinySite) -> None:
    site.release(
        changes="[{date: 2024-05-10 09:30, note: Исправлено время}, {date: 2024-07-01, note: Из будущего}]",
        attachments="[{file: plan.pdf, title: План катка}]",
        contact="{name: Дежурный, phone: '+7 3953 00-00-00', email: press@city.example}",
        conventional_date="true",
    )
    site.write("releases/2024/05/plan.pdf", plain().ljust(1024))
    built = site.build()
    address, text = f"https://news.example{URL}plan.pdf", f"https://news.example{URL}plan-text/"
    common = (
        "Исправлено 10 мая 2024 г.: Исправлено время",
        "Дата условная: в источнике она не названа.",
        "Контакт для СМИ: Дежурный, +7 3953 00-00-00, press@city.example",
    )
    for name, document in (
        ("index.txt", f"Документы:\n\n— План катка (PDF, 1 КБ): {address}, текст: {text}"),
        ("index.md", f"Документы:\n\n- [План катка]({address}) (PDF, 1 КБ), текст: {text}"),
    ):
        paragraphs = built.text(URL + name).replace("\u00a0", " ").split("\n\n")
        assert [*common[:2], *document.split("\n\n"), common[2]] == paragraphs[-6:-1]


def test_corrections_are_shown_with_their_dates(site: TinySite) -> None:
    site.release(changes="[{date: 2024-05-10 09:30, note: Исправлено время}]")
    page = site.build().page(URL)
    assert "Исправлено время" in page.find(id="corrections").parent.get_text()
    assert "2024-05-10T09:30:00+08:00" == page.find("meta", property="article:modified_time")["content"]


def test_a_correction_of_a_later_hour_is_not_shown_yet(site: TinySite) -> None:
    site.release(changes="[{date: 2024-07-01, note: Из будущего}]")
    assert "Из будущего" not in site.build().text(URL)


def test_an_attachment_is_offered_with_type_and_size(site: TinySite) -> None:
    site.release(attachments="[{file: План катка.pdf, title: План катка}]")
    site.write("releases/2024/05/План катка.pdf", plain().ljust(1024))
    built = site.build()
    link = built.page(URL).find("a", href=f"{URL}plan-katka.pdf")
    assert "План катка" in link.get_text()
    assert "PDF" in link.parent.get_text()
    assert "1\u00a0КБ" in link.parent.get_text()
    assert plain().ljust(1024) == built.files()["news/2024/05/katok/plan-katka.pdf"]


def test_the_press_contact_is_the_departments_unless_the_release_has_its_own(site: TinySite) -> None:
    site.release("2024-05-09-katok")
    site.release("2024-05-10-yarmarka", contact="{phone: '+7 3953 00-00-00'}")
    built = site.build()
    assert "112" in built.page("/news/2024/05/katok/").main.get_text()
    assert built.page("/news/2024/05/yarmarka/").find("a", href="tel:+73953000000")


def test_neighbours_in_time_are_linked(site: TinySite) -> None:
    for id in ("2024-05-08-raz", "2024-05-09-dva", "2024-05-10-tri"):
        site.release(id, title=id)
    page = site.build().page("/news/2024/05/dva/")
    links = [link["href"] for link in page.select("[rel=prev], [rel=next]")]
    assert {"/news/2024/05/raz/", "/news/2024/05/tri/"} == set(links)


def test_related_releases_are_earlier_ones_with_the_same_event_or_tags(site: TinySite) -> None:
    site.write("events/den.md", "---\ntitle: День города\n---\n")
    site.release("2024-05-01-yarmarka", tags="yarmarka")
    site.release("2024-05-02-zima", tags="zima")
    site.release("2024-05-03-den", event="den")
    site.release("2024-05-09-katok", tags="zima", event="den")
    site.release("2024-05-10-pozzhe", tags="zima")
    related = site.build().page(URL).find(class_="related")
    links = [link["href"] for link in related.select("h3 a")]
    assert ["/news/2024/05/den/", "/news/2024/05/zima/"] == links


def test_of_one_hour_related_releases_keep_the_order_of_the_list(site: TinySite) -> None:
    """An id that begins another: the list has the longer one first."""
    for id in ("2024-05-09-den", "2024-05-09-den-2", "2024-05-09-den-3"):
        site.release(id, tags="zima", title=id)
    built = site.build()

    def related(name: str) -> list[str]:
        page = built.page(f"/news/2024/05/{name}/")
        return [str(link["href"]) for link in page.select(".related h3 a")]

    assert ["/news/2024/05/den-2/", "/news/2024/05/den/"] == related("den-3")
    assert ["/news/2024/05/den/"] == related("den-2")
    assert [] == related("den")


def test_share_links_are_plain_links_with_the_address(site: TinySite) -> None:
    site.release()
    page = site.build().page(URL)
    hosts = ["vk.com", "connect.ok.ru", "max.ru", "t.me"]
    shared = [link["href"] for link in page.select(".share-links a")]
    assert hosts == [address.split("/")[2] for address in shared]
    assert all("https%3A%2F%2Fnews.example%2Fnews%2F2024%2F05%2Fkatok%2F" in address for address in shared)


def test_a_picture_comes_in_sizes_and_formats_without_metadata(site: TinySite) -> None:
    site.release(image="{src: katok.jpg, alt: Каток вечером, author: Пресс-служба, caption: Лёд готов}")
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    buffer = io.BytesIO()
    Image.new("RGB", (1200, 600), (9, 9, 90)).save(buffer, "JPEG", exif=exif)
    site.write("releases/2024/05/katok.jpg", buffer.getvalue())
    built = site.build()
    picture = built.page(URL).find("picture")
    assert ["image/avif", "image/webp"] == [source["type"] for source in picture.find_all("source")]
    assert ("1200", "600", "Каток вечером") == tuple(picture.img[key] for key in ("width", "height", "alt"))
    figure = built.page(URL).find("figure")
    assert "Лёд готов" in figure.get_text()
    assert "Пресс-служба" in figure.get_text()
    made = {path: data for path, data in built.files().items() if path.startswith("news/2024/05/katok/katok")}
    assert {"avif", "jpg", "webp"} == {path.rsplit(".", 1)[1] for path in made}
    assert [] == [path for path, data in made.items() if b"SecretCamera" in data]
    for source in picture.find_all("source"):
        for candidate in source["srcset"].split(", "):
            assert candidate.split()[0].lstrip("/") in made


def test_a_picture_in_the_body_has_caption_and_credit(site: TinySite) -> None:
    site.release(body='![Лёд](led.jpg "Первый лёд | Иван Иванов")\n')
    site.picture("releases/2024/05/led.jpg")
    figure = site.build().page(URL).find("figure")
    assert "lazy" == figure.img["loading"]
    assert "Первый лёд" in figure.figcaption.get_text()
    assert "Иван Иванов" in figure.figcaption.get_text()


def test_a_release_has_a_card_of_1200_by_630(site: TinySite) -> None:
    site.release()
    built = site.build()
    card = Image.open(io.BytesIO(built.files()["news/2024/05/katok/card.png"]))
    assert (1200, 630) == card.size
    meta = built.page(URL).find("meta", property="og:image")
    assert "https://news.example/news/2024/05/katok/card.png" == meta["content"]


def test_a_withdrawn_release_is_a_notice_and_nothing_else(site: TinySite) -> None:
    site.release("2024-05-09-katok", tags="zima", body="Тайный текст.\n", status="withdrawn",
                 withdrawal_reason="Событие отменено", image="{src: katok.jpg, alt: Каток}")  # fmt: skip
    site.release("2024-05-10-yarmarka")
    site.picture("releases/2024/05/katok.jpg")
    built = site.build()
    assert "Событие отменено" in built.page(URL).main.get_text()
    holding = [path for path, data in built.files().items() if "Тайный текст".encode() in data]
    assert [] == holding
    beside = [path for path in built.files() if path.startswith("news/2024/05/katok/")]
    assert ["news/2024/05/katok/index.html"] == beside
    naming = [path for path, data in built.files().items() if b"/news/2024/05/katok/" in data]
    assert ["news/2024/05/katok/index.html"] == naming
    assert not built.has("/tags/zima/")


def test_a_former_address_leads_to_the_release(site: TinySite) -> None:
    site.release(aliases="[/news/2024/05/led/, /old/12345.html]")
    built = site.build()
    for alias in ("/news/2024/05/led/", "/old/12345.html"):
        assert built.page(alias).find("link", rel="canonical")["href"].endswith(URL)
        assert built.page(alias).find("meta", attrs={"http-equiv": "refresh"})["content"].endswith(URL)


def test_links_to_files_beside_the_text_and_to_other_releases_resolve(site: TinySite) -> None:
    site.release("2024-05-09-katok", body="[Ярмарка](2024-05-10-yarmarka.md#gde) и [план](plan.pdf).\n")
    site.release("2024-05-10-yarmarka", body="## Где\n\nТам.\n")
    site.write("releases/2024/05/plan.pdf", plain())
    built = site.build()
    body = built.page(URL).find(class_="article__body")
    links = [link["href"] for link in body.find_all("a")]
    assert ["/news/2024/05/yarmarka/#gde", f"{URL}plan.pdf"] == links
    assert built.has(f"{URL}plan.pdf")


def test_a_site_under_a_path_links_within_it(site: TinySite) -> None:
    site.url = "https://pages.example/newsroom"
    site.release(body="[Все новости](/news/) ![Лёд](led.jpg)\n")
    site.picture("releases/2024/05/led.jpg")
    page = site.build().page(URL)
    own = [element["href"] for element in page.find_all(["a", "link"], href=True)]
    local = [address for address in own if address.startswith("/")]
    assert local
    assert [] == [address for address in local if not address.startswith("/newsroom/")]
    assert page.img["src"].startswith("/newsroom/news/")


def test_a_reader_can_write_of_a_mistake_where_the_press_service_has_an_address(site: TinySite) -> None:
    site.release(contact="{email: press@city.example}")
    site.release("2024-05-10-yarmarka")
    built = site.build()
    letter = unquote(str(built.page(URL).select_one(".report-mistake a")["href"]))
    assert f"mailto:press@city.example?subject=Ошибка на странице https://news.example{URL}" == letter
    assert built.page("/news/2024/05/yarmarka/").select_one(".report-mistake") is None
