"""What hosts press in the rooms of the loop, each with what is sent and what it is called."""

from datetime import timedelta

from django.utils import timezone

from erdkreis.answerback.services import publish, write
from erdkreis.conversations.moderating import report
from erdkreis.experiments.services import consent
from erdkreis.moderation.models import Case
from erdkreis.rounds.services import look_again
from erdkreis.tensions.models import Handing
from erdkreis.tensions.services import choose_treatment, hand_over, set_aside
from factories import conversations, experiments, meetings, pictures, tensions
from shown_forms import form_on


def taking(at, **typed):
    return lambda who, c: (at(c), form_on(who, at(c)).data(**typed))


def sending(at, **typed):
    return lambda who, c: (at(c), typed)


def _reported(circle):
    """A conversation with something reported in it, and the case."""
    held = conversations.conversation(circle)
    report(conversations.said(conversations.voice(held, "employees")), "x", reason="hurts", note="")
    return f"/conversations/{held.pk}/moderation/", Case.objects.latest("pk").pk


def _moderated(circle, **said):
    at, case = _reported(circle)
    return at, {"case": case, **said}


def _pressed(circle, deed, make=tensions.tension, **typed):
    return f"/tensions/{make(circle).pk}/press/", {"deed": deed, **typed}


def _aside(circle):
    made = tensions.tension(circle)
    set_aside(made, "Later.")
    return made


def _handed(circle):
    made = tensions.tension(circle, kind="red_line")
    handing = Handing(name="Dora", address="dora@example.org", words="Fire.", handed_by="Ada")
    hand_over(made, handing, "en")
    return made, handing


def _touched(circle, action, state="shaped", **typed):
    """Press something about one group on the page of those who feel an experiment."""
    made = experiments.in_state(circle, state)
    about = experiments.touched(made)
    prefix = {"say": "say", "without": "without"}.get(action, "")
    typed = {f"{prefix}{about.pk}-{name}": value for name, value in typed.items()}
    return f"/experiments/{made.pk}/touched/", {"action": action, "key": about.pk, **typed}


def _answered(circle, action, **typed):
    made = experiments.shaped(circle)
    about = experiments.touched(made)
    consent.say(about, "objection", "Who opens the door?")
    said = about.said.get()
    consent.answer(said, "Olga.")
    typed = {f"a{said.pk}-{name}": value for name, value in typed.items()}
    return f"/experiments/{made.pk}/touched/", {"action": action, "key": said.pk, **typed}


def _at(make, rest):
    """Return a function that makes an experiment and names one of its addresses."""
    return lambda circle: f"/experiments/{make(circle).pk}/{rest}/"


def _moved(state, step):
    return sending(_at(lambda c: experiments.in_state(c, state), "move"), step=step)


def _ready(circle):
    """Everything is written, and nobody objects."""
    made = experiments.shaped(circle)
    consent.say(experiments.touched(made), "consent")
    return made


def _watched(circle):
    pictures.with_picture(circle)
    return experiments.begun(circle)


def _following(circle):
    return look_again(pictures.with_picture(circle), title="Again", purpose="To see.").pk


def _answer(circle, *, is_published=False):
    round_ = pictures.with_picture(circle)
    write(round_, ANSWER, "en")
    if is_published:
        publish(round_)
    return f"/rounds/{round_.pk}/answer-back/"


ANSWER = {
    "said": "Nights are long.", "heard": "That it goes on.", "trying": "We begin at five.",
    "not_doing": "We do not close.", "look_again_on": timezone.localdate() + timedelta(days=90),
}  # fmt: skip
SETTLED = {
    "decision": "Twice a month.", "reason": "Both can be.", "who_loses": "Early risers.",
    "decided_by": "The team", "look_again_on": timezone.localdate() + timedelta(days=90),
}  # fmt: skip
POLES = {"title": "Bread on Sundays", "kind": "between_groups", "a-name": "Open", "b-name": "Home"}
TALK = {
    "title": "Sundays", "question": "Why?", "what_is_open": "All.", "languages": "de,en",
}  # fmt: skip


def _talk(circle):
    return TALK | {"groups": [g.pk for g in circle.groups.filter(is_on=True)[:3]]}


def _chosen_treatment(circle):
    made = tensions.accepted(circle)
    choose_treatment(made, "balance")
    return made


IN_THE_LOOP = {
    "invitations:start_again": (sending(lambda c: f"/rounds/{_following(c)}/invite/again/"),
                                "invitations.started_again"),
    "conversations:new": (
        lambda who, c: (f"/circles/{c.slug}/conversations/new/", _talk(c)),
        "conversations.opened"),
    "conversations:move": (
        sending(lambda c: f"/conversations/{conversations.conversation(c).pk}/move/", on="heard"),
        "conversations.moved_on"),
    "conversations:move (floor)": (
        sending(lambda c: f"/conversations/{conversations.conversation(c).pk}/move/",
                floor="open"),
        "conversations.floor_given"),
    "conversations:conversation": (
        sending(lambda c: f"/conversations/{conversations.conversation(c).pk}/", kind="note",
                text="Two weeks more."),
        "conversations.written"),
    "conversations:moderation": (
        lambda who, c: _moderated(c, outcome="hidden", reason="hurts"), "conversations.hidden"),
    "conversations:moderation (no)": (
        lambda who, c: _moderated(c, outcome="shown"), "conversations.shown"),
    "conversations:close": (
        sending(lambda c: f"/conversations/{conversations.conversation(c).pk}/close/",
                outcome="We try it."),
        "conversations.closed"),
    "tensions:new": (sending(lambda c: f"/circles/{c.slug}/tensions/new/", **POLES),
                     "tensions.raised"),
    "tensions:words": (sending(lambda c: f"/tensions/{tensions.tension(c).pk}/words/", **POLES),
                       "tensions.worded"),
    "tensions:press": (lambda who, c: _pressed(c, "accept", letter="a", by="Anna"),
                       "tensions.accepted"),
    "tensions:press (treat)": (lambda who, c: _pressed(c, "treat", treatment="decide"),
                               "tensions.treated"),
    "tensions:press (assume)": (lambda who, c: _pressed(c, "assume", text="Bread is baked once."),
                                "tensions.assumed"),
    "tensions:press (aside)": (lambda who, c: _pressed(c, "set-aside", reason="Later."),
                               "tensions.set_aside"),
    "tensions:press (take up)": (lambda who, c: _pressed(c, "take-up", _aside),
                                 "tensions.taken_up"),
    "tensions:press (answer)": (
        lambda who, c: (f"/tensions/{(h := _handed(c))[0].pk}/press/",
                        {"deed": "answer", "handing": h[1].pk, "answer": "A second door."}),
        "tensions.answered"),
    "tensions:settle": (
        sending(lambda c: f"/tensions/{_chosen_treatment(c).pk}/settle/", **SETTLED),
        "tensions.settled"),
    "tensions:hand_over": (
        sending(lambda c: f"/tensions/{tensions.tension(c).pk}/hand-over/", name="Dora",
                address="dora@example.org", words="The fire exit is locked."),
        "tensions.handed_over"),
    "tensions:talk": (
        lambda who, c: (f"/tensions/{tensions.tension(c).pk}/talk/", _talk(c)),
        "conversations.opened"),
    "meetings:new": (
        sending(lambda c: f"/circles/{c.slug}/meetings/new/", title="Talk", day="2030-01-12",
                what_is_open="All.", what_is_decided="Nothing."),
        "meetings.planned"),
    "meetings:minutes": (
        sending(lambda c: f"/meetings/{meetings.planned(c).pk}/minutes/", heard="Nights."),
        "meetings.minutes_written"),
    "experiments:experiments": (
        sending(lambda c: f"/circles/{c.slug}/experiments/", title="Begin at five"),
        "experiments.noted"),
    "experiments:take_up": (
        lambda who, c: (f"/circles/{c.slug}/experiments/take-up/",
                        {"kind": "tension", "key": tensions.tension(c).pk}),
        "experiments.noted"),
    "experiments:shape": (
        sending(_at(experiments.written, "shape/1"), title="Begin at six"), "experiments.written"),
    "experiments:move": (_moved("idea", "shape"), "experiments.shaped"),
    "experiments:move (open again)": (_moved("agreed", "open_again"), "experiments.opened_again"),
    "experiments:move (agree)": (sending(_at(_ready, "move"), step="agree"), "experiments.agreed"),
    "experiments:move (begin)": (_moved("agreed", "begin"), "experiments.begun"),
    "experiments:move (review)": (_moved("running", "review"), "experiments.looking_back"),
    "experiments:move (decide)": (_moved("reviewing", "decide"), "experiments.decided"),
    "experiments:touched": (lambda who, c: _touched(c, "mail"), "experiments.asked"),
    "experiments:touched (say)": (lambda who, c: _touched(c, "say", kind="consent"),
                                  "experiments.said"),
    "experiments:touched (without)": (
        lambda who, c: _touched(c, "without", without_because="Nobody is there in August."),
        "experiments.without"),
    "experiments:touched (answer)": (lambda who, c: _answered(c, "answer", answer="Olga."),
                                     "experiments.answered"),
    "experiments:touched (settle)": (lambda who, c: _answered(c, "settle"), "experiments.settled"),
    "experiments:amend": (
        lambda who, c: (at := _at(experiments.begun, "amend")(c),
                        form_on(who, at).data(owner="Paul", reason="Olga is away.")),
        "experiments.amended"),
    "experiments:halt": (sending(_at(experiments.begun, "stop"), words="No bread at seven."),
                         "experiments.halted"),
    "experiments:drop": (sending(_at(experiments.written, "drop"), reason="Too big."),
                         "experiments.dropped"),
    "experiments:review": (sending(_at(experiments.looking_back, "review"), happened="Fewer."),
                           "experiments.reviewed"),
    "experiments:again": (sending(_at(_watched, "again")), "experiments.asked_again"),
    "experiments:round_again": (
        sending(lambda c: f"/rounds/{pictures.with_picture(c).pk}/again/"),
        "experiments.asked_again"),
    "experiments:tell": (
        sending(_at(lambda c: experiments.ended(c, "stop"), "tell")),
        "experiments.told",
    ),
    "experiments:talk": (
        lambda who, c: (_at(experiments.shaped, "talk")(c), _talk(c)),
        "conversations.opened",
    ),
    "answerback:write": (
        sending(lambda c: f"/rounds/{pictures.with_picture(c).pk}/answer-back/", language="en"),
        "answerback.written"),
    "answerback:write (again)": (
        sending(lambda c: _answer(c, is_published=True), **ANSWER | {"heard": "More."},
                language="en", why="Forgotten."),
        "answerback.corrected"),
    "answerback:publish": (sending(lambda c: f"{_answer(c)}publish/"), "answerback.published"),
    "answerback:send": (sending(lambda c: f"{_answer(c, is_published=True)}send/"),
                        "answerback.sent"),
}  # fmt: skip
