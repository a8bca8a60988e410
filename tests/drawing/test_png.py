"""Drawings as PNG, with the fonts that set-up makes for it."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from drawing.examples import DRAWINGS
from erdkreis.drawing import png as module
from erdkreis.drawing.standalone import standalone_svg

CSS = Path(module.__file__).parents[1] / "pictures/static/pictures/drawings.css"
VENDOR = Path(module.__file__).parents[1] / "web/static/vendor"


def rendered(name: str) -> Image.Image:
    alone = standalone_svg(
        DRAWINGS[name](is_phone=False), css=CSS.read_text(encoding="utf-8"), width=1280
    )
    fonts = sorted(VENDOR.glob("*.ttf"))
    return Image.open(
        BytesIO(
            module.png(
                alone, fonts=fonts, sans="Atkinson Hyperlegible Next", serif="Source Serif 4"
            )
        )
    )


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_png_has_twice_the_size_and_its_words(name):
    image = rendered(name)

    assert image.width == 2 * 1280
    # Ink of letters: the darkest colour is used by words in every drawing.
    ink = sum(n for n, colour in image.convert("RGB").getcolors(1 << 24) if colour == (26, 37, 31))
    assert ink > 2000


def test_without_a_font_nothing_is_rendered():
    with pytest.raises(module.NoFont, match="font"):
        module.png(DRAWINGS["bars"](is_phone=False), fonts=[], sans="", serif="")
