"""What a table could tell beside its words, walked over all tables: coming ones, too."""

import pytest
from django.apps import apps
from django.db import models

from erdkreis.dialogues.models import Vote, Voter
from erdkreis.invitations.models import Code, Invitee, Mail
from erdkreis.questionnaires.models import Answer, OwnWords, Prediction, SpentSlip, Voice
from erdkreis.rounds.random_ids import RandomIdField

OURS = [table for table in apps.get_models() if table.__module__.startswith("erdkreis.")]
FINER_THAN_A_DAY = (models.DateTimeField, models.TimeField, models.DurationField)
# Whose order or time tells something of people who answer, vote or speak without a name.
OF_THE_ANONYMOUS = [table for table in OURS if isinstance(table._meta.pk, RandomIdField)]
ROOMS = {table._meta.app_label for table in OF_THE_ANONYMOUS} - {"invitations"}
# Times that tell when a host or a program did something. A new one needs a reason here.
OF_HOSTS = {
    "dialogues.Dialogue.analysing_until",  # a lock of the analysis
    "experiments.Experiment.locked_at",
    "experiments.Amendment.at",
    "experiments.Step.at",
    "pulse.PulseDate.reminded_at",
}
# They count up, beside people without a name: each with what keeps them from telling.
COUNTING = {
    "questionnaires.Evidence",  # of guardians, by name
    "dialogues.Statement",  # public words; who wrote them is cut off when the dialogue closes
    "experiments.Experiment",  # may begin with words that were let out
    "conversations.Version",  # how a public contribution read before
}


def named(table, field):
    return f"{table._meta.label}.{field.name}"


def test_no_time_is_finer_than_a_day_in_rooms_of_people_without_a_name():
    timed = {
        named(table, field)
        for table in OURS
        if table._meta.app_label in ROOMS
        for field in table._meta.get_fields()
        if isinstance(field, FINER_THAN_A_DAY)
    }

    assert timed - OF_HOSTS == set()


def test_no_time_at_all_stands_on_the_roll():
    """Mails that wait know when they are tried next; they are gone once they are sent."""
    timed = {
        named(table, field)
        for table in (Code, Invitee)
        for field in table._meta.get_fields()
        if isinstance(field, FINER_THAN_A_DAY)
    }

    assert timed == set()


def test_no_table_has_a_place_for_an_internet_address_or_a_browser():
    words = {"ip", "agent", "useragent", "browser", "fingerprint", "device", "session"}
    # Of a release, and of what a program asked for: digests of texts, of nobody's browser.
    of_things = {"gate.Release.fingerprint", "api.Repeat.fingerprint"}

    found = {
        named(table, field)
        for table in OURS
        for field in table._meta.concrete_fields
        if isinstance(field, models.GenericIPAddressField) or words & {*field.name.split("_")}
    }

    assert found - of_things == set()


def test_what_belongs_to_somebody_without_a_name_has_a_key_that_does_not_count():
    counting = {
        table._meta.label
        for table in OURS
        for field in table._meta.concrete_fields
        if field.related_model in OF_THE_ANONYMOUS
        and field.related_model is not Code
        and not isinstance(table._meta.pk, RandomIdField)
    }

    assert counting - COUNTING == set()


@pytest.mark.parametrize("ballot", [Voice, Answer, Prediction, SpentSlip, OwnWords, Voter, Vote])
def test_no_chain_of_keys_leads_from_the_roll_to_a_ballot(ballot):
    """But for the group, which all of it shares."""
    shared = {"rounds", "circles", "accounts"}
    reached, to_go = set(), [Code, Invitee, Mail]
    while to_go:
        table = to_go.pop()
        reached.add(table)
        for field in table._meta.get_fields():
            other = field.related_model
            if other and other not in reached and other._meta.app_label not in shared:
                to_go.append(other)

    assert ballot not in reached
