"""What people do with tensions."""

from collections.abc import Iterable

from django.db import transaction

from erdkreis.conversations.about import About
from erdkreis.tensions.models import Pole, Source, Tension


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
