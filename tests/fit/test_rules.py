"""What two parties may do, and when: the rules of the twelve steps."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from erdkreis.fit import services
from erdkreis.fit.models import FitConversation, Line, Side, Value
from erdkreis.fit.queries import outcome, whole
from erdkreis.fit.result import CAUTION, result_of
from erdkreis.fit.services import FitError, Written
from erdkreis.fit.steps import BY_CODE, STEPS
from factories import fits
from factories.fits import PROVIDER, SEEKER, begun, decided, writes

VALUES = st.sampled_from(list(Value))


@pytest.fixture
def talk(circle, ada) -> FitConversation:
    return begun(circle, ada)


def reach(talk, step):
    FitConversation.objects.filter(pk=talk.pk).update(reached=BY_CODE[step].number)
    talk.refresh_from_db()


@given(VALUES, VALUES)
def test_yes_only_if_both_say_yes_else_the_more_cautious(one, other):
    both = {one, other}

    assert result_of(one, other) == result_of(other, one)
    assert result_of(one, other) == next(value for value in CAUTION if value in both)
    assert (result_of(one, other) == Value.YES) == (both == {Value.YES})


def test_the_order_of_caution_is_no_someone_else_not_yet_yes():
    assert CAUTION == ("no", "someone_else", "not_yet", "yes")


def test_twelve_steps_stand_in_their_order():
    assert [step.code for step in STEPS] == [
        "occasion", "interests", "problem", "real_need", "do_nothing", "alternatives",
        "touched_others", "solution_space", "doubts", "kernel", "open_questions", "decision",
    ]  # fmt: skip


@pytest.mark.django_db
class TestWriting:
    def test_a_later_step_takes_no_words(self, talk):
        with pytest.raises(FitError, match="comes later"):
            writes(talk, SEEKER, "problem")

    def test_the_seeker_waits_for_the_interests_of_the_provider(self, talk):
        reach(talk, "interests")
        with pytest.raises(FitError, match="cannot write here now"):
            writes(talk, SEEKER, "interests", "A quiet kitchen.")

        writes(talk, PROVIDER, "interests", "A bonus of 50 euros.")

        assert writes(talk, SEEKER, "interests", "A quiet kitchen.").pk

    def test_interests_that_were_deleted_are_not_disclosed(self, talk):
        reach(talk, "interests")
        services.delete_words(writes(talk, PROVIDER, "interests"), PROVIDER)

        with pytest.raises(FitError, match="cannot write here now"):
            writes(talk, SEEKER, "interests")

    @pytest.mark.parametrize("step", ["problem", "do_nothing"])
    def test_what_only_the_seeker_can_know_the_provider_does_not_write(self, talk, step):
        reach(talk, step)
        with pytest.raises(FitError):
            writes(talk, PROVIDER, step)

    def test_the_provider_only_repeats_the_need_and_the_seeker_confirms(self, talk):
        reach(talk, "real_need")
        with pytest.raises(FitError):
            writes(talk, PROVIDER, "real_need", "You need a big oven.")
        with pytest.raises(FitError):
            writes(talk, SEEKER, "real_need", aspect="mirror")
        mirror = writes(talk, PROVIDER, "real_need", "You need bread at six.", aspect="mirror")
        with pytest.raises(FitError):
            services.answer_mirror(mirror, PROVIDER, "right")

        services.answer_mirror(mirror, SEEKER, "not_quite")

        mirror.refresh_from_db()
        assert mirror.choice == "not_quite"

    def test_each_alternative_is_written_once_per_side(self, talk):
        reach(talk, "alternatives")
        for text in ("Too dear.", "Too loud."):
            writes(talk, SEEKER, "alternatives", text, aspect="repairing", choice="fits_not")
        writes(talk, PROVIDER, "alternatives", "We can.", aspect="repairing", choice="fits")

        assert {(line.side, line.text) for line in talk.lines.all()} == {
            ("seeker", "Too loud."), ("provider", "We can."),
        }  # fmt: skip

    def test_nobody_changes_or_deletes_what_the_other_wrote(self, talk):
        line = writes(talk, SEEKER, "occasion", "Your leaflet.")

        for act in (
            lambda: services.change_line(line, PROVIDER, Written("Your visit.")),
            lambda: services.delete_words(line, PROVIDER),
        ):
            with pytest.raises(FitError, match="Only those who wrote"):
                act()

        line.refresh_from_db()
        assert line.text == "Your leaflet."


@pytest.mark.django_db
class TestGoingOn:
    def test_steps_open_one_after_the_other(self, talk):
        assert services.go_on(talk, 1) == 2
        assert services.go_on(talk, 1) == 2, "pressed twice, it goes on once"
        assert services.go_on(talk, 7) == 2, "nobody jumps"

    @pytest.mark.parametrize("step", ["interests", "doubts"])
    def test_without_the_words_of_the_provider_it_does_not_go_on(self, talk, step):
        reach(talk, step)
        if step == "doubts":
            writes(talk, SEEKER, step)
        with pytest.raises(FitError, match="offering side"):
            services.go_on(talk, talk.reached)

        writes(talk, PROVIDER, step)

        assert services.go_on(talk, talk.reached) == talk.reached + 1

    @pytest.mark.parametrize(
        ("answered", "is_enough"),
        [
            ([], False),
            (["not_buying"], False),
            (["repairing", "later"], False),
            (["not_buying", "later"], True),
        ],
    )
    def test_not_buying_and_one_other_alternative_are_looked_at(self, talk, answered, is_enough):
        reach(talk, "alternatives")
        for code in answered:
            writes(talk, SEEKER, "alternatives", "", aspect=code, choice="fits_unknown")

        assert whole(talk).is_missing(BY_CODE["alternatives"]) is not is_enough


@pytest.mark.django_db
class TestKernel:
    @pytest.fixture
    def edge(self, talk) -> Line:
        fits.whole(talk, with_kernel=False)
        return writes(talk, SEEKER, "solution_space", "Power?", aspect="law", choice="unknown")

    def test_an_unknown_edge_that_both_call_decisive_keeps_it_shut(self, talk, edge):
        services.call_decisive(edge, SEEKER, is_decisive=True)
        assert writes(talk, SEEKER, "kernel", "A trial.", aspect="piece"), "one alone does not"

        services.call_decisive(edge, PROVIDER, is_decisive=True)

        with pytest.raises(FitError):
            writes(talk, SEEKER, "kernel", "A trial.", aspect="piece")
        with pytest.raises(FitError, match="no edge that both call decisive is unknown"):
            services.decide(talk, SEEKER, Value.YES)

    def test_what_has_become_known_opens_it(self, talk, edge):
        for side in Side:
            services.call_decisive(edge, side, is_decisive=True)

        services.change_line(edge, SEEKER, Written("16 ampere.", "law", "firm"))

        assert writes(talk, PROVIDER, "kernel", "A trial.", aspect="piece")
        assert services.decide(talk, SEEKER, Value.YES)


@pytest.mark.django_db
class TestDeciding:
    @pytest.mark.parametrize("value", [Value.NOT_YET, Value.NO, Value.SOMEONE_ELSE])
    def test_everything_but_yes_may_be_said_at_once(self, talk, value):
        assert services.decide(talk, SEEKER, value).value == value

    def test_yes_needs_a_kernel(self, talk):
        fits.whole(talk, with_kernel=False)
        with pytest.raises(FitError, match="A yes is a yes to a kernel"):
            services.decide(talk, SEEKER, Value.YES)

    def test_one_decision_alone_tells_nothing_and_may_be_changed_without_a_trace(self, talk):
        services.decide(talk, SEEKER, Value.NO, why="Too dear.")
        services.decide(talk, SEEKER, Value.NOT_YET)

        assert outcome(talk) is None
        assert [one.value for one in talk.decisions.all()] == ["not_yet"]
        assert not Line.objects.filter(text="Too dear.").exists()

    def test_both_are_shown_together_and_the_more_cautious_counts(self, talk):
        shown = outcome(decided(fits.whole(talk), Value.YES, Value.SOMEONE_ELSE))

        assert shown.is_differing
        assert [one.now.value for one in shown.sides] == ["yes", "someone_else"]
        assert shown.result == Value.SOMEONE_ELSE

    def test_after_both_have_decided_no_word_changes(self, talk):
        line = writes(talk, SEEKER, "occasion", "Your leaflet.")
        decided(talk, Value.NO, Value.NO)

        for act in (
            lambda: writes(talk, SEEKER, "occasion"),
            lambda: services.change_line(line, SEEKER, Written("Other words.")),
            lambda: services.go_on(talk, 1),
            lambda: services.call_decisive(line, SEEKER, is_decisive=True),
        ):
            with pytest.raises(FitError, match="no longer changes"):
                act()

        line.refresh_from_db()
        assert line.text == "Your leaflet."

    @pytest.mark.parametrize("side", list(Side))
    def test_for_fourteen_days_either_side_may_change_its_mind(self, talk, on_day, side):
        on_day(date(2026, 3, 2))
        decided(fits.whole(talk), Value.YES, Value.YES)
        on_day(date(2026, 3, 16))

        services.decide(talk, side, Value.NO)

        shown = outcome(talk)
        changed = shown.provider if side == PROVIDER else shown.seeker
        assert shown.result == Value.NO
        assert [one.value for one in changed.before] == ["yes"], "the earlier word stays to be seen"

    def test_on_the_fifteenth_day_it_stays(self, talk, on_day):
        on_day(date(2026, 3, 2))
        decided(talk, Value.NOT_YET, Value.NO)
        on_day(date(2026, 3, 17))
        talk.refresh_from_db()

        with pytest.raises(FitError, match="stays as it is"):
            services.decide(talk, SEEKER, Value.NOT_YET)

    def test_own_words_can_be_deleted_years_later_and_the_mark_stays(self, talk, on_day):
        line = writes(talk, SEEKER, "occasion", "My neighbour Emil.")
        decided(talk, Value.NO, Value.NO)
        on_day(timezone.localdate() + timedelta(days=300))

        services.delete_words(line, SEEKER)

        line.refresh_from_db()
        assert (line.text, line.is_deleted) == ("", True)


@pytest.mark.django_db
class TestInvitation:
    def test_whoever_made_it_cannot_write_as_the_seeker_with_it(self, circle, ada):
        _talk, code = services.begin(circle, ada, "A new oven")
        own = services.take_seat(code)

        assert own
        assert own != code
        assert services.take_seat(code) is None

    def test_a_second_invitation_shuts_the_first_ways_in_and_both_see_the_day(self, circle, ada):
        talk, code = services.begin(circle, ada, "A new oven")
        own = services.take_seat(code)
        from erdkreis.fit.queries import seeker_conversation

        services.invite_again(talk)

        talk.refresh_from_db()
        assert talk.link_renewed_on
        assert seeker_conversation(talk.slug, own) is None

    def test_an_empty_code_opens_nothing(self, circle, ada):
        from erdkreis.fit.queries import seeker_conversation

        assert seeker_conversation(begun(circle, ada).slug, "") is None
