"""A drawing as PNG, for slides and mails."""

from collections.abc import Sequence
from pathlib import Path

from erdkreis.drawing.svg import Markup


class NoFont(ValueError):
    """Without a font file the picture would come out without its words, and nobody would notice."""


def png(
    drawing: Markup, *, fonts: Sequence[Path], sans: str, serif: str, zoom: float = 2.0
) -> bytes:
    """Render a standalone drawing.

    Parameters
    ----------
    drawing : Markup
        As ``standalone_svg`` returns it.
    fonts : sequence of Path
        TrueType or OpenType files, at least one; fonts of the machine are not used, so that the
        same drawing gives the same picture everywhere.
    sans, serif : str
        Names of the families in these files.
    zoom : float
        Pixels per pixel of the drawing; 2 for print.

    Returns
    -------
    bytes
        A PNG file.

    Raises
    ------
    NoFont
        No font was handed in.

    References
    ----------
    resvg, a renderer of static SVG: decisions 0031 and 0054.

    Examples
    --------
    >>> png(Markup("<svg/>"), fonts=[], sans="Inter", serif="Lora")
    Traceback (most recent call last):
    ...
    erdkreis.drawing.png.NoFont: A PNG needs at least one font file. The SVG can be \
downloaded without.
    """
    import resvg_py  # noqa: PLC0415 - heavy, and most processes never need it

    if not fonts:
        raise NoFont("A PNG needs at least one font file. The SVG can be downloaded without.")
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=str(drawing),
            zoom=zoom,
            skip_system_fonts=True,
            font_files=[str(font) for font in fonts],
            font_family=sans,
            sans_serif_family=sans,
            serif_family=serif,
        )
    )
