"""Signing in: guessing is slowed down, a lost password is replaced by a mailed link."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.test import Client

from erdkreis.accounts.adapter import SecondStepAdapter
from factories.circles import PASSWORD

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "another-long-password"
MOST_FAILURES = 5


def sign_in(client, password):
    return client.post("/account/login/", {"login": "ada@example.org", "password": password})


def is_signed_in(client) -> bool:
    return client.get("/circles/").status_code == 200


def mailed_link(mail) -> str:
    return re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.body).group(1)


def ask_for_link(client, mailoutbox) -> str:
    client.post("/account/password/reset/", {"email": "ada@example.org"})
    return mailed_link(mailoutbox[-1])


def test_the_right_password_lets_in(ada, client):
    answer = sign_in(client, PASSWORD)

    assert answer.headers["Location"] == "/circles/"
    assert is_signed_in(client)


def test_after_some_failures_even_the_right_password_must_wait(ada, client):
    for _ in range(MOST_FAILURES):
        assert sign_in(client, "wrong").status_code == 200

    refused = sign_in(client, PASSWORD)

    assert "Too many failed login attempts" in refused.content.decode()
    assert not is_signed_in(client)


def test_a_mail_brings_a_link_to_a_new_password(ada, client, mailoutbox):
    link = ask_for_link(client, mailoutbox)
    page = client.get(link, follow=True)
    saved = client.post(
        page.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )

    assert saved.headers["Location"] == "/circles/"
    assert is_signed_in(client)
    client.logout()
    sign_in(client, NEW_PASSWORD)
    assert is_signed_in(client)


def test_the_mail_says_in_text_and_html_what_it_is_about(ada, client, mailoutbox):
    ask_for_link(client, mailoutbox)

    (mail,) = mailoutbox
    html, kind = mail.alternatives[0]
    assert mail.to == ["ada@example.org"]
    assert mail.subject == "Erdkreis: choose a new password"
    assert "Choose it here, within one day" in mail.body
    assert kind == "text/html"
    assert f'href="http://testserver{mailed_link(mail)}"' in html


def test_a_used_link_says_so_and_shows_the_way(ada, client, mailoutbox):
    link = ask_for_link(client, mailoutbox)
    address = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    page = Client().get(link).content.decode()

    assert "This link does not work any more" in page
    assert 'href="/account/password/reset/"' in page


def test_an_unknown_address_gets_the_same_answer_as_a_known_one(ada, client, mailoutbox):
    known = client.post("/account/password/reset/", {"email": "ada@example.org"})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})

    assert known.headers["Location"] == unknown.headers["Location"]
    assert mailoutbox[-1].to == ["nobody@example.org"]
    assert "no account with this address" in mailoutbox[-1].body


def test_a_mailed_link_confirms_the_address_it_went_to(ada, client, mailoutbox):
    link = ask_for_link(client, mailoutbox)
    address = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert EmailAddress.objects.get(user=ada).verified


def test_with_two_addresses_a_mailed_link_confirms_none(ada, client, mailoutbox):
    EmailAddress.objects.create(user=ada, email="ada@example.com")
    link = ask_for_link(client, mailoutbox)
    address = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert not EmailAddress.objects.filter(user=ada, verified=True).exists()


@pytest.mark.parametrize(
    "path",
    [
        "/account/login/",
        "/account/signup/",
        "/account/password/reset/",
        "/account/password/reset/done/",
        "/account/password/reset/key/done/",
    ],
)
def test_pages_before_signing_in_are_in_our_house(path, client):
    page = client.get(path)

    assert page.status_code == 200
    assert 'href="/static/web/erdkreis.css"' in page.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/account/email/", "/account/password/change/", "/account/2fa/", "/account/logout/"],
)
def test_pages_of_the_account_are_in_our_house(path, as_ada):
    page = as_ada.get(path)

    assert page.status_code == 200
    assert 'href="/static/web/erdkreis.css"' in page.content.decode()


def test_the_operator_sees_that_an_account_signed_in_and_not_whose(ada, client, caplog):
    caplog.set_level("INFO", "erdkreis.accounts")
    sign_in(client, PASSWORD)

    said = [line for line in caplog.messages if "signed in" in line]
    assert said == [f"Account {ada.pk} signed in."]
    assert ada.email not in caplog.text


def test_secrets_of_the_second_step_lie_locked(ada, settings):
    """Whoever has a copy of the database alone cannot make the numbers, or a recovery code."""
    codes = RecoveryCodes.activate(ada)
    app = TOTP.activate(ada, "JBSWY3DPEHPK3PXP").instance
    stored = [str(one.data) for one in Authenticator.objects.filter(user=ada)]

    assert "JBSWY3DPEHPK3PXP" not in str(stored)
    assert codes.validate_code(codes.get_unused_codes()[0])
    assert SecondStepAdapter().decrypt(app.data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert SecondStepAdapter().decrypt("stored before") == "stored before"
    settings.SECRET_KEY = "another"
    with pytest.raises(InvalidToken):
        SecondStepAdapter().decrypt(app.data["secret"])


def test_the_page_of_mail_addresses_says_of_each_what_it_is(as_ada, ada):
    alone = as_ada.get("/account/email/").content.decode()
    EmailAddress.objects.filter(user=ada).update(verified=True, primary=True)
    EmailAddress.objects.create(user=ada, email="ada@second.example")

    both = as_ada.get("/account/email/").content.decode()
    as_ada.post("/account/email/", {"email": "ada@second.example", "action_remove": ""})

    assert "(not confirmed yet)" in alone
    assert "action_remove" not in alone, "the only address cannot go"
    assert "(confirmed, main address)" in both
    assert "(not confirmed yet)" in both
    assert [one.email for one in EmailAddress.objects.filter(user=ada)] == [ada.email]


@pytest.mark.parametrize(
    "page", ["/account/login/", "/account/reauthenticate/", "/account/password/change/"]
)
def test_the_way_out_of_a_forgotten_password_stands_below_the_form(ada, client, page):
    if "login" not in page:
        client.force_login(ada)

    shown = client.get(page).content.decode()

    assert shown.count("/account/password/reset/") == 1
    assert shown.index("/account/password/reset/") > shown.rindex('type="submit"')


def test_removing_a_mail_address_asks_first_without_a_script(ada, client):
    client.force_login(ada)
    for address, is_main in [(ada.email, True), ("ada@second.example.org", False)]:
        EmailAddress.objects.create(user=ada, email=address, verified=True, primary=is_main)

    shown = client.get("/account/email/").content.decode()

    asked = shown.partition("<details>")[2].partition("</details>")[0]
    assert shown.count('name="action_remove"') == asked.count('name="action_remove"') == 1
    assert "account/js/account.js" not in shown
