"""The sites that may frame a page: written anew, or refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erdkreis.outside.origins import MOST, NoOrigin, origin, origins_in


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("HTTPS://WWW.Example.ORG/", "https://www.example.org"),
        ("https://example.org:443", "https://example.org"),
        ("https://example.org:8443/", "https://example.org:8443"),
        ("https://bäckerei.example", "https://xn--bckerei-5wa.example"),
        ("http://localhost:8001", "http://localhost:8001"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("https://[2001:DB8::1]:444", "https://[2001:db8::1]:444"),
    ],
)
def test_an_address_is_written_as_browsers_write_it(typed, written):
    assert origin(typed, is_https=True) == written


@pytest.mark.parametrize(
    "typed",
    [
        "*", "https://*.example.org", "https://*", "'self'", "'unsafe-inline'", "data:", "https:",
        "https://", "example.org", "//example.org", "ftp://example.org", "javascript:alert(1)",
        "https://a@example.org", "https://example.org/path", "https://example.org?x",
        "https://example.org#x", "https://example.org; script-src *", "https://a.example b.example",
        "https://a.example,https://b.example", "https://exa mple.org", "https://example.org:99999",
        "https://example.org:port", "https://-example.org", "https://exa_mple.org", "https://a..b",
        "https://example.org\\@evil.example", "https://exam\tple.org", "https://\u202eexample.org",
        f"https://{'a' * 64}.example", f"https://{'a.' * 200}example", "https://[::1",
    ],
)  # fmt: skip
def test_what_is_no_site_is_refused(typed):
    with pytest.raises(NoOrigin):
        origin(typed, is_https=True)


def test_a_site_without_https_may_frame_only_a_house_without_https():
    with pytest.raises(NoOrigin, match="only with https"):
        origin("http://example.org", is_https=True)
    assert origin("http://intranet:80", is_https=False) == "http://intranet"


def test_lines_are_read_once_each_and_the_first_wrong_one_is_named():
    typed = "https://a.example\n\n https://A.example/ \r\nhttps://b.example"

    assert origins_in(typed, is_https=True) == ["https://a.example", "https://b.example"]
    with pytest.raises(NoOrigin, match="nonsense is not the address of a site"):
        origins_in("https://a.example\nnonsense", is_https=True)
    many = "\n".join(f"https://s{n}.example" for n in range(MOST + 1))
    with pytest.raises(NoOrigin, match=str(MOST)):
        origins_in(many, is_https=True)


@given(st.text(max_size=60))
def test_nothing_that_is_written_can_say_more_than_an_origin(typed):
    for address in (typed, f"https://{typed}", f"https://example.org{typed}"):
        try:
            written = origin(address, is_https=True)
        except NoOrigin:
            continue
        assert written.isascii()
        assert not set(written) & set(" ;,'\"*\\@?#\n\r\t")
        assert written.count("/") == 2
