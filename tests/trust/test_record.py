"""The record of processing activities: everything that is stored, from the real settings."""

import pytest
from django.apps import apps

from erdkreis.trust import stored
from erdkreis.trust.record import activities
from erdkreis.trust.stored import STORED, lines

pytestmark = pytest.mark.django_db


def test_every_line_of_the_trust_page_belongs_to_one_activity():
    told = [line for activity in activities() for line in activity.lines]
    described = [line for line in lines() if line in told]

    assert len(described) == len(STORED)
    assert len(told) == len(described)


def test_a_table_nobody_described_stands_in_the_record_too(monkeypatch):
    monkeypatch.setattr(stored, "STORED", STORED[1:])

    others = activities()[-1].lines

    names = [str(apps.get_model(label)._meta.verbose_name_plural) for label in STORED[0].tables]
    assert [line.what for line in others] == [", ".join(names)]


def test_the_record_names_who_runs_it_and_what_is_done(client, settings):
    settings.OPERATOR, settings.PRIVACY_CONTACT = "Verein Kornblume", "privacy@example.org"

    page = client.get("/trust/record/").content.decode()

    for said in ("Verein Kornblume", "privacy@example.org", "Article 30", "36 months"):
        assert said in page


def test_a_setting_changes_the_record(client, settings):
    settings.IS_HTTPS = False
    assert "please set an https address" in client.get("/trust/record/").content.decode()


def test_the_record_is_a_pdf_too(client, settings):
    settings.OPERATOR = "Verein Kornblume"

    answer = client.get("/trust/record.pdf?language=de")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
