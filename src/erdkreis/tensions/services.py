"""What people do with tensions."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from erdkreis.conversations.about import About
from erdkreis.invitations.outbox import Addressee, queue_letters, send_due_letters
from erdkreis.tensions.models import Handing, Pole, Settlement, Source, Tension


class TensionError(Exception):
    """Something a tension does not allow, said in a sentence for people."""


@transaction.atomic
def raise_tension(tension: Tension, poles: Iterable[Pole], about: About | None = None) -> Tension:
    """Turn a candidate, or an observation of one's own, into a tension with two poles.

    ``tension`` carries circle, round, title and kind; the two poles carry at least their names.
    Who calls has made sure that the person may prepare in this circle.
    """
    pole_a, pole_b = poles
    if about is not None:
        tension.about = dict(about.heads or {})
    tension.save()
    pole_a.tension = pole_b.tension = tension
    pole_a.letter, pole_b.letter = Pole.Letter.A, Pole.Letter.B
    Pole.objects.bulk_create([pole_a, pole_b])
    if about is not None and about.kind in SOURCES:
        tension.sources.create(kind=SOURCES[about.kind], key=about.key, url=about.url)
    return tension


# What a tension can come from, by what a conversation would be about.
SOURCES = {
    "cell": Source.Kind.ITEM,
    "statement": Source.Kind.STATEMENT,
    "topic": Source.Kind.TOPIC,
}


@transaction.atomic
def word_anew(tension: Tension, poles: Sequence[Pole]) -> None:
    """Store changed words. What one side accepted were other words: both are asked anew."""
    held = _hold(tension)
    before = {pole.letter: pole for pole in held.poles.all()}
    for pole in poles:
        old = before[pole.letter]
        if any(getattr(old, name) != getattr(pole, name) for name in WORDS):
            held.poles.update(accepted_by="", accepted_on=None)
            held.state = Tension.State.WORDING
            break
    for pole in poles:
        pole.save(update_fields=[*WORDS, "early_sign", "who_bears_it", "need", "group"])
    held.title, held.kind = tension.title, tension.kind
    held.shared_purpose, held.who_decides = tension.shared_purpose, tension.who_decides
    held.save()


@transaction.atomic
def accept_words(tension: Tension, letter: str, by: str) -> None:
    """Note that somebody of one side accepts the words for both poles."""
    held = _hold(tension)
    if not by:
        raise TensionError(_("Please say who of this side accepts the words."))
    held.poles.filter(letter=letter).update(accepted_by=by, accepted_on=timezone.localdate())
    if all(pole.is_accepted for pole in held.poles.all()):
        held.state = Tension.State.ACCEPTED
        held.save(update_fields=["state"])


@transaction.atomic
def choose_treatment(tension: Tension, treatment: str) -> None:
    """Choose how to deal with it. A red line is not traded."""
    held = _hold(tension)
    if held.kind == Tension.Kind.RED_LINE and treatment not in {"", Tension.Treatment.RED_LINE}:
        raise TensionError(_("A red line is not for trading. It goes to whoever is responsible."))
    held.treatment = treatment
    held.save(update_fields=["treatment"])


def add_assumption(tension: Tension, text: str, falls_because: str) -> None:
    _hold(tension)
    tension.assumptions.create(text=text, falls_because=falls_because)


@transaction.atomic
def settle(tension: Tension, settlement: Settlement) -> None:
    """Record what was settled. Both sides have accepted the words before."""
    held = _hold(tension, also=Tension.State.SETTLED)
    if held.state == Tension.State.WORDING:
        raise TensionError(_("First somebody of each side accepts the words. Nothing was saved."))
    if not held.treatment or held.is_red_line:
        raise TensionError(
            _("First choose how you deal with it; a red line is handed over instead.")
        )
    settlement.tension, settlement.treatment = held, held.treatment
    settlement.save()
    held.state = Tension.State.SETTLED
    held.save(update_fields=["state"])


@transaction.atomic
def set_aside(tension: Tension, reason: str) -> None:
    held = _hold(tension)
    if not reason:
        raise TensionError(_("Please say why it is set aside: others read the reason."))
    held.state, held.set_aside_because = Tension.State.SET_ASIDE, reason
    held.save(update_fields=["state", "set_aside_because"])


@transaction.atomic
def take_up_again(tension: Tension) -> None:
    """Undo that a tension was set aside."""
    held = Tension.objects.select_for_update().get(pk=tension.pk)
    if held.state != Tension.State.SET_ASIDE:
        raise TensionError(_("It is not set aside. Nothing was changed."))
    are_accepted = all(pole.is_accepted for pole in held.poles.all())
    held.state = Tension.State.ACCEPTED if are_accepted else Tension.State.WORDING
    held.set_aside_because = ""
    held.save(update_fields=["state", "set_aside_because"])


@transaction.atomic
def hand_over(tension: Tension, handing: Handing, language: str) -> None:
    """Hand a red line to whoever is responsible, by mail through the outbox."""
    held = _hold(tension)
    handing.tension = held
    handing.save()
    held.treatment = Tension.Treatment.RED_LINE
    held.save(update_fields=["treatment"])

    def write(code: str) -> tuple[str, str]:
        with translation.override(code):
            subject = _("A red line, handed to you: %(title)s") % {"title": held.title}
            body = _(
                "Dear %(name)s,\n\nIn the circle “%(circle)s” people named a red line: "
                "%(title)s.\n\n%(words)s\n\nIt is not up for negotiation. Please tell %(by)s what "
                "you will do about it.\n\nErdkreis is no channel for whistle-blowing and protects "
                "nobody who reports. Where the law provides such a channel, it stays open beside "
                "this mail."
            ) % {
                "name": handing.name, "circle": held.circle, "title": held.title,
                "words": handing.words, "by": handing.handed_by,
            }  # fmt: skip
            return subject, body

    about = f"tensions.{held.pk}.red_line.{handing.pk}"
    queue_letters(held.circle, about, [Addressee(handing.address, language)], write)
    transaction.on_commit(lambda: send_due_letters(about))


@transaction.atomic
def note_answer(handing: Handing, answer: str) -> None:
    """Note what the responsible person did: only then is a red line dealt with."""
    if not answer:
        raise TensionError(_("Please say what was done."))
    handing.answer, handing.answered_on = answer, timezone.localdate()
    handing.save(update_fields=["answer", "answered_on"])
    Tension.objects.filter(pk=handing.tension_id).update(state=Tension.State.SETTLED)


def _hold(tension: Tension, also: str = "") -> Tension:
    held = Tension.objects.select_for_update().get(pk=tension.pk)
    if not held.is_open and held.state != also:
        raise TensionError(_("This is dealt with or set aside already. Nothing was changed."))
    return held


# Whoever accepts the words accepts these.
WORDS = ("name", "good_side", "too_much")
