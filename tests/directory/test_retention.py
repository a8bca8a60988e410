from datetime import timedelta

import pytest
from django.utils import timezone

from erdkreis.directory.models import Entry
from erdkreis.directory.retention import forget_what_is_due
from factories.entries import begun, published, submitted

pytestmark = pytest.mark.django_db
MAIL = {"submitter_mail": "anna@example.org"}


def test_mails_go_a_month_after_the_decision_and_drafts_after_three(on_day):
    today = timezone.localdate()
    draft, waiting, done = begun()[0], submitted(name="W", **MAIL), published(name="P", **MAIL)

    on_day(today + timedelta(days=30))
    assert forget_what_is_due() == 0
    on_day(today + timedelta(days=31))
    assert forget_what_is_due() == 1
    on_day(today + timedelta(days=91))
    assert forget_what_is_due() == 1

    assert not Entry.objects.filter(pk=draft.pk).exists()
    for entry, mail in ((waiting, MAIL["submitter_mail"]), (done, "")):
        entry.refresh_from_db()
        assert entry.submitter_mail == mail
