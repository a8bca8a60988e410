"""Nobody reads the names of our tables and fields, but words, on the page of what is stored."""

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from erdkreis.accounts.models import Person
from erdkreis.api.services import make_token
from erdkreis.conversations.models import Contribution, Version
from erdkreis.fit.models import Decision, Line
from erdkreis.invitations.models import NoMail
from erdkreis.trust import called
from erdkreis.trust.own_data import SECRET_FIELDS, in_words

# Found by other ways than by a person: by the device, or by a digest.
FOUND_OTHERWISE = (Contribution, Version, NoMail, Line, Decision)
OF_LIBRARIES = ("account.emailaddress", "mfa.authenticator", "socialaccount.socialaccount")


def tables_about_people() -> list[type[models.Model]]:
    return [
        table
        for table in apps.get_models()
        if table in {Person, *FOUND_OTHERWISE}
        or any(f.related_model is Person for f in table._meta.concrete_fields)
        or any(isinstance(f, models.EmailField) for f in table._meta.concrete_fields)
    ]


def test_every_table_about_somebody_has_words():
    silent = {
        table._meta.label_lower
        for table in tables_about_people()
        if "verbose_name_plural" not in table._meta.original_attrs
        and table._meta.label_lower not in called.TABLES
    }

    assert {one for one in silent if not one.startswith(OF_LIBRARIES)} == set()


def test_every_field_about_somebody_has_words():
    silent = {
        f"{table._meta.label_lower}.{field.name}"
        for table in tables_about_people()
        for field in table._meta.concrete_fields
        if not isinstance(field.verbose_name, Promise)
        and field.name not in called.FIELDS
        and not any(secret in field.name for secret in SECRET_FIELDS)
    }

    assert {one for one in silent if not one.startswith(OF_LIBRARIES)} == set()


def test_days_and_yes_and_no_are_said_as_people_do():
    row = {"made_on": "2026-06-10", "is_staff": "False", "last_login": "2026-06-10 08:02:17+00:00"}

    [(heading, [lines])] = in_words({"accounts.person": [row]})

    assert heading == "People"
    assert [said for _called, said in lines] == ["10 June 2026", "no", "10 June 2026"]


def test_choices_and_languages_are_said_in_words():
    row = {"language": "de-easy", "rhythm": "weekly"}

    [(heading, [lines])] = in_words({"conversations.subscription": [row]})

    assert heading == "Mails about conversations"
    assert lines == [("Language", "Einfache Sprache"), ("How often", "once a week at most")]


def test_a_line_of_a_fit_conversation_is_said_by_its_step():
    [(heading, [lines])] = in_words({"fit.line": [{"step": "occasion", "is_deleted": "False"}]})

    assert heading == "What you wrote in fit conversations"
    assert lines == [("Step", "Occasion"), ("Taken back", "no")]


def test_what_is_empty_takes_no_line_on_the_page(as_ada, circle, ada, asking):
    make_token(circle, ada, "Script", ["read:results", "read:structure"], asking.closes_on)

    page = as_ada.get("/account/data/").content.decode()

    assert "<dd>read:results, read:structure</dd>" in page
    assert "<dd>–</dd>" not in page
    assert "Last used on" not in page
