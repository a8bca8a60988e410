"""What stands beside the loop in the demo: both languages, through the gate like everything."""

import pytest
from django.test import Client
from django.utils import translation

from erdkreis.cli.demo_neighbours import make_neighbours
from erdkreis.fit.models import FitConversation
from erdkreis.fit.queries import outcome
from erdkreis.pulse.models import Pulse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "large", "small"), [("de", "Backstube", "Büro"),
                                                          ("en", "Bakery", "Office")])  # fmt: skip
def test_a_pulse_of_four_dates_and_three_talks(circle, ada, language, large, small):
    with translation.override(language):
        make_neighbours(circle, ada)

    pulse = Pulse.objects.get()
    teams = {team.name: team for team in pulse.teams.all()}
    client = Client(headers={"accept-language": language})
    shown = client.get(f"/pulse/{pulse.slug}/{teams[large].pk}/").content.decode()
    hidden = client.get(f"/pulse/{pulse.slug}/{teams[small].pk}/").content.decode()
    assert shown.count("pulse-block") == 4
    assert "pulse-block" not in hidden
    ended = {str(outcome(talk).result) for talk in FitConversation.objects.all()}
    assert ended == {"yes", "no", "not_yet"}
