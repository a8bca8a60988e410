"""Compare what a browser paints with the picture that was looked at before.

Another build of the same browser draws edges of letters a little differently. So both pictures are
blurred by a few pixels first: what is left then is a piece that moved, or a colour that changed.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "docs" / "look"
DIFFERING = ROOT / "test-results" / "look"
COLOURS = 128  # enough for a page, a third of the size
BLUR = 3
NOTICED = 9  # of 255, in the colour that differs most, after blurring
MOST_DIFFERING = 0.0005  # of all pixels: a word's worth


def painted(shot: bytes) -> Image.Image:
    return Image.open(BytesIO(shot)).convert("RGB")


def keep(name: str, now: Image.Image) -> None:
    """Store a picture as the golden one, small."""
    GOLDEN.mkdir(exist_ok=True)
    few = now.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(GOLDEN / f"{name}.png", optimize=True)


def golden(name: str) -> Image.Image | None:
    path = GOLDEN / f"{name}.png"
    return Image.open(path).convert("RGB") if path.exists() else None


def difference(before: Image.Image, now: Image.Image) -> Image.Image:
    """Return white where somebody would see a difference, black elsewhere."""
    soft = ImageFilter.BoxBlur(BLUR)
    apart = ImageChops.difference(before.filter(soft), now.filter(soft))
    most = ImageChops.lighter(ImageChops.lighter(*apart.split()[:2]), apart.split()[2])
    return most.point(lambda value: 255 if value >= NOTICED else 0)


def is_alike(before: Image.Image, now: Image.Image) -> bool:
    return _share(difference(before, now)) <= MOST_DIFFERING


def _share(where: Image.Image) -> float:
    return where.histogram()[255] / (where.width * where.height)


def finding(name: str, now: Image.Image) -> str:
    """Say how a picture differs from the golden one, and write down where."""
    before = golden(name)
    if before is None:
        return f"{name}: there is no golden picture yet"
    if before.size != now.size:
        return f"{name}: {now.size} instead of {before.size}"
    if is_alike(before, now):
        return ""
    where = difference(before, now)
    path = _write(name, before, now, where)
    left, top, right, bottom = where.getbbox()
    return (
        f"{name}: {_share(where):.2%} of it looks different, between ({left}, {top}) and "
        f"({right}, {bottom}); before, now and where: {path}"
    )


def _write(name: str, *pictures: Image.Image) -> Path:
    """Put the pictures beside each other into a file that is not kept."""
    DIFFERING.mkdir(parents=True, exist_ok=True)
    width, height = pictures[0].size
    beside = Image.new("RGB", (len(pictures) * (width + 8), height), "white")
    for i, picture in enumerate(pictures):
        beside.paste(picture, (i * (width + 8), 0))
    beside.save(path := DIFFERING / f"{name}.png")
    return path
