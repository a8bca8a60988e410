"""Write the same thing into every text that people can type, past all forms.

A new text field of a model is filled, too, unless it is named here as not typed by anybody.
"""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import IntegrityError, models, transaction

# Made by us: keys, codes, digests, names of states. Who adds one says that nobody types it.
NOT_TYPED = {
    "accounts.OutsideIdentity": {"issuer", "subject"},
    "accounts.Person": {"password"},
    "api.Delivery": {"body", "outcome"},
    "api.Repeat": {"body", "fingerprint", "key_digest", "location"},
    "api.Webhook": {"seed"},
    "circles.JournalEntry": {"action"},
    "conversations.Conversation": {"about_key", "about_url"},
    "conversations.Speaker": {"pseudonym"},
    "dialogues.Statement": {"external_id", "starter"},
    "dialogues.Voter": {"external_id"},
    "directory.Entry": {"kinds", "languages", "search_words"},
    "directory.Fact": {"source_date"},
    "experiments.Amendment": {"field"},
    "experiments.Experiment": {"start_subject"},
    "experiments.Said": {"receipt_digest"},
    "experiments.Watch": {"subject"},
    "gate.Release": {"subject", "fingerprint"},
    "invitations.Code": {"envelope"},
    "invitations.Letter": {"about", "reason"},
    "invitations.Mail": {"reason"},
    "invitations.NoMail": {"digest"},
    "moderation.Case": {"room", "key", "place"},
    "moderation.Report": {"reporter_digest"},
    "pictures.Reply": {"item"},
    "questionnaires.Answer": {"item"},
    "questionnaires.Evidence": {"item"},
    "questionnaires.OwnWords": {"item"},
    "questionnaires.Prediction": {"question"},
    "rounds.Asked": {"what"},
    "rounds.LogEntry": {"before", "after"},
    "tensions.Source": {"key", "url"},
}
SHORTEST = 20  # what is shorter holds codes: a language, a kind, a version
NOT_TEXT = (models.SlugField, models.EmailField)


def typed_fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    for table in apps.get_models():
        if not table.__module__.startswith("erdkreis."):
            continue
        left_out = NOT_TYPED.get(table._meta.label, set())
        for field in table._meta.concrete_fields:
            if field.name not in left_out and _is_typed(field):
                yield table, field


def _is_typed(field: models.Field) -> bool:
    if not isinstance(field, models.CharField | models.TextField) or isinstance(field, NOT_TEXT):
        return False
    is_long_enough = field.max_length is None or field.max_length >= SHORTEST
    return is_long_enough and not field.choices and not field.unique


def poison(words: Callable[[models.Field], str]) -> set[str]:
    """Fill every text of every row; return which fields had rows at all."""
    filled = set()
    for table, field in typed_fields():
        text, rows = words(field), models.QuerySet(table)
        n_filled = _set(rows, field, text)
        if not n_filled:
            # Some must differ, and some must stay without: who is anonymous has no name.
            with_text = rows.exclude(**{field.attname: ""}).values_list("pk", flat=True)
            for n, pk in enumerate(with_text):
                n_filled += _set(rows.filter(pk=pk), field, text[: -len(f"{n}")] + f"{n}")
        if n_filled:
            filled.add(f"{table._meta.label}.{field.name}")
    return filled


def _set(rows, field, text: str) -> int:
    try:
        with transaction.atomic():
            return rows.update(**{field.attname: text})
    except IntegrityError:
        return 0
