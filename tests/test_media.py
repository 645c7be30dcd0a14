"""What is served beside the pages is made of the very files that were read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from newsroom.build.cache import ContentCache
from newsroom.build.pictures import measure
from newsroom.content.attached import Picture
from newsroom.content.types import Page
from newsroom.pages.media import Media
from newsroom.problems import NewsroomError
from tests.sample_library import desk, library


def draw(path: Path, shade: int) -> None:
    Image.new("RGB", (40, 30), (shade, 0, 0)).save(path)


def test_a_picture_that_changed_since_it_was_read_is_not_kept_as_the_one_it_was(tmp_path: Path) -> None:
    file = tmp_path / "led.png"
    draw(file, 10)
    read = measure(file)
    picture = Picture(source="led.png", digest=read.digest, url="/led.png", width=40, height=30, widths=(40,))
    media, press = Media(tmp_path, ContentCache(tmp_path / "cache")), desk(library()).press
    outputs = list(media.outputs(Page(id="a", title="", url="/", pictures=(picture,)), press))
    draw(file, 20)
    for output in outputs:
        with pytest.raises(NewsroomError, match="картинка изменилась, пока собирался сайт"):
            output.make()
    draw(file, 10)
    before = [output.make() for output in outputs]
    draw(file, 20)
    assert before == [output.make() for output in outputs]  # of the cache
