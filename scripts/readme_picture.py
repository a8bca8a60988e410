"""Photograph the demo's result page for the README: ``make look``.

A demo of its own is made in a folder that is thrown away; the picture always shows today's page.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
ERDKREIS = Path(sys.executable).with_name("erdkreis")
TARGET = ROOT / "docs" / "look" / "readme.png"
SIZE = {"width": 1280, "height": 900}
PATIENCE = 60
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, served(folder) as (url, made):
        address = next(line.split()[-1] for line in made.splitlines() if "As everyone" in line)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=os.environ.get("ERDKREIS_CHROMIUM"), args=FLAGS
            )
            page = browser.new_page(
                viewport=SIZE, locale="en-GB", color_scheme="light", device_scale_factor=1.5
            )
            page.goto(url + address.removeprefix(url))
            drawing = page.locator(".wide-form").first.bounding_box()
            size = SIZE | {"height": round(drawing["y"] + drawing["height"] + 16)}
            page.set_viewport_size(size)
            page.screenshot(path=TARGET)
            browser.close()
    print(f"Written: {TARGET.relative_to(ROOT)}")


@contextmanager
def served(folder: str, language: str = "en") -> Iterator[tuple[str, str]]:
    """Serve a fresh demo on a free port; give its address and what making it said."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    settings = {**os.environ, "ERDKREIS_DATA": folder, "ERDKREIS_URL": url}
    subprocess.run([ERDKREIS, "init"], env=settings, check=True, capture_output=True)
    demo = [ERDKREIS, "demo", "--language", language]
    made = subprocess.run(demo, env=settings, check=True, capture_output=True, text=True).stdout
    server = subprocess.Popen([ERDKREIS, "serve", "--port", str(port)], env=settings)
    try:
        wait_for(f"{url}/healthz")
        yield url, made
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address)  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("The demo did not start.")


if __name__ == "__main__":
    main()
