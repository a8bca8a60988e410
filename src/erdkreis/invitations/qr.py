"""QR codes of links."""

import io

from django.utils.safestring import SafeString, mark_safe


def qr_svg(url: str) -> bytes:
    return _picture(url, "svg", scale=8, border=4, svgclass=None, lineclass=None)


def qr_png(url: str) -> bytes:
    return _picture(url, "png", scale=16, border=4)


def qr_inline(url: str) -> SafeString:
    """Return a QR code to stand inside a page; those who listen hear where it leads."""
    import segno  # noqa: PLC0415 - takes its time to load, and most processes draw no code

    made = segno.make(url, error="m", micro=False)
    return mark_safe(  # noqa: S308 - drawn here, from dots and lines; segno escapes the title
        made.svg_inline(
            border=2, omitsize=True, svgclass="qr-code", lineclass=None, title=f"QR: {url}"
        )
    )


def _picture(url: str, kind: str, **options: object) -> bytes:
    import segno  # noqa: PLC0415 - as above

    out = io.BytesIO()
    # Level M: still readable from a poster that got rained on.
    segno.make(url, error="m", micro=False).save(out, kind=kind, **options)
    return out.getvalue()
