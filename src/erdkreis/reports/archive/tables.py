"""Which tables there are, and which of their rows belong to one circle."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import CASCADE, ForeignKey, Model, Q, QuerySet

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle, Organisation

# Made anew by every installation, or gone within minutes: sessions end, questions are asked again.
LEFT_OUT = frozenset(
    {
        "account.EmailConfirmation",
        # Whoever was let in there is not let in here, and nobody is told of things twice.
        "api.Delivery",
        "api.Repeat",
        "api.Token",
        "api.Webhook",
        "auth.Group",
        "auth.Permission",
        "contenttypes.ContentType",
        "dialogues.KeptPiece",
        "jobs.Job",
        "jobs.Worker",
        "reports.MadePdf",
        "sessions.Session",
    }
)
# What belongs to the installation and not to one circle: the directory, and how people sign in.
OF_THE_INSTALLATION = frozenset({"account", "mfa", "directory"})
WAYS_TO_SIGN_IN = frozenset(
    {"account.EmailAddress", "accounts.OutsideIdentity", "mfa.Authenticator"}
)

Rows = QuerySet[Model]


def tables() -> list[type[Model]]:
    """Return every table of an archive, by its label."""
    found = [model for model in apps.get_models() if model._meta.label not in LEFT_OUT]
    return sorted(found, key=lambda model: model._meta.label)


def rows_of(model: type[Model], circle: Circle | None) -> Rows:
    """Return the rows of a table: all, or those of one circle. In no order but their key's."""
    rows = model._meta.base_manager.order_by("pk")
    return rows if circle is None else rows.filter(_belonging_to(model, circle))


def _belonging_to(model: type[Model], circle: Circle) -> Q:
    if model is Circle:
        return Q(pk=circle.pk)
    if model is Organisation:
        return Q(pk=circle.organisation_id)
    if model is Person:
        return Q(pk__in=people_in(circle))
    if model._meta.app_label == "moderation":
        return Q(**{f"{_to_case(model)}place": f"circle.{circle.pk}"})
    label, room = model._meta.label, model._meta.app_label
    if room in OF_THE_INSTALLATION or label in WAYS_TO_SIGN_IN:
        return Q(pk__in=[])
    path = path_to_circle(model)
    if path is None:
        raise LookupError(f"Nobody said to which circle {label} belongs.")
    return Q(**{path: circle.pk})


def path_to_circle(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> str | None:
    """Return the shortest way from a row to its circle, along keys that it goes with."""
    ways = []
    for key in _keys_it_goes_with(model):
        target = key.related_model
        if target is Circle:
            ways.append(key.name)
        elif target not in seen and (
            (further := path_to_circle(target, seen | {model})) is not None
        ):
            ways.append(f"{key.name}__{further}")
    return min(ways, key=lambda way: (way.count("__"), way), default=None)


def people_in(circle: Circle) -> set[int]:
    """Return the keys of everyone with an account whom a row of this circle names."""
    found: set[int] = set()
    for model in tables():
        if model is Person:
            continue
        for key in keys_to_people(model):
            named = rows_of(model, circle).exclude(**{key: None}).order_by()
            found.update(named.values_list(key, flat=True))
    return found


def keys_to_people(model: type[Model]) -> list[str]:
    return [key.attname for key in _keys(model) if key.related_model is Person]


def _keys_it_goes_with(model: type[Model]) -> Iterable[ForeignKey[Model]]:
    return (key for key in _keys(model) if not key.null and key.remote_field.on_delete is CASCADE)


def _keys(model: type[Model]) -> list[ForeignKey[Model]]:
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def _to_case(model: type[Model]) -> str:
    return "" if model._meta.model_name == "case" else "case__"
