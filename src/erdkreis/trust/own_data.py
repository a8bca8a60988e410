"""What is stored about somebody with an account: to read, to take along, to delete.

Found by asking every table which of its keys point to a person, so that coming tables are found,
too. Voices without a name cannot be found, which is what was promised to them.
"""

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.actions import ROLE_TAKEN
from erdkreis.circles.journal import record
from erdkreis.circles.models import Circle, Role

# Secrets belong to nobody's export: whoever finds the file must not sign in with it.
SECRET_FIELDS = ("password", "digest", "secret", "data", "seed", "key")


class LastHost(Exception):
    """A circle would be left without a host; the message names it."""


def data_of(person: Person) -> dict[str, Any]:
    """Return everything that is stored about a person, table by table, ready for JSON."""
    own = {"accounts.person": [_row(person)]}
    for table in apps.get_models():
        rows: models.QuerySet[Any] = models.QuerySet(table).filter(_about(table, person))
        if found := [_row(row) for row in rows.distinct().order_by("pk")]:
            own[table._meta.label_lower] = found
    return own


@transaction.atomic
def delete_account(person: Person) -> None:
    """Delete a person. What was done in a role stays in the journal, without the name."""
    circles = Circle.objects.select_for_update().filter(roles__person=person)
    for circle in {one.pk: one for one in circles}.values():
        hosts = circle.roles.filter(kind=Role.Kind.HOST)
        if hosts.filter(person=person).exists() and not hosts.exclude(person=person).exists():
            raise LastHost(
                _(
                    "You are the only host of “%(circle)s”. Please name another host first; "
                    "nothing was deleted."
                )
                % {"circle": circle}
            )
    for role in person.roles.select_related("circle"):
        record(role.circle, person, ROLE_TAKEN, role.kind)
    person.delete()


def _about(table: type[models.Model], person: Person) -> models.Q:
    keys = [
        field.name
        for field in table._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Person
    ]
    found = models.Q(pk__in=[])
    for key in keys:
        found |= models.Q(**{key: person.pk})
    return found


def _row(row: models.Model) -> dict[str, str]:
    """Return the fields of a row in words; of other objects only their name."""
    return {
        field.name: _said(row, field)
        for field in row._meta.concrete_fields
        if not any(secret in field.name for secret in SECRET_FIELDS)
    }


def _said(row: models.Model, field: Any) -> str:
    value = row.serializable_value(field.attname)
    if value is None or isinstance(field, models.ForeignKey):
        return "" if value is None else str(getattr(row, field.name))
    return str(value)
