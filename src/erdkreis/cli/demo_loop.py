"""How the invented bakery goes on: a meeting, one experiment kept, one running, an answer back."""

import random
import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from erdkreis.answerback import services as answerback
from erdkreis.circles.models import Circle
from erdkreis.conversations import speaking
from erdkreis.conversations.about import About
from erdkreis.conversations.models import Contribution, Conversation, Phase, Speaker, Subject
from erdkreis.conversations.services import move_on, open_conversation
from erdkreis.conversations.subjects import cell
from erdkreis.experiments.models import Experiment
from erdkreis.experiments.services import consent, reviewing, running, shaping
from erdkreis.experiments.services.looking_again import ask_again
from erdkreis.invitations.codes import digest
from erdkreis.meetings.models import Meeting
from erdkreis.meetings.services import write_minutes
from erdkreis.pictures.services import make_picture
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.questionnaires.paths import Path
from erdkreis.rounds.models import Round
from erdkreis.rounds.services import start_asking, start_inviting
from erdkreis.tensions.models import Pole, Tension
from erdkreis.tensions.services import (
    accept_words,
    add_assumption,
    choose_treatment,
    raise_tension,
)

Texts = dict[str, Any]
Kind = Contribution.Kind
SHAPED = (
    "title", "question", "change", "expectation", "surprise", "watch_other", "guard", "stop_sign",
    "time_freed_from", "owner",
)  # fmt: skip
SEED = 20261125
# Whose poles pull, and who talks about it.
TALKING = ("customers", "employees")
N_HEARD_AGAIN = 34
# One step brighter than the first time, on average.
SAID_AGAIN = (2, 3, 4, 4, 4, 5)


def make_loop(circle: Circle, round_: Round, host: str) -> None:
    """Let the circle talk, try, look again and answer."""
    texts = _read()
    meeting = _meeting(circle, round_, texts["meeting"], host)
    _conversation(_tension(circle, round_, texts["tension"]), texts["conversation"])
    _kept(circle, texts["kept"], host, meeting)
    _running(circle, texts["running"], host)
    _answer_back(round_, texts["answer_back"])


def _read() -> Texts:
    file = files("erdkreis.cli") / "demo_loop.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _said(texts: Texts) -> Texts:
    language = (get_language() or "en")[:2]
    return {k: v[language] for k, v in texts.items() if isinstance(v, dict) and "de" in v}


def _meeting(circle: Circle, round_: Round, texts: Texts, host: str) -> Meeting:
    said = _said(texts)
    planned = {k: said.pop(k) for k in ("title", "place", "what_is_open", "what_is_decided")}
    day = timezone.localdate() - timedelta(days=130)
    meeting = Meeting.objects.create(circle=circle, round=round_, day=day, **planned)
    ideas = [_said(idea)["text"] for idea in texts["idea"]]
    written = said | {"answer_back_on": day + timedelta(days=14)}
    return write_minutes(meeting, written, ideas, host)


def _tension(circle: Circle, round_: Round, texts: Texts) -> Tension:
    """Two poles whose words both sides accept, made from a place of the picture."""
    said = _said(texts)
    assumption = (said.pop("assumption"), said.pop("falls_because"))
    worded = [_said(texts[letter]) for letter in "ab"]
    accepted = [pole.pop("accepted_by") for pole in worded]
    poles = [
        Pole(group=circle.groups.get(code=code), **pole)
        for code, pole in zip(TALKING, worded, strict=True)
    ]
    subject = cell(round_, "q1_work")
    tension = raise_tension(
        Tension(circle=circle, round=round_, **said), poles, subject.about if subject else None
    )
    for letter, by in zip("ab", accepted, strict=True):
        accept_words(tension, letter, by)
    choose_treatment(tension, Tension.Treatment.QUESTION_ASSUMPTION)
    add_assumption(tension, *assumption)
    return tension


def _conversation(tension: Tension, texts: Texts) -> None:
    """Two groups talk about it: each has been heard, and reasons are being given."""
    said = _said(texts)
    told = {name: said[name] for name in ("title", "question", "what_is_open")}
    url = reverse("tensions:tension", args=[tension.pk])
    about = About(Subject.TENSION, str(tension.pk), url, tension.about)
    groups = list(tension.circle.groups.filter(code__in=TALKING))
    talk = open_conversation(
        Conversation(circle=tension.circle, round=tension.round, **told), groups, about
    )
    guest, baker = (_speaker(talk, code) for code in TALKING)
    language = (get_language() or "en")[:2]
    speaking.say(baker, Kind.VIEW, said["baker"], language, phase=Phase.HEARD)
    view = speaking.say(guest, Kind.VIEW, said["guest"], language, phase=Phase.HEARD)
    heard = speaking.say(
        baker, Kind.PARAPHRASE, said["heard"], language, phase=Phase.HEARD, answers=view
    )
    speaking.answer_paraphrase(guest, heard, is_right=True)
    move_on(talk, seen=Phase.HEARD)
    speaking.say(guest, Kind.PRO, said["pro"], language, phase=Phase.REASONS)
    speaking.say(baker, Kind.CONTRA, said["contra"], language, phase=Phase.REASONS)


def _speaker(talk: Conversation, code: str) -> Speaker:
    side = talk.sides.select_related("group", "conversation").get(group__code=code)
    token = speaking.come_in(side, Speaker.Mode.ANONYMOUS, shows_group=True)
    return Speaker.objects.select_related("side__group").get(token_digest=digest(token))


def _begun(circle: Circle, texts: Texts, host: str, touched: tuple[str, ...]) -> Experiment:
    """Walk an experiment up to its start, as the pages do."""
    said, today = _said(texts), timezone.localdate()
    made = shaping.note_idea(circle, host)
    dates = {
        "starts_on": today,
        "ends_on": today + timedelta(weeks=6),
        "review_on": today + timedelta(weeks=7),
    }
    shaping.save_shape(made, {k: said[k] for k in SHAPED} | {"effort_hours": 20} | dates)
    shaping.save_touched(made, circle.groups.filter(code__in=touched))
    employees = circle.groups.get(code="employees")
    shaping.save_watches(made, [("q1_work", employees), ("effects", employees)])
    shaping.shape(made, host)
    for one in made.touched.select_related("experiment", "group"):
        consent.say(one, "consent")
    if "concern" in said:
        about = made.touched.select_related("experiment", "group").last()
        assert about is not None  # noqa: S101 - tells the type checker
        consent.say(about, "concern", said["concern"])
        consent.answer(about.said.get(kind="concern"), said["answer"])
    consent.agree(made, host)
    return running.begin(made, host)


def _kept(circle: Circle, texts: Texts, host: str, meeting: Meeting) -> None:
    experiment = _begun(circle, texts, host, ("employees", "customers"))
    Experiment.objects.filter(pk=experiment.pk).update(
        start_kind=Experiment.Start.MEETING, start_idea=meeting.ideas.first()
    )
    _look_again(ask_again(experiment), host)
    reviewing.start_review(experiment, host)
    said = _said(texts)
    written = {k: said[k] for k in ("happened", "surprised", "cost", "reason", "minority", "tell")}
    voices = {
        one.pk: said["looking_back" if one.group.code == "employees" else "asked_too"]
        for one in experiment.touched.select_related("group")
    }
    reviewing.save_review(experiment, written | {"decision": "keep"}, voices)
    reviewing.decide(experiment, host)
    _move_back(experiment, timedelta(days=110))


def _running(circle: Circle, texts: Texts, host: str) -> None:
    experiment = _begun(circle, texts, host, ("community", "employees"))
    _move_back(experiment, timedelta(days=10))


def _move_back(experiment: Experiment, by: timedelta) -> None:
    """Let everything have happened some time ago."""
    experiment = Experiment.objects.get(pk=experiment.pk)
    for name in ("starts_on", "ends_on", "review_on"):
        day: date = getattr(experiment, name)
        setattr(experiment, name, day - by)
    if experiment.locked_at:
        experiment.locked_at -= by
    experiment.save()
    for step in experiment.steps.all():
        step.at -= by
        step.save(update_fields=["at"])


def _look_again(round_: Round, host: str) -> None:
    """Ask the short round, hear enough, and make its picture."""
    day = timezone.localdate() - timedelta(days=70)
    Round.objects.filter(pk=round_.pk).update(
        opens_on=day, closes_on=day + timedelta(days=14), answer_back_on=day + timedelta(days=30)
    )
    round_ = start_asking(start_inviting(Round.objects.get(pk=round_.pk), host), host)
    group = round_.groups.select_related("round").get(code="employees")
    dice = random.Random(SEED)  # noqa: S311 - a demo needs the same dice, not secret ones
    voices = [
        Voice(round_group=group, channel=Voice.Channel.CODE, day=day, language="de", is_sent=True)
        for _ in range(N_HEARD_AGAIN)
    ]
    Voice.objects.bulk_create(voices)
    Answer.objects.bulk_create(
        Answer(
            voice=voice, item=page.item.code, status=Answer.Status.RATED,
            value=dice.choice(SAID_AGAIN),
        )
        for voice in voices
        for page in Path(group).pages
        if page.item
    )  # fmt: skip
    make_picture(round_, host)


def _answer_back(round_: Round, texts: Texts) -> None:
    begun = answerback.begin(round_)
    written = _said(texts) | {
        "said": begun.said,
        "look_again_on": timezone.localdate() + timedelta(weeks=5),
    }
    answerback.write(round_, written, begun.language)
    answerback.publish(round_)
