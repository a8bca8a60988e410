"""Signing in with the provider an organisation has already: a real one, on this machine."""

import logging
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from joserfc.jwk import RSAKey

from erdkreis.accounts.models import OutsideIdentity, Person
from factories import circles
from factories.circles import PASSWORD
from factories.sign_in_provider import CLIENT, SECRET, SignInProvider

pytestmark = pytest.mark.django_db


class _StayHere(HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


@pytest.fixture
def provider(settings):
    provider = SignInProvider("http://testserver/account/provider/back/")
    settings.OIDC_ISSUER, settings.OIDC_NAME = provider.url, "Our House"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    settings.OIDC_NEW_PEOPLE = False
    yield provider
    provider.close()


def at_provider(address):
    """Go to the provider as a browser would, and return where it sends us."""
    try:
        build_opener(_StayHere).open(address)
    except OSError as answer:  # what is not followed is an error to the library
        return answer.headers["Location"]
    raise AssertionError("the provider did not send us back")


def walk(client, start="/account/provider/"):
    return client.get(at_provider(client.get(start)["Location"]))


def is_signed_in(client):
    return client.get("/circles/").status_code == 200


def test_who_has_an_account_comes_in_and_gets_a_new_session(provider, ada, client):
    client.get("/account/provider/")
    before = client.session.session_key

    answer = walk(client)

    assert answer["Location"] == "/circles/"
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert client.session.session_key != before


def test_the_browser_is_sent_out_with_state_nonce_and_challenge(provider, ada, client):
    walk(client)

    (asked,) = [given for path, given in provider.seen if path == "/authorize"]
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 20
    assert asked["redirect_uri"] == "http://testserver/account/provider/back/"
    assert "code_verifier" not in asked


def test_one_goes_on_to_where_one_wanted_but_never_elsewhere(provider, ada):
    for wanted, reached in (
        ("/circles/new/", "/circles/new/"),
        ("//evil.example", "/circles/"),
        ("https://evil.example/", "/circles/"),
        ("javascript:alert(1)", "/circles/"),
    ):
        answer = walk(Client(), f"/account/provider/?next={wanted}")
        assert answer["Location"] == reached


def test_the_name_of_another_host_does_not_change_where_one_comes_back(provider, settings):
    settings.ALLOWED_HOSTS = ["*"]
    sent = Client(headers={"host": "evil.example"}).get("/account/provider/")

    assert "evil" not in sent["Location"]


def test_strangers_are_told_whom_to_ask(provider, ada, client):
    provider.person = {"sub": "8", "email": "mallory@example.org", "email_verified": True}

    answer = walk(client)

    assert answer.status_code == 403
    assert "Please ask a host to add you" in answer.content.decode()
    assert not is_signed_in(client)
    assert not Person.objects.filter(email="mallory@example.org").exists()


def test_if_the_operator_wants_it_newcomers_get_an_account(provider, client, settings):
    settings.OIDC_NEW_PEOPLE = True
    provider.person = {"sub": "8", "email": "New@Example.org", "email_verified": True, "name": "N"}

    walk(client)

    new = Person.objects.get()
    assert (new.email, new.name, new.is_staff, new.has_usable_password()) == (
        "new@example.org", "N", False, False,
    )  # fmt: skip
    assert is_signed_in(client)


@pytest.mark.parametrize("confirmed", [False, "false", "yes", 0])
@pytest.mark.parametrize("is_open", [True, False])
def test_an_address_that_is_not_confirmed_lets_nobody_in(
    provider, ada, client, settings, confirmed, is_open
):
    settings.OIDC_NEW_PEOPLE = is_open
    provider.person["email_verified"] = confirmed

    answer = walk(client)

    assert answer.status_code == 403
    assert "is not confirmed there" in answer.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ({"sub": "7", "email": "ada@example.org"}, "does not say whether your mail address"),
        ({"sub": "7", "email": "ada@example.org", "email_verified": None}, "“email_verified”"),
        ({"sub": "7", "email_verified": True}, "does not tell us your mail address"),
    ],
)
def test_a_provider_that_does_not_say_enough_is_named_with_the_way_out(
    provider, ada, client, person, said
):
    provider.person = person

    answer = walk(client)

    assert answer.status_code == 403
    assert said in answer.content.decode()
    assert "you can sign in with a password" in answer.content.decode()
    assert not is_signed_in(client)


def test_a_provider_may_tell_the_address_only_when_asked(provider, ada, client):
    provider.described = {"userinfo_endpoint": f"{provider.url}/userinfo"}
    provider.told = provider.person
    provider.person = {"sub": "7"}

    walk(client)

    assert is_signed_in(client)


def test_what_is_told_about_somebody_else_is_not_believed(provider, ada, client):
    provider.described = {"userinfo_endpoint": f"{provider.url}/userinfo"}
    provider.told = provider.person
    provider.person = {"sub": "8"}

    assert walk(client).status_code == 403
    assert not is_signed_in(client)


def test_an_account_stays_with_its_owner_when_addresses_change(provider, ada, client):
    walk(client)
    provider.person = {"sub": "7", "email": "ada.new@example.org", "email_verified": False}

    again = Client()
    walk(again)

    assert is_signed_in(again)
    assert OutsideIdentity.objects.get().person == ada


def test_who_gets_the_address_of_somebody_who_left_does_not_get_her_account(provider, ada, client):
    walk(client)
    provider.person = {"sub": "8", "email": "ada@example.org", "email_verified": True}

    heir = Client()
    answer = walk(heir)

    assert answer.status_code == 403
    assert "belongs to somebody else" in answer.content.decode()
    assert not is_signed_in(heir)


def test_who_made_an_account_in_anothers_name_is_shut_out(provider, ada, client):
    squatter = Client()
    squatter.post("/account/login/", {"login": "ada@example.org", "password": PASSWORD})
    EmailAddress.objects.create(user=ada, email="mallory@example.org", verified=True)
    Authenticator.objects.create(user=ada, type="totp", data={})
    assert is_signed_in(squatter)

    walk(client)

    assert is_signed_in(client)
    assert not is_signed_in(squatter)
    assert not Authenticator.objects.exists()
    ada.refresh_from_db()
    assert not ada.has_usable_password()
    assert list(EmailAddress.objects.values_list("email", "verified")) == [
        ("ada@example.org", True)
    ]


def test_whose_address_is_confirmed_keeps_password_and_passkeys(provider, ada, client):
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)

    walk(client)

    ada.refresh_from_db()
    assert ada.has_usable_password()


def test_a_second_step_that_was_set_up_here_is_asked_for(provider, ada, client):
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "x"})

    answer = walk(client)

    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert not is_signed_in(client)


def test_who_may_not_sign_in_any_more_does_not(provider, ada, client):
    Person.objects.update(is_active=False)

    walk(client)

    assert not is_signed_in(client)


OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"})


@pytest.mark.parametrize(
    "forged",
    [
        {"claims": {"nonce": "another"}},
        {"claims": {"nonce": None}},
        {"claims": {"aud": "another-service"}},
        {"claims": {"iss": "https://evil.example"}},
        {"claims": {"exp": 1_000_000_000}},
        {"claims": {"sub": ""}},
        {"sign_with": OTHER_KEY},
        {"algorithm": "none"},
        {"algorithm": "HS256"},
    ],
    ids=[
        "nonce",
        "no-nonce",
        "audience",
        "issuer",
        "old",
        "nobody",
        "key",
        "unsigned",
        "shared-key",
    ],
)
def test_what_was_not_signed_for_us_now_lets_nobody_in(provider, ada, client, forged):
    for name, value in forged.items():
        setattr(provider, name, value)

    answer = walk(client)

    assert answer.status_code == 403
    assert "please try again" in answer.content.decode()
    assert not is_signed_in(client)


def test_coming_back_without_having_left_from_here_lets_nobody_in(provider, ada, client):
    """Somebody else's way back, sent to me, must not sign me in as them."""
    hers = at_provider(Client().get("/account/provider/")["Location"])

    assert client.get(hers).status_code == 403
    assert not is_signed_in(client)


def test_a_way_back_is_good_once(provider, ada, client):
    back = at_provider(client.get("/account/provider/")["Location"])
    client.get(back)
    client.logout()

    assert client.get(back).status_code == 403
    assert not is_signed_in(client)


def test_cancelling_is_no_error(provider, client):
    client.get("/account/provider/")

    answer = client.get("/account/provider/back/?error=access_denied&state=x")

    assert answer.status_code == 403
    assert "was cancelled" in answer.content.decode()


@pytest.mark.parametrize("at", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_a_provider_that_is_away_is_said_and_the_password_still_works(provider, ada, client, at):
    if at == "/.well-known/openid-configuration":
        provider.is_away_at = at
        answer = client.get("/account/provider/")
    else:
        back = at_provider(client.get("/account/provider/")["Location"])
        provider.is_away_at = at
        answer = client.get(back)

    page = answer.content.decode()
    assert answer.status_code == 502
    assert "Our House does not answer at the moment" in page
    assert 'href="/account/login/"' in page
    client.post("/account/login/", {"login": "ada@example.org", "password": PASSWORD})
    assert is_signed_in(client)


def test_nobody_listens(provider, client, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:1"

    assert client.get("/account/provider/").status_code == 502


@pytest.mark.parametrize("described", [{"issuer": "https://evil.example"}, {"issuer": None}])
def test_a_provider_that_names_itself_differently_is_not_believed(provider, client, described):
    provider.described = described

    assert client.get("/account/provider/").status_code == 502


def test_no_unencrypted_provider_elsewhere_is_asked(provider, client, settings, caplog):
    settings.OIDC_ISSUER = "http://login.example.org"

    assert client.get("/account/provider/").status_code == 502
    assert "has to begin with https://" in caplog.text


def test_the_log_says_what_went_wrong_and_of_nobody(provider, ada, client, caplog):
    caplog.set_level(logging.INFO)
    provider.claims = {"nonce": "another"}

    walk(client)

    assert "Sign-in with the provider refused" in caplog.text
    assert "ada" not in caplog.text


def test_the_sign_in_page_offers_it_only_where_it_is_set(provider, settings):
    page = Client().get("/account/login/?next=/circles/new/").content.decode()
    assert 'href="/account/provider/?next=/circles/new/"' in page
    assert "Sign in with Our House" in page

    settings.OIDC_NAME = settings.OIDC_ISSUER = settings.OIDC_CLIENT_ID = ""

    assert "/account/provider/" not in Client().get("/account/login/").content.decode()
    assert Client().get("/account/provider/").status_code == 404
    assert Client().get("/account/provider/back/?code=1&state=2").status_code == 404


def test_signing_in_elsewhere_stands_in_what_is_stored_about_oneself(provider, client):
    circles.person("ada")
    walk(client)

    assert provider.url in client.get("/account/data/erdkreis.json").content.decode()
