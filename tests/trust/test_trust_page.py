"""The trust page says what is so: it changes with the settings and with the tables."""

import pytest
from django.apps import apps
from django.db import models

from erdkreis.circles.actions import ROLE_GIVEN
from erdkreis.circles.journal import record
from erdkreis.rounds.actions import EXTENDED
from erdkreis.rounds.models import Round
from erdkreis.trust import stored
from erdkreis.trust.stored import STORED, undescribed
from factories import rounds, voices
from factories.pdf import unpacked
from factories.rounds import group

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(asking, client):
    address = f"/e/{group(asking, 'employees').slug}/trust/"
    return lambda **query: client.get(address, query).content.decode()


def test_it_is_linked_before_the_first_question(asking, phone):
    slug = group(asking, "employees").slug

    assert f'href="/e/{slug}/trust/"' in phone.get(f"/e/{slug}/").content.decode()


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("OPERATOR", "Rechenhaus eG", "Rechenhaus eG"),
        ("PRIVACY_CONTACT", "schutz@example.org", "schutz@example.org"),
        ("IS_HTTPS", True, "the connection is encrypted"),
        ("IS_HTTPS", False, "not encrypted"),
        ("SIGNUP_IS_OPEN", True, "Anybody may make an account"),
        ("DASK_SCHEDULER", "tcp://far:8786", "run on further machines"),
        ("SESSION_COOKIE_AGE", 3 * 86400, "for 3 days at most"),
    ],
)
def test_it_follows_the_settings(page, settings, setting, value, said):
    setattr(settings, setting, value)

    assert said in page()


def test_it_names_the_mail_server_that_sees_addresses(page, settings):
    without = page()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "mail.example.org"

    assert "no mail server is set" in without
    assert "mail.example.org, which sees addresses" in page()


def test_it_follows_the_round(page, asking):
    Round.objects.filter(pk=asking.pk).update(
        min_group=9, opens_on="2026-01-01", closes_on="2026-01-31", retention_months=1
    )

    assert "9 answers, for each group and each question" in page()
    assert page().count("Deleted at the latest on 28 February 2026.") == 7


def test_each_group_reads_how_it_is_kept_apart(page):
    told = page()

    assert "two tables without a common key" in told
    assert "By name, with consent" in told


def test_it_speaks_german_and_only_languages_of_the_round(page, asking):
    assert "Was gespeichert wird" in page(language="de")
    Round.objects.filter(pk=asking.pk).update(languages="en")
    assert "What is stored" in page(language="de")


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_can_be_handed_to_a_works_council_as_a_pdf(asking, client, language):
    answer = client.get(f"/e/{group(asking, 'employees').slug}/trust.pdf", {"language": language})

    pdf = unpacked(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in pdf
    assert f"/Lang ({language})".encode() in pdf


def test_the_number_of_voices_changes_nothing_on_it(page, asking):
    before = page()
    for _n in range(7):
        voices.voice(group(asking, "employees"), {"q1_work.employees.core": 3})

    assert page() == before


def test_deeds_are_told_by_role_and_never_by_name(page, asking, ada):
    record(asking.circle, ada, EXTENDED, "First round", round_id=asking.pk)
    record(asking.circle, ada, ROLE_GIVEN, "reader", round_id=asking.pk)
    other = rounds.draft(asking.circle)
    record(asking.circle, ada, EXTENDED, "Second", round_id=other.pk)

    told = page()

    assert "Last day moved: First round (host)" in told
    assert "Role given" not in told
    assert "Second" not in told
    assert "Ada" not in told


def test_every_line_is_about_tables_that_exist():
    labels = {table._meta.label for table in apps.get_models()}

    assert {label for one in STORED for label in one.tables} <= labels


def test_no_table_stands_there_by_its_bare_name():
    assert [table._meta.label for table in undescribed()] == []


def test_a_table_nobody_described_is_on_the_page_by_its_name(page, monkeypatch):
    monkeypatch.setattr(stored, "STORED", STORED[1:])

    told = page()

    left_out = list(undescribed())
    assert [table._meta.label for table in left_out] == [*STORED[0].tables]
    for table in left_out:
        assert str(table._meta.verbose_name_plural) in told


def test_whatever_holds_a_mail_address_is_described():
    left_out = [
        table._meta.label
        for table in undescribed()
        if any(isinstance(f, models.EmailField | models.GenericIPAddressField)
               for f in table._meta.get_fields())
    ]  # fmt: skip

    assert left_out == []
