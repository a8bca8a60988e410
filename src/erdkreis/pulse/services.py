"""What people do with a pulse, and what happens by itself on its days."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from erdkreis.circles.models import Circle, VoiceMode
from erdkreis.gate import services as gate
from erdkreis.invitations.lists import Entry
from erdkreis.invitations.models import Invitee, Reminding
from erdkreis.invitations.outbox import OutboxError, queue_invitations, queue_reminder
from erdkreis.invitations.roll import put_on_roll
from erdkreis.pulse.models import Member, Pulse, PulseDate, Team
from erdkreis.pulse.queries import RELEASE, WORDS, raw_teams, raw_words
from erdkreis.pulse.rotation import items_of_date
from erdkreis.questionnaires.catalogue import PULSE_VERSION
from erdkreis.questionnaires.parting import part_voices_from_people
from erdkreis.questionnaires.queries import writers_per_group
from erdkreis.rounds import services as rounds
from erdkreis.rounds.asking_time import note_asked
from erdkreis.rounds.models import PULSE_MINUTES, Round, RoundGroup

TAKEN_OUT = "[…]"  # what stays of a text that named somebody
BY_ITSELF = gettext_noop("by itself, on its day")
# Later than this after its day a date is not begun any more: it would be open for too short a time.
LATEST_START = 3
REMIND_AFTER = 3
WAY_ON = {
    Pulse.State.RUNNING: (Pulse.State.DRAFT, Pulse.State.PAUSED),
    Pulse.State.PAUSED: (Pulse.State.RUNNING,),
    Pulse.State.ENDED: (Pulse.State.RUNNING, Pulse.State.PAUSED),
}


class PulseError(Exception):
    """Something a pulse does not allow, said in a sentence for people."""


# What people do ------------------------------------------------------------------------------


@transaction.atomic
def prepare(circle: Circle, pulse: Pulse, team_names: Sequence[str]) -> Pulse:
    """Store a new pulse with its teams: without names of teams all are one."""
    pulse.circle, pulse.item_version = circle, PULSE_VERSION
    pulse.slug = rounds.short_address(circle.name)
    pulse.save()
    _write_teams(pulse, team_names)
    return pulse


@transaction.atomic
def change(pulse: Pulse, team_names: Sequence[str]) -> None:
    """Store changes of a pulse that has not begun. What people were told does not change."""
    locked = Pulse.objects.select_for_update().get(pk=pulse.pk)
    if locked.state != Pulse.State.DRAFT:
        raise PulseError(
            _("This pulse has begun, and people were told how it is. Nothing was changed.")
        )
    pulse.save()
    _write_teams(pulse, team_names)


def take_list(team: Team, entries: Sequence[Entry]) -> int:
    """Put people on the list of a team; return how many are new. Each is in one team only."""
    first = team.pulse.language_codes[0]
    with transaction.atomic():
        Pulse.objects.select_for_update().get(pk=team.pulse_id)  # one list at a time
        known = set(Member.objects.filter(pulse=team.pulse_id).values_list("email", flat=True))
        fresh = [entry for entry in entries if entry.email not in known]
        Member.objects.bulk_create(
            Member(
                pulse_id=team.pulse_id,
                team=team,
                email=entry.email,
                name=entry.name,
                language=entry.language or first,
            )
            for entry in fresh
        )
    return len(fresh)


def clear_list(team: Team) -> int:
    """Delete the addresses of a team. A date that is being asked keeps its own until it is over."""
    return team.members.all().delete()[0]


@transaction.atomic
def move(pulse: Pulse, state: Pulse.State) -> Pulse:
    """Start, pause, go on or end. A date that is being asked goes on to its last day."""
    pulse = Pulse.objects.select_for_update().get(pk=pulse.pk)
    if pulse.state not in WAY_ON[state]:
        raise PulseError(
            _("This pulse has moved on in the meantime: %(state)s. Nothing was changed.")
            % {"state": pulse.get_state_display()}
        )
    if state == Pulse.State.RUNNING:
        _require_ready(pulse)
    if pulse.state == Pulse.State.DRAFT:
        pulse.first_on = max(pulse.first_on, timezone.localdate())
    if state == Pulse.State.ENDED:
        pulse.members.all().delete()  # nobody is asked again; open dates keep their own list
    pulse.state = state
    try:
        with transaction.atomic():
            pulse.save(update_fields=["state", "first_on"])
    except IntegrityError as error:
        raise PulseError(
            _("Another pulse for the same people is running. End it first. Nothing was changed.")
        ) from error
    return pulse


def _require_ready(pulse: Pulse) -> None:
    is_open = pulse.works_council == Round.WorksCouncil.OPEN
    if pulse.whom == Pulse.Whom.EMPLOYEES and is_open:
        raise PulseError(
            _(
                "Is there a works council? Talk to it before employees are invited, or note "
                "that there is none."
            )
        )
    if not pulse.members.exists():
        raise PulseError(_("Nobody is on a list yet, so nobody would be asked."))


def _write_teams(pulse: Pulse, names: Sequence[str]) -> None:
    wanted = list(dict.fromkeys(names)) or [str(pulse.get_whom_display()).capitalize()]
    pulse.teams.exclude(name__in=wanted).delete()
    for position, name in enumerate(wanted):
        Team.objects.update_or_create(pulse=pulse, name=name, defaults={"position": position})


# What happens by itself ----------------------------------------------------------------------


def do_what_is_due() -> int:
    """Close, begin and remind, whatever is due today; return how many dates were begun.

    Doing it twice changes nothing. After a long sleep only the present date is begun: what was
    missed stays missed, for nobody can be asked about weeks long past.
    """
    for dated in PulseDate.objects.filter(
        round__state=Round.State.ASKING, round__closes_on__lt=timezone.localdate()
    ):
        close(dated)
    n = 0
    for pulse in Pulse.objects.filter(state=Pulse.State.RUNNING):
        n += begin_due(pulse) is not None
    for dated in PulseDate.objects.filter(round__state=Round.State.ASKING).select_related("round"):
        invite(dated)
        remind(dated)
    return n


@transaction.atomic
def close(dated: PulseDate) -> None:
    """End a date, cut voices from people, and let out what may be known."""
    round_ = Round.of_any_kind.select_for_update().get(pk=dated.round_id)
    if round_.state != Round.State.ASKING:
        return  # somebody else closed it a moment ago
    round_ = rounds.stop_asking(round_, BY_ITSELF)
    # Counted before the parting: it forgets who wrote, and deletes what may never be shown.
    teams, n_writers = raw_teams(round_), writers_per_group(round_)
    part_voices_from_people(round_)
    gate.release_words(round_, WORDS, raw_words(round_, n_writers))
    gate.release(round_, RELEASE, teams)


def begin_due(pulse: Pulse) -> PulseDate | None:
    """Begin the date of today, if it is time and it was not begun."""
    dated = _begin_due(pulse)
    if dated is not None:
        invite(dated)
    return dated


@transaction.atomic
def _begin_due(pulse: Pulse) -> PulseDate | None:
    pulse = Pulse.objects.select_for_update(of=("self",)).select_related("circle").get(pk=pulse.pk)
    today = timezone.localdate()
    day = pulse.day_before_or_on(today)
    if pulse.state != Pulse.State.RUNNING or day is None or (today - day).days > LATEST_START:
        return None
    # Also if the clock was set back: a pulse only goes forward.
    if pulse.dates.filter(day__gte=day).exists():
        return None
    if pulse.dates.filter(round__state=Round.State.ASKING).exists():
        return None
    return begin(pulse, day)


def begin(pulse: Pulse, day: date) -> PulseDate:
    """Begin a date: its round, and its teams with their items. Nobody is invited yet."""
    last = pulse.dates.order_by("number").last()
    number = last.number + 1 if last else 1
    with translation.override(pulse.language_codes[0]):
        title = _("Pulse %(number)d") % {"number": number}
    round_ = Round.of_any_kind.create(
        circle=pulse.circle,
        kind=Round.Kind.PULSE,
        title=title,
        state=Round.State.ASKING,
        opens_on=day,
        closes_on=day + Pulse.DAYS_OPEN - timedelta(days=1),
        answer_back_on=day + Pulse.DAYS_OPEN,
        who_sees=_who_sees(pulse),
        form=Round.Form.LONG,
        **{
            name: getattr(pulse, name)
            for name in (
                "purpose", "named_person", "contact", "who_decides", "languages", "item_version",
                "min_group", "retention_months", "works_council",
            )
        },
    )  # fmt: skip
    teams = list(pulse.teams.all())
    asked = {team.code: items_of_date(number) for team in teams}
    round_.only_items = asked
    round_.save(update_fields=["only_items"])
    group = pulse.circle.groups.get(code=pulse.whom)
    RoundGroup.objects.bulk_create(
        RoundGroup(
            round=round_,
            group=group,
            code=team.code,
            slug=rounds.short_address(team.name),
            name_de=team.name,
            name_en=team.name,
            voice_mode=VoiceMode.ANONYMOUS,
            position=team.position,
        )
        for team in teams
    )
    dated = PulseDate.objects.create(pulse=pulse, round=round_, number=number, day=day)
    note_asked(pulse.circle, pulse.whom, f"pulse.{pulse.pk}.{number}", PULSE_MINUTES)
    return dated


def _who_sees(pulse: Pulse) -> str:
    """Say in each language of the pulse who sees it: everyone is promised it in words to read."""
    said = []
    for language in pulse.language_codes:
        with translation.override(language):
            said.append(_("Everyone who is asked; numbers from the smallest size on"))
    return f"{' / '.join(said)}: {address_of(pulse)}"


def invite(dated: PulseDate) -> None:
    """Put each team on its roll and invite it, unless it is there already.

    Team by team, and outside of any longer transaction: making a key takes a moment, in which
    others answer. What an interruption left out is made up for at the next run.
    """
    groups = dated.round.groups.select_related("round").filter(invitees=None)
    teams = {team.code: team for team in Team.objects.filter(pulse=dated.pulse_id)}
    for group in groups:
        if group.code not in teams:
            continue
        members = teams[group.code].members.order_by("email")
        entries = [
            Entry(line, one.email, one.name, one.language) for line, one in enumerate(members, 1)
        ]
        if entries:  # whoever gets a slip on paper comes later
            put_on_roll(group, entries)
            queue_invitations(group)


def remind(dated: PulseDate) -> None:
    """Remind once, some days after the beginning: whoever is known not to have come, or all."""
    today = timezone.localdate()
    if (today - dated.day).days < REMIND_AFTER or not dated.round.is_open_for_answers:
        return
    for group in dated.round.groups.all():
        was_reminded = Reminding.objects.filter(round_group=group).exists()
        invited = Invitee.objects.filter(round_group=group, invited_on__isnull=False)
        # Whoever was invited a moment ago, because the mail server was away, is left in peace.
        if was_reminded or not invited.exists() or invited.filter(invited_on=today).exists():
            continue
        try:
            queue_reminder(group, is_last=True)
        except OutboxError:
            continue


def address_of(pulse: Pulse) -> str:
    return f"{settings.PUBLIC_URL}{reverse('pulse:told', args=[pulse.slug])}"
