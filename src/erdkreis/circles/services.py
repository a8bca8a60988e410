"""What people do with circles: found one, shape its groups, give and take roles."""

import secrets
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.accounts.services import first_password_link
from erdkreis.circles.default_groups import DefaultGroup, default_groups
from erdkreis.circles.models import Circle, Group, Organisation, Role
from erdkreis.web import mails

GERMAN_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)
RESERVED = {"new"}  # an address of our own stands there


class CircleError(Exception):
    """Something a circle does not allow, said in a sentence for people."""


@transaction.atomic
def found_circle(
    founder: Person | None,
    organisation_name: str,
    *,
    place: str = "",
    is_invented: bool = False,
) -> Circle:
    """Make a circle with the eight groups; whoever founds it is its first host.

    Only published data may come without a founder: there is nobody to be asked in it.
    """
    organisation = Organisation.objects.create(name=organisation_name, place=place)
    circle = Circle.objects.create(
        organisation=organisation,
        name=organisation_name,
        slug=_free_slug(organisation_name),
        is_invented=is_invented,
    )
    Group.objects.bulk_create(
        _group(circle, default, position) for position, default in enumerate(default_groups())
    )
    if founder is not None:
        Role.objects.create(circle=circle, person=founder, kind=Role.Kind.HOST)
    return circle


def add_group(circle: Circle, group: Group) -> Group:
    """Add an own group after the others."""
    group.circle, group.kind = circle, Group.Kind.OWN
    group.code = _free_code(circle, group.name_en)
    group.position = circle.groups.count()
    group.save()
    return group


def change_group(group: Group) -> Group:
    """Store a changed group. One of the eight is left out only with a reason."""
    if group.kind == Group.Kind.DEFAULT and not group.is_on and not group.off_reason.strip():
        raise CircleError(
            _("One of the eight groups never disappears silently. Please give the reason.")
        )
    group.save()
    return group


def ask_only(groups: Iterable[Group], asked: Collection[str], reason: str) -> list[Group]:
    """Ask these groups and no others; return those that changed. Earlier reasons stay."""
    changed = []
    for group in groups:
        if group.is_on == (group.code in asked):
            continue
        group.is_on = not group.is_on
        group.off_reason = "" if group.is_on else reason
        changed.append(change_group(group))
    return changed


def give_role(circle: Circle, email: str, name: str, kind: str) -> tuple[Role, bool]:
    """Give somebody a role; say whether the account is new and needs a first password."""
    person = Person.objects.filter(email=email.lower()).first()
    is_new = person is None
    if person is None:
        person = Person.objects.create_user(email, name=name)
    role, _created = Role.objects.get_or_create(circle=circle, person=person, kind=kind)
    return role, is_new


def invite_to_choose_a_password(role: Role, host: Person) -> bool:
    """Mail somebody new who gave them which role where, and where they choose a password."""
    link, _is_new = first_password_link(role.person.email, role.person.name)
    names = {
        "role": role, "host": host, "link": link, "public_url": settings.PUBLIC_URL,
        "reset": settings.PUBLIC_URL + reverse("account_reset_password"),
    }  # fmt: skip
    subject = _("%(host)s invites you to the circle “%(circle)s”")
    subject %= {"host": host, "circle": role.circle}
    texts = mails.spoken(render_to_string("circles/invited_mail.txt", names))
    return mails.send(role.person.email, " ".join(subject.split()), texts, "to somebody new")


@transaction.atomic
def take_role(role: Role) -> None:
    """Take a role away. A circle is never left without a host."""
    hosts = role.circle.roles.select_for_update().filter(kind=Role.Kind.HOST)
    if role.kind == Role.Kind.HOST and hosts.count() == 1:
        raise CircleError(
            _("A circle needs at least one host. Nothing was changed: name another host first.")
        )
    role.delete()


def _group(circle: Circle, default: DefaultGroup, position: int) -> Group:
    language = "de" if (get_language() or "").startswith("de") else "en"
    return Group(
        circle=circle,
        code=default.code,
        kind=default.kind,
        name_de=default.name["de"],
        name_en=default.name["en"],
        how_reached=default.how_reached[language],
        voice_mode=default.voice_mode,
        matrix_row=default.matrix_row,
        is_on=default.kind == Group.Kind.DEFAULT,
        position=position,
    )


def _free_slug(name: str) -> str:
    base = readable_slug(name)[:30].strip("-") or "circle"
    slug = base
    while slug in RESERVED or Circle.objects.filter(slug=slug).exists():
        slug = f"{base}-{secrets.token_hex(2)}"
    return slug


def _free_code(circle: Circle, name: str) -> str:
    base = readable_slug(name).replace("-", "_")[:34] or "group"
    code = base
    while code in RESERVED or circle.groups.filter(code=code).exists():
        code = f"{base}_{secrets.token_hex(2)}"
    return code


def readable_slug(name: str) -> str:
    """Turn a name into an address, with German letters written out."""
    return slugify(name.translate(GERMAN_LETTERS))
