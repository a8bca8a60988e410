"""Take in what was looked through: whole, or not at all."""

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle
from erdkreis.dialogues.models import Dialogue
from erdkreis.imports.counterparts import Counterparts
from erdkreis.imports.mapping import Asked, Ballots
from erdkreis.jobs.services import put_in
from erdkreis.questionnaires import entry
from erdkreis.questionnaires.models import EntryBatch, ItemSet
from erdkreis.rounds.models import ITEMS_A_MINUTE, SHORT_MINUTES, Round
from erdkreis.rounds.services import prepare_round

if TYPE_CHECKING:
    from erdkreis.dialogues.polis_files import PolisExport  # loads numpy

LONGEST_LABEL = 60

Progress = Callable[[int, int], None]


class NotTakenIn(Exception):
    """Something that cannot be taken in, said in a sentence for people."""


def take_questions(circle: Circle, found: Counterparts, *, source: str) -> ItemSet:
    """Store the questions of a survey as a set of the circle."""
    if found.is_empty:
        raise NotTakenIn(_("Nothing in it can be rated on five steps. Nothing was stored."))
    return ItemSet.objects.create(
        circle=circle, title=found.title, source=source[:200], content=found.content
    )


@transaction.atomic
def prepare_round_with(questions: ItemSet, title: str) -> Round:
    """Begin a round that asks a set of questions instead of the six."""
    round_ = prepare_round(questions.circle, title, item_version=questions.version)
    languages = questions.content["languages"]
    if len(languages) == 1:
        round_.languages = languages[0]
    n = len(questions.content["questions"]) + len(questions.content["open"])
    if n > SHORT_MINUTES * ITEMS_A_MINUTE:
        # How long it takes is promised before the first question.
        round_.form = Round.Form.LONG
    round_.save(update_fields=["languages", "form"])
    return round_


def mark_of(name: str, data: bytes) -> str:
    """Return what a pile of answers from a file is called: its name, and a mark of its content."""
    digest = sha256(data).hexdigest()[:8]
    return f"{name[: LONGEST_LABEL - 11]} ({digest})"


def taken_in_already(round_: Round, label: str) -> EntryBatch | None:
    """Return the pile that was made of the same file, if there is one."""
    mark = label[-10:]
    return EntryBatch.objects.filter(round_group__round=round_, label__endswith=mark).first()


@transaction.atomic
def take_answers(
    asked: Asked,
    ballots: Ballots,
    *,
    label: str,
    by: Person | None,
    on_progress: Progress = lambda _done, _all: None,
) -> int:
    """Store all answers of a file as voices that were collected by a helper; return how many."""
    if ballots.problems or not ballots.n:
        raise NotTakenIn(_("There is still something unclear in this file. Nothing was stored."))
    # One file of a round at a time: whoever presses twice at the same moment stores once.
    Round.of_any_kind.select_for_update().get(pk=asked.round.pk)
    if (before := taken_in_already(asked.round, label)) is not None:
        raise NotTakenIn(
            _("This file was taken in already, on %(day)s. Nothing was stored twice.")
            % {"day": before.day.isoformat()}
        )
    done = 0
    try:
        for code, forms in ballots.by_group.items():
            entry.enter_many(asked.groups[code], label, by, forms)
            done += len(forms)
            on_progress(done, ballots.n)
    except entry.EntryError as error:
        raise NotTakenIn(str(error)) from error
    return ballots.n


@transaction.atomic
def take_conversation(
    circle: Circle, export: "PolisExport", *, title: str, source: str, licence: str, is_public: bool
) -> Dialogue:
    """Store a conversation that was published elsewhere, closed, and have it analysed."""
    # One at a time: whoever presses twice at the same moment stores once.
    Circle.objects.select_for_update().get(pk=circle.pk)
    if Dialogue.objects.filter(circle=circle, source=source, title=title).exists():
        raise NotTakenIn(_("This dialogue is here already. Nothing was stored twice."))
    from erdkreis.dialogues.imports import import_conversation  # noqa: PLC0415 - loads numpy

    dialogue = import_conversation(
        export, circle, title=title, source=source, licence=licence, is_public=is_public
    )
    put_in("opinion", {"dialogue": dialogue.pk}, key=str(dialogue.pk), circle=circle)
    return dialogue
