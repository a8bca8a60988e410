"""Look into a PDF without a library for it."""

import re
import zlib


def unpacked(pdf: bytes) -> bytes:
    """Return a PDF with everything in it that was deflated, readable behind it."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return b"\n".join([pdf, *(_inflated(stream) for stream in streams)])


def _inflated(stream: bytes) -> bytes:
    try:
        # Not `decompress`: a stream may end with what looks like the end of a line, cut off above.
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""
