"""What people do in a dialogue: begin, vote, write, withdraw; prepare, moderate, close.

A vote is one statement: it finds the voter by the receipt, checks that the statement is in the
same open dialogue, and writes, or writes nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.calc.privacy import Rules, VoteCell
from erdkreis.circles.models import Group
from erdkreis.circles.services import readable_slug
from erdkreis.dialogues.models import Dialogue, Statement, Turn, Vote, Voter, VoteValue
from erdkreis.dialogues.queries import (
    dialogues_with_voters,
    n_voters,
    vote_counts,
    votes_by_group,
)
from erdkreis.dialogues.starters import Starter
from erdkreis.gate import opinion as opinion_gate
from erdkreis.gate import services as gate
from erdkreis.invitations.codes import digest, new_code
from erdkreis.questionnaires.traces import wipe_traces_of_order
from erdkreis.rounds.random_ids import random_id
from erdkreis.rounds.services import short_address
from erdkreis.web.prepared import prepared

if TYPE_CHECKING:
    from erdkreis.dialogues.analysis import OwnPlace
    from erdkreis.dialogues.turns import NextTurn

MOST_WAITING = 10
LONGEST_ANALYSIS = timedelta(minutes=30)


class DialogueError(Exception):
    """Something a dialogue does not allow, said in a sentence for people."""


@transaction.atomic
def start_dialogue(
    dialogue: Dialogue, starters: Iterable[Starter] = (), own: Iterable[str] = ()
) -> Dialogue:
    """Open a dialogue with its first statements."""
    dialogue.slug = public_address(dialogue.title)
    dialogue.save()
    language = dialogue.language_codes[0]
    seeds = [Statement(text=s.wording.in_language(language), starter=s.code) for s in starters] + [
        Statement(text=text) for text in own
    ]
    for number, statement in enumerate(seeds, start=1):
        statement.dialogue, statement.number, statement.language = dialogue, number, language
        statement.status, statement.is_seed = Statement.Status.ACCEPTED, True
    Statement.objects.bulk_create(seeds)
    return dialogue


def public_address(title: str) -> str:
    """Return a short address; a title in a script without Latin letters gets a plain word."""
    return short_address(title if readable_slug(title) else "dialogue")


@transaction.atomic
def add_seed(dialogue: Dialogue, text: str) -> Statement:
    """Add a statement of those who prepare the dialogue; it is in at once."""
    dialogue = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    _require_open(dialogue)
    return _write(dialogue, text, is_seed=True, status=Statement.Status.ACCEPTED)


def begin_voter(dialogue: Dialogue, group: Group | None = None) -> str:
    """Begin a voter and return the receipt code, of which only a digest is stored."""
    receipt = new_code()
    Voter.objects.create(
        dialogue=dialogue, receipt_digest=digest(receipt), group=group, day=timezone.localdate()
    )
    return receipt


MAY_VOTE = f"""
    FROM {Voter._meta.db_table} v
    JOIN {Dialogue._meta.db_table} d ON d.id = v.dialogue_id
    JOIN {Statement._meta.db_table} s ON s.dialogue_id = d.id
    WHERE v.receipt_digest = %s AND d.slug = %s AND d.state = %s AND s.id = %s AND s.status = %s
"""

# The chance comes along where this statement is the one that was shown, not one from the list.
CAST_VOTE = (
    f"INSERT INTO {Vote._meta.db_table} "  # noqa: S608 - the names of the tables are ours
    "(id, voter_id, statement_id, value, chance) "
    "SELECT CAST(%s AS bigint), v.id, s.id, CAST(%s AS smallint), "
    f"(SELECT t.chance FROM {Turn._meta.db_table} t"
    " WHERE t.voter_id = v.id AND t.statement_id = s.id) "
    f"{MAY_VOTE} "
    "ON CONFLICT (voter_id, statement_id) DO UPDATE SET value = excluded.value"
)


def cast_vote(receipt: str, slug: str, statement_id: int, value: VoteValue) -> bool:
    """Write one vote, or change it, in the dialogue at an address; say whether it was taken.

    It is not when there is no such voter, the dialogue is closed, or the statement is not in it.
    Which of them, the caller asks only then.
    """
    with prepared() as cursor:
        cursor.execute(
            CAST_VOTE,
            [
                random_id(), int(value), digest(receipt), slug, Dialogue.State.OPEN.value,
                statement_id, Statement.Status.ACCEPTED.value,
            ],
        )  # fmt: skip
        return bool(cursor.rowcount == 1)


def statement_in_turn(
    voter: Voter, statements: list[Statement], seen: Iterable[int]
) -> Statement | None:
    """Return the statement that lies before somebody: drawn once, the same after a reload.

    Drawing writes down the chance with which it came, so that figures can be weighted by it.
    """
    done = frozenset(seen)
    left = {s.pk: s for s in statements if s.pk not in done}
    turn = Turn.objects.filter(voter=voter).first()
    if not left or (turn and turn.statement_id in left):
        return left.get(turn.statement_id or 0) if turn else None
    from erdkreis.dialogues.turns import next_turn  # noqa: PLC0415 - loads numpy when needed

    group, not_before = voter.group.code if voter.group else None, turn.not_before if turn else {}
    drawn = next_turn(statements, done, group, not_before, last_opinion(voter.dialogue))
    return _keep_turn(voter, turn, drawn)


def _keep_turn(voter: Voter, before: Turn | None, drawn: "NextTurn") -> Statement | None:
    """Write a draw down, unless another tab was quicker: then what it drew counts."""
    fields = {
        "statement": drawn.statement, "chance": drawn.chance, "not_before": drawn.not_before,
    }  # fmt: skip
    turns = Turn.objects.filter(voter=voter)
    if before is None:
        Turn.objects.bulk_create([Turn(voter=voter, **fields)], ignore_conflicts=True)
    elif turns.filter(statement=before.statement_id).update(**fields):
        return drawn.statement
    kept = turns.select_related("statement").first()
    return kept.statement if kept else None


def take_vote_back(voter: Voter, statement_id: int) -> None:
    """Make a statement unseen again. Doing it twice changes nothing."""
    Vote.objects.filter(
        voter=voter, statement=statement_id, statement__dialogue__state=Dialogue.State.OPEN
    ).delete()


@transaction.atomic
def write_statement(voter: Voter, text: str, language: str) -> Statement:
    """Keep a statement of a participant. Others see it when it has been read and taken in.

    Sent twice, it is kept once.
    """
    dialogue = Dialogue.objects.select_for_update().get(pk=voter.dialogue_id)
    _require_open(dialogue)
    if known := voter.statements.filter(text=text).first():
        return known
    if voter.statements.filter(status=Statement.Status.PENDING).count() >= MOST_WAITING:
        raise DialogueError(
            _("%(n)s of your statements wait to be read. Please wait until some of them are.")
            % {"n": MOST_WAITING}
        )
    return _write(dialogue, text, author=voter, language=language)


@transaction.atomic
def withdraw_voter(voter: Voter, *, with_statements: bool) -> None:
    """Delete a voter with every vote; own statements go too, or stay without an author.

    What nobody has taken in yet goes in any case.
    """
    gone = voter.statements.all()
    if not with_statements:
        gone = gone.exclude(status=Statement.Status.ACCEPTED)
    gone.delete()
    voter.delete()


def accept_statement(statement: Statement) -> None:
    _decide(statement, Statement.Status.ACCEPTED, "", "")


def reject_statement(statement: Statement, reason: str, note: str = "") -> None:
    """Leave a statement out. The one who wrote it sees why."""
    if not reason or (reason == Statement.Reason.OTHER and not note):
        raise DialogueError(_("Please say why: the one who wrote it reads the reason."))
    _decide(statement, Statement.Status.REJECTED, reason, note)


@transaction.atomic
def close_dialogue(dialogue: Dialogue) -> None:
    """End the dialogue for good, and cut what led from a code or a statement to votes.

    What was shown last goes too; the chances stay with the votes, because figures rest on them.
    """
    Dialogue.objects.filter(pk=dialogue.pk).update(
        state=Dialogue.State.CLOSED, closed_on=timezone.localdate()
    )
    dialogue.statements.update(author=None)
    dialogue.voters.update(receipt_digest=None, day=None)
    Turn.objects.filter(voter__dialogue=dialogue).delete()
    # Written anew at once: PostgreSQL numbers the transaction that wrote each row last.
    Vote.objects.filter(statement__dialogue=dialogue).update(value=F("value"))
    transaction.on_commit(partial(wipe_traces_of_order, Voter, Vote, Turn), robust=True)


def released_votes(dialogue: Dialogue) -> dict[int, VoteCell]:
    """Return what may be known of the votes, by statement."""
    counts = vote_counts(dialogue)
    if dialogue.is_public_source:
        return gate.published_votes(counts)
    about = _votes_of(dialogue)
    if dialogue.votes_deleted_on:
        return gate.votes_let_out(dialogue.circle, about, counts)
    rules = Rules(min_group=dialogue.min_group)
    return gate.release_votes(
        dialogue.circle,
        about,
        counts,
        rules,
        is_final=not dialogue.is_open,
        by_group=partial(votes_by_group, dialogue),
    )


def heard_so_far(dialogue: Dialogue) -> int:
    """Return how many people voted, as far as it may be known while others still vote."""
    n = n_voters(dialogue)
    if dialogue.is_public_source:
        return n
    about, rules = f"dialogue.{dialogue.pk}", Rules(min_group=dialogue.min_group)
    if dialogue.votes_deleted_on:
        return gate.heard_at_last(dialogue.circle, about)
    return gate.heard_so_far_in_all(dialogue.circle, about, n, rules)


def last_opinion(dialogue: Dialogue) -> opinion_gate.ReleasedOpinion | None:
    """Return what the last analysis let out. Pages only ever read this."""
    return opinion_gate.last_opinion(dialogue.circle, _opinion_of(dialogue))


def dialogues_to_analyse() -> list[Dialogue]:
    """Return the dialogues in which enough people voted since they were analysed last."""
    before = opinion_gate.voters_at_last_opinion()
    return [
        dialogue
        for dialogue, n in dialogues_with_voters()
        if not dialogue.votes_deleted_on
        and opinion_gate.opinion_is_due(
            n,
            before.get(f"{dialogue.circle_id}/{_opinion_of(dialogue)}"),
            Rules(min_group=dialogue.min_group),
        )
    ]


def refresh_opinion(dialogue: Dialogue) -> bool:
    """Analyse a dialogue anew and let out what may be known; say whether anything was.

    Takes seconds to minutes: never call it in a request. Whoever comes second while it runs goes
    away again; no transaction is open meanwhile, so that votes are never kept waiting.
    """
    if not _take(dialogue):
        return False
    try:
        return _analyse(dialogue)
    finally:
        Dialogue.objects.filter(pk=dialogue.pk).update(analysing_until=None)


def own_standing(
    votes: Mapping[int, VoteValue], released: opinion_gate.ReleasedOpinion
) -> "OwnPlace":
    """Place one voter on the map as it was let out. Written nowhere."""
    from erdkreis.dialogues.analysis import own_place  # noqa: PLC0415 - loads numpy when needed

    return own_place({pk: int(value) for pk, value in votes.items()}, released.content["model"])


def _analyse(dialogue: Dialogue) -> bool:
    from erdkreis.dialogues.analysis import raw_opinion  # noqa: PLC0415 - heavy, never in a request

    before = last_opinion(dialogue)
    raw = raw_opinion(dialogue, before.content["model"] if before else None)
    totals = {str(pk): cell for pk, cell in released_votes(dialogue).items()}
    about = _opinion_of(dialogue)
    if dialogue.is_public_source:
        return opinion_gate.publish_opinion(dialogue.circle, about, raw, totals)
    rules = Rules(min_group=dialogue.min_group)
    votes = _votes_of(dialogue)
    return opinion_gate.release_opinion(dialogue.circle, about, raw, totals, rules, votes=votes)


def _take(dialogue: Dialogue) -> bool:
    now = timezone.now()
    # Further ahead than an analysis may take, another clock wrote it: it holds nothing.
    until = "analysing_until"
    is_running = Q(**{f"{until}__gte": now, f"{until}__lte": now + LONGEST_ANALYSIS})
    is_free = Q(analysing_until=None) | ~is_running
    taken = Dialogue.objects.filter(is_free, pk=dialogue.pk).update(
        analysing_until=now + LONGEST_ANALYSIS
    )
    return bool(taken)


def forget_what_was_counted(dialogue: Dialogue) -> None:
    """Keep of what was let out only what everybody saw."""
    votes = _votes_of(dialogue)
    heard = f"heard.{votes}"
    gate.forget_what_was_counted(dialogue.circle, votes, heard, _opinion_of(dialogue))


def _votes_of(dialogue: Dialogue) -> str:
    return f"dialogue.{dialogue.pk}"


def _opinion_of(dialogue: Dialogue) -> str:
    return f"{opinion_gate.PREFIX}{dialogue.pk}"


def _write(dialogue: Dialogue, text: str, **fields: object) -> Statement:
    last = dialogue.statements.aggregate(last=Max("number"))["last"] or 0
    fields = {"language": dialogue.language_codes[0], **fields}
    return Statement.objects.create(dialogue=dialogue, number=last + 1, text=text, **fields)


def _decide(statement: Statement, status: str, reason: str, note: str) -> None:
    decided = Statement.objects.filter(pk=statement.pk, dialogue__state=Dialogue.State.OPEN).update(
        status=status, reason=reason, note=note
    )
    if not decided:
        raise DialogueError(_("This dialogue is closed. Nothing was changed."))


def _require_open(dialogue: Dialogue) -> None:
    if not dialogue.is_open:
        raise DialogueError(_("This dialogue is closed. Nothing was changed."))
