"""Passwords are taken as they are, changed by their owners alone, and failures are noticed."""

import logging
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from factories.circles import PASSWORD

pytestmark = pytest.mark.django_db

CHANGE = "/account/password/change/"


def sign_in(client, password):
    return client.post("/account/login/", {"login": "ada@example.org", "password": password})


def is_signed_in(client) -> bool:
    return client.get("/circles/").status_code == 200


def change(client, new, old=PASSWORD):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


@pytest.mark.parametrize(
    "password",
    [
        "only small letters and spaces",
        " Leading and trailing ",
        "ü" * 40,
        "x7" * 100,
        "🌍🌳🌍🌳🌍🌳🌍🌳🌍🌳",
    ],
)
def test_any_password_that_is_long_enough_is_taken_as_it_is(ada, as_ada, password):
    assert change(as_ada, password).status_code == 302

    for other in (password.strip() + "x", password.upper() + "X", password[:-1], password[:72]):
        if other != password:
            wrong = Client()
            sign_in(wrong, other)
            assert not is_signed_in(wrong), other
    right = Client()
    sign_in(right, password)
    assert is_signed_in(right)


@pytest.mark.parametrize("password", ["short", "password1234", "1234567890", "ada@example.org"])
def test_what_is_easily_guessed_is_refused_with_a_sentence(ada, as_ada, password):
    assert change(as_ada, password).status_code == 200

    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_changing_it_needs_the_one_so_far(ada, as_ada):
    change(as_ada, "another-long-password", old="not-the-right-one")

    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_a_new_password_does_not_lead_past_the_second_step(ada, client, mailoutbox):
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "x"})
    client.post("/account/password/reset/", {"email": "ada@example.org"})
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", mailoutbox[0].body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]

    client.post(form, {"password1": "another-long-one", "password2": "another-long-one"})
    assert not is_signed_in(client)
    answer = sign_in(client, "another-long-one")

    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert not is_signed_in(client)


def test_half_signed_in_opens_nothing(ada, client):
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "x"})
    sign_in(client, PASSWORD)

    for page in ("/circles/", "/account/data/", "/account/2fa/", CHANGE, "/account/email/"):
        assert client.get(page)["Location"].startswith("/account/login/"), page


def test_failures_are_in_the_log_and_people_are_not(ada, circle, as_charlotte, client, caplog):
    caplog.set_level(logging.INFO)

    client.post(
        "/account/login/", {"login": "ada@example.org", "password": "wrong"},
        REMOTE_ADDR="203.0.113.7",
    )  # fmt: skip
    as_charlotte.get(f"/circles/{circle.slug}/")

    assert "A sign-in failed" in caplog.text
    assert "Forbidden" in caplog.text
    for secret in ("ada@", "wrong", "203.0.113.7", "charlotte"):
        assert secret not in caplog.text
