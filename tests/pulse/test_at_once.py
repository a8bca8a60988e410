"""Several timers and hosts at the same moment."""

import pytest

from erdkreis.gate.models import Release
from erdkreis.invitations.models import Invitee, Mail
from erdkreis.pulse import services
from erdkreis.pulse.models import Pulse, PulseDate
from erdkreis.rounds.models import Round
from factories import pulses
from factories.at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_a_date_is_begun_once(circle):
    made = pulses.running(circle)

    at_once(lambda _n: services.begin_due(made), range(4))

    assert PulseDate.objects.count() == Round.of_any_kind.count() == 1
    assert Invitee.objects.count() == Mail.objects.count() == 12


def test_a_date_is_closed_once(circle, on_day):
    dated = pulses.asked(pulses.running(circle))
    pulses.answers(dated, "Bakery", {"pulse.load.band": [1, 2, 3, 4, 5, 3, 3]})
    on_day(pulses.after(dated))

    at_once(lambda _n: services.close(dated), range(4))

    assert Release.objects.count() == 2, "numbers and words"


def test_it_starts_once(circle):
    made = pulses.pulse(circle)
    pulses.listed(made, "Employees", 6)

    def press(_n):
        try:
            return services.move(made, Pulse.State.RUNNING)
        except services.PulseError:
            return None

    done = at_once(press, range(4))

    assert len([one for one in done if one]) == 1
