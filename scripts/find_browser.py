"""Find a Chromium for the browser tests and print where it is.

As root on Debian or Ubuntu it is installed; elsewhere one command is named. A missing browser is a
failure: tests that are skipped in silence protect nobody.
"""

import os
import shutil
import sys
from pathlib import Path

from debian import install_as_root

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    named = os.environ.get("ERDKREIS_CHROMIUM")
    if named and Path(named).exists():
        return named
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    return on_path or _of_playwright()


def _of_playwright() -> str | None:
    """Look where ``playwright install chromium`` puts its own."""
    caches = [Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"]
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
    places = [p for cache in caches for pattern in patterns for p in cache.glob(pattern)]
    return str(max(places)) if places else None


def main() -> None:
    if not found():
        install_as_root("chromium", "Chromium")
    browser = found()
    if not browser:
        sys.exit(
            "The browser tests need Chromium, and there is none. Install it with one of\n"
            "  sudo apt-get install chromium\n"
            "  .venv/bin/playwright install chromium\n"
            "or say where it is: export ERDKREIS_CHROMIUM=/path/to/chromium"
        )
    print(browser)


if __name__ == "__main__":
    main()
