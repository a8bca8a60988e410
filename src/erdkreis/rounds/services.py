"""What people do with a round: prepare, promise, open, extend, go on. Forward only."""

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle, Group
from erdkreis.circles.services import readable_slug
from erdkreis.rounds.models import LogEntry, Round, RoundGroup
from erdkreis.rounds.queries import (
    PROMISED,
    field_name,
    obstacles_to_asking,
    obstacles_to_inviting,
)

TIME_TO_LOOK_AGAIN = timedelta(weeks=2)
TIME_TO_PREPARE, TIME_TO_ANSWER, TIME_TO_THINK = (
    timedelta(weeks=1), timedelta(weeks=3), timedelta(weeks=3),
)  # fmt: skip

# Without letters and digits that are easily confused on a poster.
EASY_TO_READ = "abcdefghjkmnpqrstuvwxyz23456789"

# What people were told when they answered does not change under them.
FROZEN_FIELDS = (
    "form", "languages", "min_group", "retention_months", "item_version", "who_sees",
)  # fmt: skip


# Without these no round is opened, so none of them can be taken back afterwards.
OPENED_WITH = (*PROMISED, "works_council")


class RoundError(Exception):
    """Something a round does not allow, said in a sentence for people."""


def prepare_round(
    circle: Circle, title: str, *, item_version: str, host: Person | None = None
) -> Round:
    """Begin a round with dates that leave everyone time. Nothing of it is public yet.

    Whoever prepares it stands for it until another name is written.
    """
    today = timezone.localdate()
    return Round.objects.create(
        circle=circle,
        title=title,
        item_version=item_version,
        named_person=str(host) if host else "",
        contact=host.email if host else "",
        opens_on=today + TIME_TO_PREPARE,
        closes_on=today + TIME_TO_PREPARE + TIME_TO_ANSWER,
        answer_back_on=today + TIME_TO_PREPARE + TIME_TO_ANSWER + TIME_TO_THINK,
    )


@transaction.atomic
def change_promise(round_: Round, by: str, changes: dict[str, object]) -> Round:
    """Write changes of promise and settings; what was already told stays or is logged."""
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    before = {name: getattr(round_, name) for name in changes}
    changed = [name for name, value in changes.items() if before[name] != value]
    if round_.is_frozen and (frozen := [name for name in changed if name in FROZEN_FIELDS]):
        raise RoundError(
            _(
                "People have already answered, so this can no longer change: %(fields)s. "
                "Everything else can still be saved."
            )
            % {"fields": ", ".join(field_name(name) for name in frozen)}
        )
    if "closes_on" in changed and round_.has_reached(Round.State.ASKING):
        raise RoundError(_("The last day is moved on its own page, with the reason."))
    if round_.has_reached(Round.State.INVITING) and (gone := _taken_back(changed, changes)):
        raise RoundError(
            _("People were already told of this, so it can change but not disappear: %(fields)s.")
            % {"fields": ", ".join(field_name(name) for name in gone)}
        )
    if round_.has_reached(Round.State.INVITING) and _is_lower(before, changes):
        raise RoundError(
            _("People were already told the smallest group: it can be raised, but not lowered.")
        )
    for name in changed:
        setattr(round_, name, changes[name])
    round_.save(update_fields=changed)
    if round_.has_reached(Round.State.INVITING) and changed:
        _log(round_, LogEntry.Kind.PROMISE, by, after=",".join(changed))
    return round_


@transaction.atomic
def start_inviting(round_: Round, by: str) -> Round:
    """Copy the groups of the circle into the round; from now on links work."""
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    _require_state(round_, Round.State.DRAFT)
    if obstacles := obstacles_to_inviting(round_):
        raise RoundError(" ".join(obstacle.sentence for obstacle in obstacles))
    RoundGroup.objects.bulk_create(groups_to_be(round_))
    return _go_on(round_, Round.State.INVITING, by)


def groups_to_be(round_: Round) -> list[RoundGroup]:
    """Return the groups as they would be copied into the round today; nothing is stored."""
    return [
        _round_group(round_, group)
        for group in round_.circle.groups.all()
        if group.is_on or group.kind == "default"
    ]


def _round_group(round_: Round, group: Group) -> RoundGroup:
    """Copy a group. A round that looks again leaves out, with the reason, whom it does not need."""
    made = RoundGroup(
        round=round_,
        group=group,
        code=group.code,
        slug=short_address(group.name_en if round_.languages == "en" else group.name_de),
        name_de=group.name_de,
        name_en=group.name_en,
        voice_mode=group.voice_mode,
        size=group.size,
        is_asked=group.is_on,
        not_asked_reason=group.off_reason,
        position=group.position,
    )
    if round_.only_items and group.is_on and group.code not in round_.only_items:
        made.is_asked = False
        made.not_asked_reason = _("this short round asks only those whom its questions are about")
    return made


@transaction.atomic
def look_again(
    earlier: Round, title: str, purpose: str, only_items: dict[str, list[str]] | None = None
) -> Round:
    """Prepare a round that follows another: same wording, same smallest group, a whole promise.

    With ``only_items`` it is short: by group, the questions that are asked again.
    """
    today = timezone.localdate()
    kept = (
        "named_person", "contact", "who_sees", "who_decides", "what_is_open", "form", "languages",
        "item_version", "min_group", "retention_months", "works_council",
    )  # fmt: skip
    return Round.objects.create(
        circle=earlier.circle,
        follows=earlier,
        title=title[:120],
        purpose=purpose[:300],
        only_items=only_items or {},
        opens_on=today,
        closes_on=today + TIME_TO_LOOK_AGAIN,
        answer_back_on=today + TIME_TO_LOOK_AGAIN + TIME_TO_THINK,
        **{name: getattr(earlier, name) for name in kept},
    )


@transaction.atomic
def start_asking(round_: Round, by: str) -> Round:
    """Let every group answer. The leadership is sealed by now."""
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    _require_state(round_, Round.State.INVITING)
    if obstacles := obstacles_to_asking(round_):
        raise RoundError(" ".join(obstacle.sentence for obstacle in obstacles))
    return _go_on(round_, Round.State.ASKING, by)


@transaction.atomic
def stop_asking(round_: Round, by: str) -> Round:
    """End the answering. The room that makes the picture calls this."""
    round_ = Round.of_any_kind.select_for_update().get(pk=round_.pk)
    _require_state(round_, Round.State.ASKING)
    return _go_on(round_, Round.State.PICTURE, by)


@transaction.atomic
def extend(round_: Round, closes_on: date, by: str, reason: str) -> Round:
    """Move the last day, openly: everyone sees that and why."""
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.state not in {Round.State.INVITING, Round.State.ASKING} or not round_.closes_on:
        raise RoundError(_("The last day can be moved only while people are being asked."))
    if closes_on <= round_.closes_on or closes_on < timezone.localdate():
        raise RoundError(_("The new last day must lie after the old one, and not in the past."))
    if round_.answer_back_on and closes_on > round_.answer_back_on:
        raise RoundError(
            _("You promised an answer by %(date)s. Please move that day first.")
            % {"date": date_format(round_.answer_back_on)}
        )
    before, round_.closes_on = round_.closes_on, closes_on
    round_.save(update_fields=["closes_on"])
    _log(
        round_, LogEntry.Kind.EXTENSION, by,
        before=before.isoformat(), after=closes_on.isoformat(), reason=reason,
    )  # fmt: skip
    return round_


@transaction.atomic
def seal_leadership(round_: Round, by: str) -> Round:
    """Lock the leadership's own view and prediction, with the time, before others are heard."""
    now = timezone.now()
    sealed = Round.objects.filter(
        pk=round_.pk, state=Round.State.INVITING, leadership_sealed_at=None
    ).update(leadership_sealed_at=now)
    if not sealed:
        raise RoundError(_("It is sealed already, or others are being asked. Nothing was changed."))
    round_.refresh_from_db()
    _log(round_, LogEntry.Kind.SEAL, by)
    return round_


def note_in_log(round_: Round, kind: LogEntry.Kind, by: str, after: str = "") -> None:
    """Write into the open log what a later room did with this round."""
    _log(round_, kind, by, after=after)


def freeze(round_id: int) -> None:
    """Freeze wording, groups, voice modes and minimum size: the first voice has come."""
    # Of the time only the day: it is the time at which somebody began to answer.
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Round.of_any_kind.filter(pk=round_id, frozen_at=None).update(frozen_at=day)


def short_address(name: str) -> str:
    """Return a short address that can be read aloud, and not guessed from that of another group."""
    ending = "".join(secrets.choice(EASY_TO_READ) for _digit in range(4))
    return f"{readable_slug(name)[:22].strip('-')}-{ending}"


def _is_lower(before: dict[str, object], changes: dict[str, object]) -> bool:
    """Say whether groups smaller than promised would be shown."""
    then, now = before.get("min_group"), changes.get("min_group")
    return isinstance(then, int) and isinstance(now, int) and now < then


def _taken_back(changed: list[str], changes: dict[str, object]) -> list[str]:
    """Return what a change would leave unpromised after the round was opened with it."""
    unpromised = ("", None, Round.WorksCouncil.OPEN)
    return [name for name in changed if name in OPENED_WITH and changes[name] in unpromised]


def _go_on(round_: Round, state: Round.State, by: str) -> Round:
    before, round_.state = round_.state, state
    round_.save(update_fields=["state"])
    _log(round_, LogEntry.Kind.STATE, by, before=before, after=state)
    return round_


def _require_state(round_: Round, state: Round.State) -> None:
    if round_.state != state:
        raise RoundError(
            _("This round has gone on in the meantime: %(state)s. Nothing was changed.")
            % {"state": round_.get_state_display()}
        )


def _log(round_: Round, kind: str, by: str, **what: str) -> None:
    LogEntry.objects.create(round=round_, kind=kind, by=by, **what)
