"""What is stored about somebody with an account: to read, to take along, to delete.

Found by asking every table which of its keys point to a person, so that coming tables are found,
too. Voices without a name cannot be found, which is what was promised to them.
"""

import re
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.actions import ROLE_TAKEN
from erdkreis.circles.journal import record
from erdkreis.circles.models import Circle, Role
from erdkreis.conversations import pseudonyms
from erdkreis.gate.services import take_name_out
from erdkreis.invitations.models import Guardian
from erdkreis.questionnaires.models import Voice
from erdkreis.reports.models import MadePdf
from erdkreis.trust import called

# Secrets belong to nobody's export: whoever finds the file must not sign in with it.
SECRET_FIELDS = ("password", "digest", "secret", "data", "seed", "key")
# A digest that is no secret: which version of the promise somebody agreed to.
TOLD_FIELDS = ("promise_digest",)
YES_OR_NO = ("True", "False")
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?: \d\d:\d\d:\d\d\S*)?")


class LastHost(Exception):
    """A circle would be left without a host; the message names it."""


def rows_of(person: Person) -> dict[str, list[dict[str, str]]]:
    """Return every row with a key to a person, table by table, ready for JSON."""
    own = {"accounts.person": [secretless(person)]}
    for table in apps.get_models():
        rows: models.QuerySet[Any] = models.QuerySet(table).filter(_about(table, person))
        rows = rows.select_related(*_keys(table))
        if found := [secretless(row) for row in rows.distinct().order_by("pk")]:
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


def in_words(data: dict[str, Any]) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """Return the same for people to read: tables and fields by what they are called on screen."""
    told = []
    for label, rows in data.items():
        about = apps.get_model(label)
        fields = {field.name: field for field in about._meta.concrete_fields}
        lines = [
            [(called.field(fields[n]), _readable(said, fields[n])) for n, said in row.items()]
            for row in rows
        ]
        told.append((called.table(about), lines))
    return told


def _readable(said: str, field: Any) -> str:
    """Say a value as people do: a choice in its words, a language by its name, a day, yes or no."""
    if words := called.chosen(field).get(said):
        return words
    if field.name == "pseudonym":
        return pseudonyms.said(said)
    if said in YES_OR_NO:
        return _("yes") if said == "True" else _("no")
    if moment := MOMENT.fullmatch(said):
        return date_format(date.fromisoformat(moment[1]))
    return said


def data_of_guardian(guardian: Guardian) -> dict[str, Any]:
    """Return everything that is stored about a guardian, and what was said by name."""
    rows: dict[str, list[models.Model]] = {"invitations.guardian": [guardian]}
    voice = Voice.objects.filter(guardian=guardian).first()
    if voice is not None:
        # The day and the version of the promise: the record of the consent.
        rows["questionnaires.voice"] = [voice]
        rows["questionnaires.answer"] = [*voice.answers.order_by("item")]
        rows["questionnaires.evidence"] = [*voice.evidence.order_by("pk")]
    rows["pictures.reply"] = [*guardian.replies.order_by("pk")]
    return {label: [secretless(row) for row in found] for label, found in rows.items() if found}


@transaction.atomic
def take_guardian_back(guardian: Guardian) -> None:
    """Delete a guardian with all that was said. In a picture that was made the name goes."""
    group = guardian.round_group
    take_name_out(group.round, group.code, guardian.name)
    MadePdf.objects.filter(round=group.round_id).delete()  # the name may stand in it
    guardian.delete()


def _keys(table: type[models.Model]) -> list[str]:
    """Return the keys of a table: of what they lead to only the name is told, with one query."""
    return [f.name for f in table._meta.concrete_fields if isinstance(f, models.ForeignKey)]


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


def secretless(row: models.Model) -> dict[str, str]:
    """Return the fields of a row in words; of other objects only their name."""
    return {
        field.name: _said(row, field)
        for field in row._meta.concrete_fields
        if field.name in TOLD_FIELDS or not any(secret in field.name for secret in SECRET_FIELDS)
    }


def _said(row: models.Model, field: Any) -> str:
    value = row.serializable_value(field.attname)
    if value is None or isinstance(field, models.ForeignKey):
        return "" if value is None else str(getattr(row, field.name))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)
