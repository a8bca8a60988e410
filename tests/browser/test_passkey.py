"""A passkey from beginning to end, with a virtual authenticator, under the real policy."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from factories.circles import PASSWORD

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def device(laptop):
    """A laptop that can keep passkeys, with a hand on its reader."""
    session = laptop.context.new_cdp_session(laptop)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    laptop.take_hand_away = lambda: session.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": added["authenticatorId"], "isUserVerified": False},
    )
    return laptop


@pytest.fixture
def confirmed_ada(ada):
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    return ada


def sign_in_with_password(page):
    page.goto("/account/login/")
    page.get_by_label("Mail address", exact=True).fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/circles/$"))


def add_passkey(page, name):
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)  # once more: this changes who may come in
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(re.compile("recovery-codes|webauthn/$"))


def sign_out(page):
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_a_passkey_is_added_and_then_signs_in_without_a_password(device, confirmed_ada):
    sign_in_with_password(device)
    add_passkey(device, "Laptop")
    sign_out(device)

    device.goto("/account/login/")
    device.get_by_role("button", name="Sign in with a passkey").click()

    expect(device).to_have_url(re.compile("/circles/$"))
    expect(device.get_by_role("link", name="Ada")).to_be_visible()
    assert Authenticator.objects.filter(user=confirmed_ada, type="webauthn").count() == 1


def test_a_passkey_that_is_refused_says_so_and_the_password_still_works(device, confirmed_ada):
    sign_in_with_password(device)
    add_passkey(device, "Laptop")
    sign_out(device)
    device.take_hand_away()

    device.goto("/account/login/")
    device.get_by_role("button", name="Sign in with a passkey").click()

    expect(device.get_by_role("alert")).to_contain_text("The passkey was not used")
    expect(device.get_by_label("Password")).to_be_visible()
