"""What people do with an answer back: begin it, write it, publish it, send it, correct it."""

from collections.abc import Mapping
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from erdkreis.answerback.letters import what_we_heard
from erdkreis.answerback.models import AnswerBack, Correction
from erdkreis.experiments.models import Review
from erdkreis.experiments.queries import decided_after, under_way
from erdkreis.invitations.letters import reply_to
from erdkreis.invitations.models import Invitee
from erdkreis.invitations.outbox import Addressee, queue_letters
from erdkreis.pictures.page import result_page
from erdkreis.pictures.services import prepare_publication
from erdkreis.rounds.models import Round

NEEDED = ("said", "heard", "trying", "not_doing", "look_again_on")
WORDS = ("said", "heard", "trying", "not_doing")


class AnswerBackError(Exception):
    """Something an answer back does not allow, said in a sentence for people."""


def begin(round_: Round) -> AnswerBack:
    """Return the answer back of a round; a new one begins with what is known already."""
    known = AnswerBack.objects.filter(round=round_).first()
    if known is not None:
        return known
    page, tried = result_page(round_), under_way(round_.circle)
    blocks = [*page.grounds, *page.tensions] if page else []
    held = round_.meetings.filter(state="held")
    looked_back = [_happened(one) for one in decided_after(round_)]
    reviews = [one.review_on for one in tried if one.review_on]
    return AnswerBack(
        round=round_,
        said="\n".join(block.sentence for block in blocks),
        heard="\n\n".join([*looked_back, *(meeting.heard for meeting in held)]),
        trying="\n".join(str(one) for one in tried),
        look_again_on=min(reviews) if reviews else None,
        language=(get_language() or "en")[:2],
    )


def _happened(review: Review) -> str:
    """Say what was tried and what came of it: also when it failed."""
    return " ".join(
        (
            _("We tried: %(title)s.") % {"title": review.experiment},
            review.happened,
            review.get_decision_display(),
            review.tell,
        )
    )


@transaction.atomic
def write(round_: Round, written: Mapping[str, object], language: str, why: str = "") -> AnswerBack:
    """Save what is written. After publishing it is a correction, with its reason."""
    Round.objects.select_for_update().get(pk=round_.pk)
    found = AnswerBack.objects.filter(round=round_).first()
    found = found or AnswerBack(round=round_, language=language)
    before = {name: getattr(found, name) for name in WORDS}
    if found.is_published:
        if all(getattr(found, name) == value for name, value in written.items()):
            return found
        if not why.strip():
            raise AnswerBackError(_("Everyone can read this already: say what is changed and why."))
        _require_whole(written)
        Correction.objects.create(answer_back=found, what=why, before=before)
    for name, value in written.items():
        setattr(found, name, value)
    found.language = language
    found.save()
    return found


@transaction.atomic
def publish(round_: Round) -> AnswerBack:
    """Show it to everyone, at the address of the round's picture."""
    found = AnswerBack.objects.select_for_update().filter(round=round_).first()
    if found is None:
        raise AnswerBackError(_("Nothing is written yet. Nothing was published."))
    _require_whole({name: getattr(found, name) for name in NEEDED})
    prepare_publication(round_)
    if found.published_at is None:
        found.published_at = timezone.now()
        found.save(update_fields=["published_at"])
    return found


def address_of(round_: Round) -> str:
    slug = prepare_publication(round_).slug
    return f"{settings.PUBLIC_URL}{reverse('answerback:public', args=[slug])}"


def about(round_: Round) -> str:
    """Return under which name the outbox knows these letters."""
    return f"answerback.{round_.pk}"


def people_to_tell(round_: Round) -> list[Addressee]:
    """Return everyone who was invited by mail: all of them, because nobody knows who answered."""
    invited = Invitee.objects.filter(round_group__round=round_, invited_on__isnull=False)
    return [Addressee(one.email, one.language) for one in invited.order_by("email")]


@transaction.atomic
def send(round_: Round) -> int:
    """Put one mail for everyone who was invited into the outbox; it happens once."""
    found = AnswerBack.objects.select_for_update().filter(round=round_).first()
    if found is None or not found.is_published:
        raise AnswerBackError(_("First publish it: the mail leads to the page."))
    if found.sent_on is not None:
        raise AnswerBackError(_("It was sent already, once to everyone."))
    people, to_answer = people_to_tell(round_), reply_to(round_.contact)
    write_to = partial(what_we_heard, found, address_of(round_))
    n = queue_letters(round_.circle, about(round_), people, write_to, reply_to=to_answer)
    found.sent_on = timezone.localdate()
    found.save(update_fields=["sent_on"])
    return n


def _require_whole(written: Mapping[str, object]) -> None:
    missing = [
        str(getattr(AnswerBack._meta.get_field(name), "verbose_name", name))
        for name in NEEDED
        if not written.get(name)
    ]
    if missing:
        raise AnswerBackError(
            _("Still empty: %(fields)s. What is written so far is kept.")
            % {"fields": ", ".join(missing)}
        )
