"""Only a proxy that the operator named may say that a visitor came encrypted."""

import pytest
from django.test import Client, RequestFactory

from erdkreis.web.proxies import only_from_trusted_proxies

PROXY = "10.0.0.1"


@pytest.fixture
def at_https(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("through", "said", "status"),
    [
        (PROXY, "https", 200),
        (PROXY, "http", 301),
        ("127.0.0.1", "https", 301),
        ("192.0.2.1", "https", 301),
        ("", "https", 301),
        ("unix:", "https", 301),
    ],
)
def test_a_stranger_who_claims_https_is_sent_to_https(at_https, through, said, status):
    visitor = Client(headers={"x-forwarded-proto": said}, REMOTE_ADDR=through)

    assert visitor.get("/healthz").status_code == status


def test_without_named_proxies_nobody_is_believed(settings):
    settings.TRUSTED_PROXIES = []
    request = RequestFactory(headers={"x-forwarded-proto": "https"}, REMOTE_ADDR=PROXY).get("/")

    only_from_trusted_proxies(lambda request: request)(request)

    assert "X-Forwarded-Proto" not in request.headers


def test_it_stands_before_whatever_looks_at_https(settings):
    assert settings.MIDDLEWARE[0] == "erdkreis.web.proxies.only_from_trusted_proxies"
