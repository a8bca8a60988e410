"""Beside the loop: a pulse of four dates and a few fit conversations of the invented bakery."""

import random
import tomllib
from datetime import timedelta
from importlib.resources import files
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle
from erdkreis.fit import services as fit
from erdkreis.fit.models import Decision, FitConversation, Side, Value
from erdkreis.fit.services import Written
from erdkreis.fit.steps import BY_CODE, LAST
from erdkreis.pulse import services as pulse
from erdkreis.pulse.models import Pulse, PulseDate
from erdkreis.pulse.rotation import LOAD_BAND, OPEN, REWORK_BAND, items_of_date
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.rounds.models import RoundGroup

SEED = 20261126
N_DATES, EVERY = 4, timedelta(weeks=2)
# Where the answers lie on the first date, and how far they move until the last: invented.
MOVES = {LOAD_BAND: (4.1, -0.9), REWORK_BAND: (3.0, -0.2)}
ELSEWHERE = (3.1, 0.3)

Texts = dict[str, Any]


def make_neighbours(circle: Circle, host: Person) -> None:
    texts = tomllib.loads(
        (files("erdkreis.cli") / "demo_neighbours.toml").read_text(encoding="utf-8")
    )
    _pulse(circle, texts["pulse"])
    for talk in texts["fit"]:
        _talk(circle, host, talk)


def _said(texts: Texts) -> Texts:
    language = (get_language() or "en")[:2]
    return {k: v[language] for k, v in texts.items() if isinstance(v, dict) and "de" in v}


def _pulse(circle: Circle, texts: Texts) -> None:
    """Let three teams be asked four times, one of them too small to be shown."""
    first_on = timezone.localdate() - (N_DATES - 1) * EVERY - Pulse.DAYS_OPEN
    named = {name: _said(one)["name"] for name, one in texts["team"].items()}
    made = Pulse(
        whom=Pulse.Whom.EMPLOYEES, every_weeks=2, first_on=first_on, works_council="none",
        **_said(texts), contact=texts["contact"], named_person=texts["named_person"],
    )  # fmt: skip
    pulse.prepare(circle, made, list(named.values()))
    Pulse.objects.filter(pk=made.pk).update(state=Pulse.State.RUNNING)
    dice = random.Random(SEED)  # noqa: S311 - a demo needs the same dice, not secret ones
    for turn in range(N_DATES):
        dated = pulse.begin(made, first_on + turn * EVERY)
        for name, one in texts["team"].items():
            group = dated.round.groups.get(name_en=named[name])
            words = one.get("words", {}).get((get_language() or "en")[:2], [])
            _answer(dated, group, one["heard"], words if turn == N_DATES - 1 else [], dice)
        pulse.close(dated)


def _answer(
    dated: PulseDate, group: RoundGroup, n: int, words: list[str], dice: random.Random
) -> None:
    day = dated.day
    voices = [
        Voice(round_group=group, channel=Voice.Channel.CODE, day=day, language="de", is_sent=True)
        for _ in range(n)
    ]
    Voice.objects.bulk_create(voices)
    answers = []
    for code in items_of_date(dated.number):
        if code == OPEN:
            continue
        begins, moves = MOVES.get(code, ELSEWHERE)
        middle = begins + moves * (dated.number - 1) / (N_DATES - 1)
        answers += [
            Answer(
                voice=voice, item=code, status=Answer.Status.RATED,
                value=min(5, max(1, round(dice.gauss(middle, 0.8)))),
            )
            for voice in voices
        ]  # fmt: skip
    answers += [
        Answer(voice=voice, item=OPEN, status=Answer.Status.WORDS, words=said)
        for voice, said in zip(voices, words, strict=False)
    ]
    Answer.objects.bulk_create(answers)


def _talk(circle: Circle, host: Person, texts: Texts) -> None:
    """Write one conversation down, decide it as both sides did, and let it lie some days back."""
    said = _said(texts)
    talk, _code = fit.begin(circle, host, said["about"], seeker_name=texts["who"])
    FitConversation.objects.filter(pk=talk.pk).update(reached=LAST.number)
    talk.refresh_from_db()
    for line in texts["line"]:
        step = BY_CODE[line["step"]]
        written = Written(
            _said(line).get("text", ""), choice=line.get("choice", ""),
            aspect=line.get("aspect", ""),
        )  # fmt: skip
        fit.write(talk, Side(line["side"]), step, written)
    for side in (Side.PROVIDER, Side.SEEKER):
        fit.decide(talk, side, Value(texts[side.value]), why=said.get(f"why_{side.value}", ""))
    day = timezone.localdate() - timedelta(days=texts["days_ago"])
    FitConversation.objects.filter(pk=talk.pk).update(
        settled_on=day, began_on=day, active_on=timezone.localdate()
    )
    Decision.objects.filter(conversation=talk).update(decided_on=day)
