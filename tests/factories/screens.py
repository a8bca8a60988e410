"""A real browser that is given finished answers: what a test client got, seen by an eye."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

from django.contrib.staticfiles import finders

ORIGIN = "http://testserver"
# Fonts, style and scripts come once, and not with every page.
FOR_LONG = {"Cache-Control": "max-age=86400, immutable"}


class Screen:
    """One window. Whatever it asks for, it asks this house, which lets nothing out of the machine.

    A proxy, and no routes: with routes a browser keeps nothing it has once got.
    """

    def __init__(self, browser, **options) -> None:
        self.house = _House(("127.0.0.1", 0), _HandOut)
        self.house.refused = self.refused
        Thread(target=self.house.serve_forever, daemon=True).start()
        proxy = {"server": f"http://127.0.0.1:{self.house.server_port}"}
        self.context = browser.new_context(proxy=proxy, **options)
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()

    def show(self, address: str, answer) -> None:
        self.house.address, self.house.answer = ORIGIN + address.partition("#")[0], answer
        self.page.goto(f"{ORIGIN}{address}", wait_until="load")

    def refused(self, url: str) -> None:
        """Take note that a page asked for something that is not there."""

    def close(self) -> None:
        self.context.close()
        self.house.shutdown()
        self.house.server_close()


class _House(ThreadingHTTPServer):
    daemon_threads = True
    address, answer = "", None

    def handle_error(self, _request, _client_address) -> None:
        """A window that is shut before all has come is no fault."""


class _HandOut(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.removeprefix(ORIGIN).partition("?")[0]
        if unquote(self.path) == unquote(self.server.address):
            self._send(self.server.answer.content, dict(self.server.answer.items()))
        elif found := path.startswith("/static/") and finders.find(path.removeprefix("/static/")):
            kind = guess_type(found)[0] or "application/octet-stream"
            self._send(Path(found).read_bytes(), {"Content-Type": kind, **FOR_LONG})
        else:
            self.server.refused(self.path)
            self.send_error(404)

    def do_CONNECT(self) -> None:
        self.server.refused(f"https://{self.path}")
        self.send_error(403)

    do_POST = do_CONNECT  # noqa: N815 - named as the base class looks it up

    def log_message(self, *_what) -> None:
        """Say nothing: what matters is asserted."""

    def _send(self, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            if name != "Content-Length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
