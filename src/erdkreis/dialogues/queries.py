from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from erdkreis.calc.privacy import VoteCounts
from erdkreis.circles.models import Circle, Group, VoiceMode
from erdkreis.dialogues.models import Dialogue, Statement, Vote, Voter, VoteValue
from erdkreis.invitations.codes import digest


def dialogues_of(circle: Circle) -> QuerySet[Dialogue]:
    """Return the dialogues of a circle, newest first."""
    return circle.dialogues.select_related("round").order_by("-pk")


def published_elsewhere() -> QuerySet[Dialogue]:
    """Return the dialogues whose votes were published elsewhere, for everyone to read."""
    published = Dialogue.objects.filter(is_public_source=True)
    return published.select_related("circle__organisation", "round").order_by("pk")


@dataclass(frozen=True)
class Listed:
    """A dialogue as the list shows it: nothing counted over people."""

    dialogue: Dialogue
    n_statements: int
    n_waiting: int


def listed_dialogues(circle: Circle) -> list[Listed]:
    waiting = Q(statements__status=Statement.Status.PENDING)
    accepted = Q(statements__status=Statement.Status.ACCEPTED)
    rows = dialogues_of(circle).annotate(
        n_statements=Count("statements", filter=accepted),
        n_waiting=Count("statements", filter=waiting),
    )
    return [Listed(d, d.n_statements, d.n_waiting if d.is_open else 0) for d in rows]


def dialogue_at(slug: str) -> Dialogue | None:
    """Return the dialogue behind a public address, with everything its pages need."""
    return (
        Dialogue.objects.select_related("circle__organisation", "round").filter(slug=slug).first()
    )


def groups_to_come_as(dialogue: Dialogue) -> QuerySet[Group]:
    """Return the groups somebody may come as. Who speaks by name does not come anonymously."""
    return dialogue.circle.groups.filter(is_on=True).exclude(voice_mode=VoiceMode.ON_RECORD)


def voter_with(receipt: str, dialogue: Dialogue) -> Voter | None:
    """Return the voter that belongs to a receipt code, in this dialogue."""
    if not receipt:
        return None
    known = Voter.objects.filter(receipt_digest=digest(receipt), dialogue=dialogue)
    voter = known.select_related("group").first()
    if voter is not None:
        voter.dialogue = dialogue  # known already, with its circle
    return voter


def accepted_statements(dialogue: Dialogue) -> QuerySet[Statement]:
    return dialogue.statements.filter(status=Statement.Status.ACCEPTED).order_by("number")


def votes_of(voter: Voter) -> dict[int, VoteValue]:
    """Return what somebody voted, by statement."""
    return {pk: VoteValue(value) for pk, value in voter.votes.values_list("statement", "value")}


def own_statements(voter: Voter) -> QuerySet[Statement]:
    return voter.statements.order_by("-number")


def statements_to_read(dialogue: Dialogue) -> list[Statement]:
    """Return what waits to be read, oldest first. Who wrote it is not loaded."""
    return list(dialogue.statements.filter(status=Statement.Status.PENDING).order_by("number"))


def decided_statements(dialogue: Dialogue) -> list[Statement]:
    return list(dialogue.statements.exclude(status=Statement.Status.PENDING).order_by("number"))


def counted_statements(dialogue: Dialogue) -> list[Statement]:
    """Return the statements whose counts are told: of a published conversation, all."""
    if dialogue.is_public_source:
        return list(dialogue.statements.order_by("number"))
    return list(accepted_statements(dialogue))


def vote_counts(dialogue: Dialogue) -> dict[int, VoteCounts]:
    """Return raw counts per statement. Only the gate may let them out."""
    rows = (
        Vote.objects.filter(statement__dialogue=dialogue)
        .values_list("statement", "value")
        .annotate(n=Count("*"))
    )
    counts: dict[int, dict[int, int]] = {
        pk: {} for pk in dialogue.statements.values_list("pk", flat=True)
    }
    for pk, value, n in rows:
        counts.setdefault(pk, {})[value] = n
    return {pk: _counts(of) for pk, of in counts.items()}


def _counts(by_value: dict[int, int]) -> VoteCounts:
    return VoteCounts(
        agree=by_value.get(VoteValue.AGREE, 0),
        passed=by_value.get(VoteValue.PASS, 0),
        disagree=by_value.get(VoteValue.DISAGREE, 0),
    )


def votes_by_group(dialogue: Dialogue) -> dict[int, dict[str, VoteCounts]]:
    """Return raw counts per statement and group, `""` for those without one. For the gate only."""
    rows = (
        Vote.objects.filter(statement__dialogue=dialogue)
        .values_list("statement", "voter__group__code", "value")
        .annotate(n=Count("*"))
    )
    counts: dict[int, dict[str, dict[int, int]]] = {}
    for pk, code, value, n in rows:
        counts.setdefault(pk, {}).setdefault(code or "", {})[value] = n
    return {
        pk: {code: _counts(of) for code, of in by_code.items()} for pk, by_code in counts.items()
    }


def n_voters(dialogue: Dialogue) -> int:
    """Return the raw number of people who voted. Only the gate may let it out."""
    return dialogue.voters.filter(Exists(Vote.objects.filter(voter=OuterRef("pk")))).count()


def dialogues_with_voters() -> list[tuple[Dialogue, int]]:
    """Return every dialogue with the raw number of people who voted in it."""
    voted = Exists(Vote.objects.filter(voter=OuterRef("voters")))
    rows = Dialogue.objects.select_related("circle", "round").annotate(
        n_voted=Count("voters", filter=voted)
    )
    return [(dialogue, dialogue.n_voted) for dialogue in rows.order_by("pk")]


def groups_that_voted(dialogue: Dialogue) -> dict[int, str]:
    """Return the code of the group of each voter who came as one."""
    rows = dialogue.voters.filter(group__isnull=False).values_list("pk", "group__code")
    return dict(rows)


def sizes_of_groups(dialogue: Dialogue, groups: Sequence[Group]) -> dict[str, int | None]:
    """Return how many people each group has, by code: as its round froze it, else as of today."""
    sizes = {group.code: group.size for group in groups}
    if dialogue.round is None:
        return sizes
    return sizes | {
        code: size
        for code, size in dialogue.round.groups.values_list("code", "size")
        if size is not None
    }
