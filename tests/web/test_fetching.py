"""The server asks strangers, and is never sent into its own house."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from erdkreis.web import fetching
from erdkreis.web.fetching import Refused, Target, Unreachable, is_public, status_of, target_of

INSIDE = [
    "127.0.0.1", "127.1.2.3", "10.0.0.8", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1",
    "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "fe80::1%eth0", "ff02::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_inside_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111"])
def test_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "gopher://example.org", "https://", "http://",
     "https://user:secret@example.org/", "https://example.org:8443/", "http://example.org:22/",
     "https://example.org:99999/", "javascript:alert(1)", "", "http://[::1", "http://127.0.0.1/",
     "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"],
)  # fmt: skip
def test_refuses_what_is_no_public_web_address(url):
    with pytest.raises((Refused, Unreachable)):
        target_of(url)


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    both = [(socket.AF_INET, 1, 6, "", (ip, 443)) for ip in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: both)

    with pytest.raises(Refused):
        target_of("https://rebinding.example/")


class Answering(BaseHTTPRequestHandler):
    seen: list[str] = []

    def do_HEAD(self):
        self.seen.append(f"{self.command} {self.headers['Host']} {self.path}")
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
        else:
            self.send_response(405 if (self.path, self.command) == ("/get", "HEAD") else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - as the library calls it

    def log_message(self, *_args):
        pass


@pytest.fixture
def server(monkeypatch):
    """A server on this machine that plays the public one: only its first address is let through."""
    Answering.seen = []
    httpd = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    real = fetching.target_of

    def target(url):
        if url.startswith("http://public.example"):
            path = url.removeprefix("http://public.example") or "/"
            return Target("http", "public.example", "127.0.0.1", httpd.server_port, path)
        return real(url)

    monkeypatch.setattr(fetching, "target_of", target)
    yield f"127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def test_asks_the_host_that_was_meant_and_reads_no_content(server):
    assert status_of("http://public.example/page?a=1") == 200
    (line,) = Answering.seen
    assert line.startswith("HEAD public.example")
    assert line.endswith("/page?a=1")


def test_asks_again_where_a_server_does_not_like_the_short_question(server):
    assert status_of("http://public.example/get") == 200
    assert [line.split()[0] for line in Answering.seen] == ["HEAD", "GET"]


def test_a_redirect_into_the_house_is_refused(server):
    with pytest.raises(Refused):
        status_of(f"http://public.example/to/http://{server}/secret")
    assert len(Answering.seen) == 1


def test_redirects_end_somewhere(server):
    url = "http://public.example/to/" * 9 + "http://public.example/"

    with pytest.raises(Unreachable):
        status_of(url)


def test_a_name_that_does_not_exist_is_unreachable(monkeypatch):
    def nowhere(*_args, **_options):
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(Unreachable):
        status_of("https://nowhere.example/")
