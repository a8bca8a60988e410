"""Two sides press at the same moment."""

import pytest

from erdkreis.fit import services
from erdkreis.fit.models import Decision, Value
from erdkreis.fit.queries import outcome
from factories import fits
from factories.at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_both_decide_at_once_and_both_count(circle, ada):
    talk = fits.whole(fits.begun(circle, ada))

    at_once(
        lambda one: services.decide(talk, *one),
        [(fits.PROVIDER, Value.YES), (fits.SEEKER, Value.NO)],
    )

    talk.refresh_from_db()
    assert talk.is_settled
    assert outcome(talk).result == Value.NO


def test_a_decision_pressed_twice_at_once_is_one(circle, ada):
    talk = fits.whole(fits.begun(circle, ada))

    at_once(lambda value: services.decide(talk, fits.SEEKER, value), [Value.NO, Value.NOT_YET])

    assert Decision.objects.count() == 1, "nobody has seen the first: it was a draft"
    assert outcome(talk) is None


def test_nothing_is_written_into_a_record_that_closes_at_the_same_time(circle, ada):
    talk = fits.whole(fits.begun(circle, ada))
    services.decide(talk, fits.PROVIDER, Value.NO)

    def press(what):
        try:
            return what()
        except services.FitError:
            return None

    at_once(
        press,
        [
            lambda: services.decide(talk, fits.SEEKER, Value.NO),
            lambda: fits.writes(talk, fits.PROVIDER, "doubts", "Too late?"),
        ],
    )

    talk.refresh_from_db()
    assert talk.is_settled
    with pytest.raises(services.FitError):
        fits.writes(talk, fits.PROVIDER, "doubts", "Later.")
