import re
from pathlib import Path

import allauth
import django
import polib
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django import forms
from django.urls import reverse
from django.utils import translation

import erdkreis.web
from erdkreis.web import third_party_words

CATALOGUE = "locale/de/LC_MESSAGES/django.po"
OURS = polib.pofile(str(Path(erdkreis.web.__file__).parent / CATALOGUE))
ENGLISH = polib.pofile(str(Path(erdkreis.web.__file__).parent / CATALOGUE.replace("/de/", "/en/")))
THEIRS = [
    polib.pofile(str(Path(library.__file__).parent / where / CATALOGUE))
    for library, where in [(django, "conf"), (django, "contrib/auth"), (allauth, "")]
]
WORDS = [
    entry for entry in OURS if ("web/third_party_words.py", "") in entry.occurrences
]  # fmt: skip
GERMAN = {"accept-language": "de"}

# Where a signed-in person meets the sign-in library, and where somebody does who is not signed in.
ACCOUNT_PAGES = [
    "account_email", "account_change_password", "account_reauthenticate", "account_logout",
    "mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp",
]  # fmt: skip
SECOND_STEP_PAGES = [
    "mfa_index", "mfa_reauthenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
]  # fmt: skip
ENTRANCE_PAGES = [
    "account_login", "account_signup", "account_reset_password", "account_reset_password_done",
    "account_email_verification_sent", "account_inactive",
]  # fmt: skip


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: entry.msgid[:40])
def test_a_library_still_says_this(entry):
    assert any(catalogue.find(entry.msgid) for catalogue in THEIRS)


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: entry.msgid[:40])
def test_our_german_wins(entry):
    with translation.override("de"):
        if entry.msgid_plural:
            said = translation.ngettext(entry.msgid, entry.msgid_plural, 2)
            assert said == entry.msgstr_plural[1]
        else:
            assert translation.gettext(entry.msgid) == entry.msgstr


def test_english_stays_as_the_libraries_say_it_but_for_our_words():
    with translation.override("en"):
        for text in (*third_party_words.DJANGO, *third_party_words.SIGN_IN):
            if isinstance(text, str):
                ours = ENGLISH.find(text)
                assert translation.gettext(text) == (ours.msgstr if ours else text)


def test_an_empty_field_is_told_kindly():
    with pytest.raises(forms.ValidationError) as refused:
        forms.EmailField().clean("")

    with translation.override("de"):
        assert refused.value.messages == [OURS.find("This field is required.").msgstr]


def words_of(response) -> str:
    page = re.sub(r"<(script|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def assert_says_sie(response):
    words = words_of(response)
    assert not re.search(r"\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b", words), words
    assert not re.search(r"E-?[Mm]ail|Wiederherstellung|Zwei-Faktor|Authentifizierung", words), (
        words
    )


@pytest.fixture
def just_asked_again(client, ada):
    """Ada with a confirmed address, who has just given her password once more."""
    ada.set_password("a long and rare password")
    ada.save()
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    client.force_login(ada)
    client.post(reverse("account_reauthenticate"), {"password": "a long and rare password"})
    return client


@pytest.mark.parametrize("page", ACCOUNT_PAGES)
def test_account_pages_say_sie_and_our_words(just_asked_again, page):
    response = just_asked_again.get(reverse(page), headers=GERMAN)

    assert response.status_code == 200
    assert_says_sie(response)


@pytest.mark.parametrize("page", SECOND_STEP_PAGES)
def test_pages_of_the_second_step_say_sie_and_our_words(just_asked_again, ada, page):
    TOTP.activate(ada, generate_totp_secret())
    RecoveryCodes.activate(ada)
    response = just_asked_again.get(reverse(page), headers=GERMAN)

    assert response.status_code == 200
    assert_says_sie(response)


@pytest.mark.parametrize("page", ENTRANCE_PAGES)
def test_entrance_pages_say_sie_and_our_words(client, db, settings, page):
    settings.SIGNUP_IS_OPEN = True
    response = client.get(reverse(page), headers=GERMAN)

    assert response.status_code == 200
    assert_says_sie(response)


@pytest.mark.parametrize("page", ["account_login", "account_reset_password", "account_email"])
def test_english_has_one_word_for_a_mail_address(just_asked_again, client, page):
    if page == "account_login":
        client.logout()
    words = words_of(client.get(reverse(page), headers={"accept-language": "en"}))

    assert "Mail address" in words
    assert not re.search(r"e-?mail", words, re.IGNORECASE), words


def test_a_wrong_password_is_told_in_our_words(client, db):
    typed = {"login": "ada@example.org", "password": "wrong"}
    response = client.post(reverse("account_login"), typed, headers=GERMAN)

    assert "Mail-Adresse oder Passwort stimmen nicht." in words_of(response)
    assert_says_sie(response)
