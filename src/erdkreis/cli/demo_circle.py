"""One believable circle: an invented bakery with about three hundred voices.

Everything follows from a seed, so the demo looks the same everywhere. It is written past the
forms, but the picture passes the gate like any other.
"""

import random
import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle, Role
from erdkreis.circles.services import found_circle
from erdkreis.cli.demo_balance import make_balance
from erdkreis.cli.demo_dialogue import make_dialogue
from erdkreis.cli.demo_loop import make_loop
from erdkreis.cli.demo_neighbours import make_neighbours
from erdkreis.directory.models import Editor
from erdkreis.directory.seeds import plant_seeds
from erdkreis.invitations.models import Guardian
from erdkreis.invitations.services import appoint_guardian, issue_codes
from erdkreis.pictures.models import Reply
from erdkreis.pictures.queries import publication_of
from erdkreis.pictures.services import (
    make_picture,
    publish_picture,
    reply_to_request,
    write_note,
)
from erdkreis.questionnaires.catalogue import (
    CURRENT_VERSION,
    QUESTIONS,
    SATISFACTIONS,
    Item,
    catalogue,
)
from erdkreis.questionnaires.models import Answer, Evidence, Prediction, Voice
from erdkreis.questionnaires.paths import is_asked
from erdkreis.questionnaires.queries import guarded
from erdkreis.questionnaires.steps import core_item
from erdkreis.rounds.models import LEADERSHIP, Round, RoundGroup
from erdkreis.rounds.services import freeze, seal_leadership, start_asking, start_inviting
from erdkreis.web.languages import in_one_language

SEED = 20261123
# Known to everyone, so it belongs on no server that others can reach. The documentation says so.
PASSWORD = "kornblume-demo"  # noqa: S105 - a demo everyone may enter
EARLIER, RUNNING = 0, 1
REQUEST = "closing.experiment"
SPREAD = 0.9
SHARE_WITH_WORDS = 0.45

Texts = dict[str, Any]


@transaction.atomic
def make(language: str) -> Circle:
    """Make the circle with one finished and one running round."""
    with translation.override(language):
        texts = in_one_language(_read(), language)
        circle = _circle(texts)
        dice = random.Random(SEED)  # noqa: S311 - a demo needs the same dice, not secret ones
        earlier = _round(circle, texts, "earlier", timezone.localdate() - timedelta(days=170))
        _answer(earlier, texts, EARLIER, dice, language)
        _tell(earlier, texts)
        Round.objects.filter(pk=earlier.pk).update(state=Round.State.CLOSED)
        make_loop(circle, Round.objects.get(pk=earlier.pk), str(texts["host"]["name"]))
        running = _round(circle, texts, "running", timezone.localdate() - timedelta(days=3))
        Round.objects.filter(pk=running.pk).update(follows=earlier)
        _answer(running, texts, RUNNING, dice, language)
        make_dialogue(circle, texts, language)
        make_balance(circle, language)
        make_neighbours(circle, circle.roles.get(kind=Role.Kind.HOST).person)
    return circle


def _tell(round_: Round, texts: Texts) -> None:
    """Make the picture of a finished round, answer one guardian, and publish it with a note."""
    host = str(texts["host"]["name"])
    make_picture(round_, host)
    asking = {guardian["name"]: guardian for guardian in texts["guardian"]}
    for one in guarded(round_):
        if reply := asking[one.guardian.name].get("reply"):
            made = Reply(round=round_, guardian=one.guardian, item=REQUEST, **reply)
            reply_to_request(made, host)
    write_note(round_, texts["note"])
    publish_picture(round_, host)


def links(circle: Circle) -> list[str]:
    """Return what to open first. The personal link is a fresh one each time."""
    running = circle.rounds.filter(state=Round.State.ASKING).first()
    finished = circle.rounds.filter(state=Round.State.CLOSED).first()
    host = circle.roles.filter(kind=Role.Kind.HOST).select_related("person").first()
    seen = [(_("Start page"), _address("home:start"))]
    if host:
        known = {"mail": host.person.email, "password": PASSWORD}
        seen.append((_("Sign in"), _address("account_login")))
        seen.append(("", _("as %(mail)s with the password %(password)s") % known))
    if running:
        group = running.groups.get(code="customers")
        personal = _address("questionnaires:personal", *issue_codes(group, 1))
        seen.append((_("Give an answer"), personal))
        seen.append((_("Open link"), f"{settings.PUBLIC_URL}/e/{group.slug}/"))
    if dialogue := circle.dialogues.first():
        seen.append((_("Open dialogue"), f"{settings.PUBLIC_URL}/d/{dialogue.slug}/"))
    if finished:
        seen.append((_("See a picture"), _address("pictures:picture", finished.pk)))
        if publication := publication_of(finished):
            seen.append((_("As everyone"), _address("pictures:public", publication.slug)))
    width = max(len(name) for name, _where in seen) + 2
    return ["", *(f"  {name:{width}}{where}" for name, where in seen), ""]


def _address(name: str, *args: object) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"


def _read() -> Texts:
    file = files("erdkreis.cli") / "demo_kornblume.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _circle(texts: Texts) -> Circle:
    host = _person(texts["host"])
    Editor.objects.create(person=host)
    plant_seeds()
    organisation = texts["organisation"]
    circle = found_circle(host, organisation["name"], place=organisation["place"], is_invented=True)
    facilitator = _person(texts["facilitator"])
    Role.objects.create(circle=circle, person=facilitator, kind=Role.Kind.FACILITATOR)
    for group in texts["group"]:
        circle.groups.filter(code=group["code"]).update(size=group["size"] or None)
    return circle


def _person(who: dict[str, str]) -> Person:
    return Person.objects.create_user(who["email"], PASSWORD, name=who["name"])


def _round(circle: Circle, texts: Texts, which: str, opens_on: date) -> Round:
    """Walk a round up to the asking, leadership sealed."""
    round_ = Round.objects.create(
        circle=circle,
        item_version=CURRENT_VERSION,
        opens_on=opens_on,
        closes_on=opens_on + timedelta(days=24),
        answer_back_on=opens_on + timedelta(days=45),
        works_council=Round.WorksCouncil.NONE,
        **texts[which],
        **texts["promise"],
    )
    host = str(texts["host"]["name"])
    round_ = start_inviting(round_, host)
    freeze(round_.pk)
    _lead(round_, texts)
    return start_asking(seal_leadership(round_, host), host)


def _lead(round_: Round, texts: Texts) -> None:
    """Let the leadership answer as one, and predict: brighter than it will turn out."""
    group = round_.groups.get(code=LEADERSHIP)
    profile = _profile(texts, LEADERSHIP)
    voice = _voice(group, Voice.Channel.LINK, is_collective=True)
    voice.save()
    answers = [
        Answer(voice=voice, item=item.code, status=Answer.Status.RATED, value=round(middle))
        for item, middle, _cannot_see in _asked(group, profile)
    ]
    Answer.objects.bulk_create(answers)
    others = round_.groups.filter(is_asked=True).exclude(code=LEADERSHIP)
    Prediction.objects.bulk_create(
        Prediction(
            voice=voice,
            round_group=other,
            question=question.code,
            status=Answer.Status.RATED,
            value=_expected(texts, other.code, i),
        )
        for other in others
        for i, question in enumerate(catalogue().questions)
        if is_asked(question, other)
    )


def _expected(texts: Texts, group: str, question: int) -> int:
    agree = _profile(texts, group).get("agree")
    return min(5, round(agree[question] + 0.8)) if agree else 3


def _answer(round_: Round, texts: Texts, which: int, dice: random.Random, language: str) -> None:
    for profile in texts["group"]:
        if profile["code"] == LEADERSHIP or not profile.get("agree"):
            continue
        group = round_.groups.get(code=profile["code"])
        _answer_as_group(group, profile, profile["heard"][which], texts, dice, language)
    group = round_.groups.get(code="environment")
    for guardian in texts["guardian"]:
        _speak_for_environment(group, guardian, texts["evidence"])


def _answer_as_group(
    group: RoundGroup, profile: Texts, n: int, texts: Texts, dice: random.Random, language: str
) -> None:
    voices = [_voice(group, _channel(dice), language=language) for _ in range(n)]
    Voice.objects.bulk_create(voices)
    words = {code: list(said) for code, said in profile.get("words", {}).items()}
    answers = []
    for voice in voices:
        for item, middle, cannot_see in _asked(group, profile):
            is_split = item.subject in profile.get("split", ())
            answer = _one(voice, item, middle, cannot_see, is_split=is_split, dice=dice)
            if words.get(item.subject) and dice.random() < SHARE_WITH_WORDS:
                answer.words = words[item.subject].pop()
            answers.append(answer)
        if dice.random() < 0.1:  # noqa: PLR2004 - one in ten has an idea
            idea = dice.choice(texts["idea"]["words"])
            status = Answer.Status.WORDS
            answers.append(
                Answer(voice=voice, item="closing.experiment", status=status, words=idea)
            )
    Answer.objects.bulk_create(answers)


def _one(
    voice: Voice,
    item: Item,
    middle: float,
    cannot_see: float,
    *,
    is_split: bool,
    dice: random.Random,
) -> Answer:
    fate = dice.random()
    if fate < cannot_see:
        return Answer(voice=voice, item=item.code, status=Answer.Status.DONT_KNOW)
    if fate > 0.97:  # noqa: PLR2004 - three in a hundred leave a question out
        return Answer(voice=voice, item=item.code, status=Answer.Status.SKIPPED)
    if is_split:
        middle = dice.choice((1.6, 4.6))
    value = min(5, max(1, round(dice.gauss(middle, SPREAD if not is_split else 0.5))))
    return Answer(voice=voice, item=item.code, status=Answer.Status.RATED, value=value)


def _asked(group: RoundGroup, profile: Texts) -> list[tuple[Item, float, float]]:
    """Return the rated items of a group with the middle of its answers and its don't-knows."""
    texts = catalogue()
    asked: list[tuple[Item, float, float]] = []
    for i, code in enumerate(QUESTIONS):
        item = core_item(texts.question(code), group.code)
        if item is not None:
            asked.append((item, profile["agree"][i], profile["cannot_see"][i]))
    satisfied = zip(texts.satisfaction_of(group.code), profile["satisfied"], strict=True)
    return asked + [(item, middle, 0.08) for item, middle in satisfied]


def _speak_for_environment(group: RoundGroup, texts: Texts, evidence: Texts) -> None:
    guardian = Guardian(
        round_group=group,
        **{key: texts[key] for key in ("name", "affiliation", "is_paid_by_organisation")},
        interests=texts["interests"],
    )
    appoint_guardian(guardian)
    voice = _voice(group, Voice.Channel.GUARDIAN, guardian=guardian)
    voice.save()
    for code in ("q3_environment", "q6_real_needs"):
        item = f"{code}.{group.code}.core"
        Evidence.objects.create(voice=voice, item=item, **evidence[code])
        rated = {"status": Answer.Status.RATED, "value": texts[code]}
        Answer.objects.create(voice=voice, item=item, **rated)
    no_evidence = {"status": Answer.Status.DONT_KNOW}
    Answer.objects.create(voice=voice, item=f"q5_mission.{group.code}.core", **no_evidence)
    words = {"status": Answer.Status.WORDS, "words": texts["request"]}
    Answer.objects.create(voice=voice, item=REQUEST, **words)
    for name in SATISFACTIONS:
        Answer.objects.create(voice=voice, item=f"satisfaction.{group.code}.{name}", **no_evidence)


def _voice(group: RoundGroup, channel: str, **fields: Any) -> Voice:
    return Voice(
        round_group=group,
        channel=channel,
        day=group.round.opens_on or timezone.localdate(),
        **({"language": "de", "is_sent": True} | fields),
    )


def _channel(dice: random.Random) -> str:
    return Voice.Channel.CODE if dice.random() < 0.8 else Voice.Channel.LINK  # noqa: PLR2004 - most were invited


def _profile(texts: Texts, group: str) -> Texts:
    profile: Texts = next(entry for entry in texts["group"] if entry["code"] == group)
    return profile
