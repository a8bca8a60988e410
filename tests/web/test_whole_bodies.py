"""Half a form is no form: a body that ends too early is refused wherever it is read."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError

from erdkreis.web.whole_bodies import only_whole_bodies

FORM = b"answer=4&words=Not+so+loud%2C+please."
PARTS = (
    b'--x\r\nContent-Disposition: form-data; name="answer"\r\n\r\n4\r\n'
    b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\nLoud.\r\n--x--\r\n'
)
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"


class Slowly(io.BytesIO):
    """A connection that hands out a few bytes at a time."""

    def read(self, size=-1):
        return super().read(min(size, 7) if size > 0 else 7)


def posted(body, kind, announced):
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/", "wsgi.input": Slowly(body),
        "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(announced),
    }  # fmt: skip
    return only_whole_bodies(lambda env, _start: [WSGIRequest(env).POST])(environ, None)[0]


@pytest.mark.parametrize(("body", "kind"), [(FORM, URLENCODED), (PARTS, MULTIPART)])
def test_a_whole_form_is_read_however_slowly_it_comes(body, kind):
    assert posted(body, kind, len(body))["answer"] == "4"


@pytest.mark.parametrize(("body", "kind"), [(FORM, URLENCODED), (PARTS, MULTIPART)])
def test_a_form_that_was_cut_anywhere_is_refused(body, kind):
    for n_came in range(len(body)):
        with pytest.raises(UnreadablePostError):
            posted(body[:n_came], kind, len(body))


def test_nothing_announced_is_nothing():
    assert dict(posted(b"", URLENCODED, 0)) == {}
