"""Reports, decisions, appeals: a second pair of eyes is another pair."""

import pytest
from django.db import IntegrityError, transaction

from erdkreis.moderation import services
from erdkreis.moderation.models import Case, Report
from erdkreis.moderation.services import ModerationError

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return _reported()


def _reported(key=7, reporter="voice 1") -> Case:
    return services.report(
        "conversations", key, "circle.1", reason="names", note="", reporter=reporter
    )


def test_reporting_twice_counts_once_and_keeps_nobody(case):
    _reported()
    _reported(reporter="voice 2")
    assert Case.objects.count() == 1
    assert case.reports.count() == 2
    assert "voice" not in str(Report.objects.values_list())


def test_hiding_needs_a_reason(case, ada):
    with pytest.raises(ModerationError):
        services.decide(case, ada, "hidden")
    with pytest.raises(ModerationError):
        services.decide(case, ada, "hidden", reason="other")
    assert (
        services.decide(case, ada, "hidden", reason="other", note="Spoils it.").state == "decided"
    )


def test_what_is_decided_is_decided_once(case, ada, bela):
    services.decide(case, ada, "shown")
    with pytest.raises(ModerationError):
        services.decide(case, bela, "hidden", reason="names")


def test_an_appeal_is_decided_by_somebody_else(case, ada, bela):
    services.decide(case, ada, "hidden", reason="names")
    services.appeal(case, "It names nobody.")
    with pytest.raises(ModerationError):
        services.decide_appeal(case, ada, "hidden", note="No.")
    decided = services.decide_appeal(case, bela, "shown", note="It names nobody.")
    assert (decided.state, decided.stands) == ("final", "shown")


def test_not_even_the_database_takes_the_same_eyes_twice(case, ada):
    services.decide(case, ada, "hidden", reason="names")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(appeal_decided_by=ada)


def test_an_appeal_comes_once_and_only_against_not_being_shown(case, ada, bela):
    with pytest.raises(ModerationError):
        services.appeal(case, "Please.")
    services.decide(case, ada, "hidden", reason="names")
    services.appeal(case, "Please.")
    services.decide_appeal(case, bela, "hidden", note="It does name him.")
    with pytest.raises(ModerationError):
        services.appeal(case, "Please, once more.")


def test_after_a_decision_a_new_report_opens_a_new_case(case, ada):
    services.decide(case, ada, "shown")
    assert _reported().pk != case.pk
