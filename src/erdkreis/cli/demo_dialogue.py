"""The dialogue of the invented bakery: three camps on two questions, and what all agree on."""

import random
from typing import Any

from django.utils import timezone

from erdkreis.circles.models import Circle
from erdkreis.dialogues.models import Dialogue, Statement, Vote, Voter, VoteValue
from erdkreis.dialogues.services import refresh_opinion, start_dialogue, write_statement
from erdkreis.dialogues.starters import starters

SHARE_SEEN, SHARE_UNSURE = 0.8, 0.1
# Of each group: early risers, night sleepers who would pay for it, and those who count every cent.
CAMPS = {"employees": (75, 11, 14), "customers": (36, 26, 38), "community": (13, 49, 38)}


def make_dialogue(circle: Circle, texts: dict[str, Any], language: str) -> Dialogue:
    """Open the dialogue, let people of three groups vote, leave two statements to be read."""
    told = texts["dialogue"]
    known = {starter.code: starter for starter in starters()}
    seeds = told["statement"]
    dialogue = start_dialogue(
        Dialogue(circle=circle, **{key: told[key] for key in ("title", "intro", "what_is_open")}),
        starters=[known[seed["starter"]] for seed in seeds if "starter" in seed],
        own=[seed["text"] for seed in seeds if "text" in seed],
    )
    shown = list(zip(dialogue.statements.order_by("number"), seeds, strict=True))
    dice = random.Random(told["title"])  # noqa: S311 - a demo needs the same dice, not secret ones
    voters = _voters(circle, dialogue, told["voters"])
    Vote.objects.bulk_create(
        vote for voter, group in voters for vote in _votes(voter, _camp(group, dice), shown, dice)
    )
    for waiting, (author, _group) in zip(told["waiting"], voters, strict=False):
        write_statement(author, waiting["text"], language)
    refresh_opinion(dialogue)
    return dialogue


def _voters(circle: Circle, dialogue: Dialogue, numbers: dict[str, int]) -> list[tuple[Voter, str]]:
    groups = {group.code: group for group in circle.groups.all()}
    voters = [
        (Voter(dialogue=dialogue, group=groups[code], day=timezone.localdate()), code)
        for code, n in numbers.items()
        for _ in range(n)
    ]
    Voter.objects.bulk_create(voter for voter, _code in voters)
    return voters


def _camp(group: str, dice: random.Random) -> int:
    return dice.choices(range(len(CAMPS[group])), CAMPS[group])[0]


def _votes(
    voter: Voter, camp: int, shown: list[tuple[Statement, dict[str, Any]]], dice: random.Random
) -> list[Vote]:
    votes = []
    for statement, seed in shown:
        if dice.random() > SHARE_SEEN:
            continue
        agrees = VoteValue.AGREE if dice.random() < seed["agree"][camp] else VoteValue.DISAGREE
        value = VoteValue.PASS if dice.random() < SHARE_UNSURE else agrees
        votes.append(Vote(voter=voter, statement=statement, value=value))
    return votes
