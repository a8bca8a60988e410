"""What programs do for the host of their token: rounds, groups, lists of people, statements.

Each is the same service that the page calls, with the same checks, and the same line in the
journal. What does not fit to how things stand is a conflict, said with the sentence of the page.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from erdkreis.api.problems import Problem
from erdkreis.api.scopes import Scope
from erdkreis.api.v1 import schemas, shown
from erdkreis.api.v1.access import circle_of, group_of, one, round_of, token_of
from erdkreis.api.v1.description import needs, router
from erdkreis.api.v1.results import NUMBER
from erdkreis.api.v1.structure import CODE, ROUND
from erdkreis.circles import actions as circle_actions
from erdkreis.circles import services as circle_services
from erdkreis.circles.forms import GroupForm
from erdkreis.circles.journal import Action, record
from erdkreis.circles.models import Group, VoiceMode
from erdkreis.dialogues import actions as dialogue_actions
from erdkreis.dialogues.forms import StatementForm
from erdkreis.dialogues.services import DialogueError, add_seed
from erdkreis.invitations import actions as invitation_actions
from erdkreis.invitations import lists, outbox, roll
from erdkreis.pictures import actions as picture_actions
from erdkreis.pictures.services import make_picture
from erdkreis.rounds import actions, services
from erdkreis.rounds.forms import PromiseForm
from erdkreis.rounds.models import Round, RoundGroup
from erdkreis.rounds.views import ITEM_VERSION

ROUNDS = needs(Scope.WRITE_ROUNDS)
PEOPLE = needs(Scope.WRITE_PEOPLE)
STATEMENTS = needs(Scope.WRITE_STATEMENTS)
YEARS = range(2000, 2101)
REFUSALS = (services.RoundError, circle_services.CircleError, DialogueError, outbox.OutboxError)
STEPS: dict[str, tuple[Callable[[Round, str], Any], Action]] = {
    "inviting": (services.start_inviting, actions.INVITING),
    "asking": (services.start_asking, actions.ASKING),
    "picture": (make_picture, picture_actions.MADE),
}


@router.post("/rounds", url_name="round_new", response={201: schemas.RoundOut}, **ROUNDS)
def prepare_round(request: HttpRequest, response: HttpResponse, data: schemas.RoundNew) -> Any:
    """Prepare a round, with days that leave everyone time. Nothing of it is public yet."""
    with transaction.atomic():
        made = services.prepare_round(circle_of(request), data.title, item_version=ITEM_VERSION)
        _note(request, actions.PREPARED, made.title, made)
    response["Location"] = settings.PUBLIC_URL + reverse("api_v1:round", args=[made.pk])
    return shown.round_shown(made)


@router.patch(
    "/rounds/{int:round_id}", url_name="round_change", response=schemas.RoundOut, **ROUNDS
)
def change_round(request: HttpRequest, data: schemas.RoundChange, round_id: int = ROUND) -> Any:
    """Write promise and settings; what is left out stays."""
    round_ = round_of(request, round_id)
    changes = data.model_dump(exclude_unset=True)
    _require_near(changes.values())
    form = PromiseForm(_sent(PromiseForm, round_, changes), instance=round_of(request, round_id))
    _require_valid(form)
    with _refusals(), transaction.atomic():
        changed = services.change_promise(round_, _by(request), form.cleaned_data)
        _note(request, actions.PROMISE_CHANGED, changed.title, changed)
    return shown.round_shown(changed)


@router.post("/rounds/{int:round_id}/steps", response=schemas.RoundOut, **ROUNDS)
def move_round(request: HttpRequest, data: schemas.RoundStep, round_id: int = ROUND) -> Any:
    """Open a round for inviting, for answering, or end the answering and make the picture."""
    round_ = round_of(request, round_id)
    step, action = STEPS[data.to]
    with _refusals(), transaction.atomic():
        step(round_, _by(request))
        _note(request, action, round_.title, round_)
    return shown.round_shown(round_of(request, round_id))


@router.post("/rounds/{int:round_id}/extensions", response=schemas.RoundOut, **ROUNDS)
def extend_round(request: HttpRequest, data: schemas.Extension, round_id: int = ROUND) -> Any:
    """Move the last day, openly: everyone who is asked reads the reason."""
    round_ = round_of(request, round_id)
    _require_near([data.closes_on])
    with _refusals(), transaction.atomic():
        changed = services.extend(round_, data.closes_on, _by(request), data.reason)
        _note(request, actions.EXTENDED, changed.title, changed)
    return shown.round_shown(changed)


@router.post("/groups", url_name="group_new", response={201: schemas.GroupOut}, **ROUNDS)
def add_group(request: HttpRequest, response: HttpResponse, data: schemas.GroupNew) -> Any:
    """Add a group of one's own to the circle."""
    form = GroupForm(_sent(GroupForm, Group(), data.model_dump()))
    _require_valid(form)
    with _refusals(), transaction.atomic():
        made = circle_services.add_group(circle_of(request), form.save(commit=False))
        _note(request, circle_actions.GROUP_ADDED, made.name)
    response["Location"] = settings.PUBLIC_URL + reverse("api_v1:group", args=[made.code])
    return shown.group_shown(made)


@router.patch("/groups/{slug:code}", url_name="group_change", response=schemas.GroupOut, **ROUNDS)
def change_group(request: HttpRequest, data: schemas.GroupChange, code: str = CODE) -> Any:
    """Change a group; what is left out stays. Rounds that are answered keep the old wording."""
    group = one(circle_of(request).groups.all(), code=code)
    changes = data.model_dump(exclude_unset=True)
    form = GroupForm(_sent(GroupForm, group, changes), instance=group)
    _require_valid(form)
    with _refusals(), transaction.atomic():
        changed = circle_services.change_group(form.save(commit=False))
        _note(request, circle_actions.GROUP_CHANGED, changed.name)
    return shown.group_shown(changed)


@router.post(
    "/rounds/{int:round_id}/groups/{slug:code}/people", response=schemas.PeopleOut, **PEOPLE
)
def add_people(
    request: HttpRequest, data: schemas.PeopleNew, round_id: int = ROUND, code: str = CODE
) -> Any:
    """Put people on the list of a group. The list is never read back, nor any code."""
    group = group_of(round_of(request, round_id), code)
    if not group.is_asked or group.voice_mode == VoiceMode.ON_RECORD:
        raise Problem(409, _("This group is not asked by mail. Nothing was stored."))
    entries, problems = _understood(data.people, group)
    fresh = roll.without_known(group, lists.Understood(entries))
    problems += [(problem.line, problem.reason) for problem in fresh.problems]
    with _refusals(), transaction.atomic():
        n_added = roll.put_on_roll(group, fresh.entries)
        _note(request, invitation_actions.LIST_TAKEN, group.name, group.round)
        n_queued = outbox.queue_invitations(group) if data.send else 0
        if data.send:
            _note(request, invitation_actions.INVITED, group.name, group.round)
    return {
        "n_added": n_added,
        "n_queued": n_queued,
        "problems": [{"number": line, "reason": reason} for line, reason in sorted(problems)],
    }


@router.post(
    "/dialogues/{int:dialogue_id}/statements",
    url_name="statement_new",
    response={201: schemas.StatementOut},
    **STATEMENTS,
)
def add_statement(
    request: HttpRequest, data: schemas.StatementNew, dialogue_id: int = NUMBER
) -> Any:
    """Add a statement of those who prepare the dialogue; it is in at once."""
    dialogue = one(circle_of(request).dialogues.all(), pk=dialogue_id)
    form = StatementForm({"text": data.text})
    _require_valid(form)
    with _refusals(), transaction.atomic():
        made = add_seed(dialogue, form.cleaned_data["text"])
        _note(request, dialogue_actions.STATEMENT_ADDED, dialogue.title, round_id=dialogue.round_id)
    return shown.statement_shown(made)


class _refusals:  # noqa: N801 - read like a word: with _refusals()
    """Turn what a service refuses into a conflict, with the sentence that people read."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, REFUSALS):
            raise Problem(409, str(error)) from error


def _by(request: HttpRequest) -> str:
    return str(token_of(request).person)


def _note(
    request: HttpRequest,
    action: Action,
    subject: str,
    round_: Round | None = None,
    round_id: int | None = None,
) -> None:
    """Write into the journal what was done, for whom, and that a program did it."""
    token = token_of(request)
    round_id = round_.pk if round_ else round_id
    record(token.circle, token.person, action, f"{subject} · {token}", round_id=round_id)


def _sent(form: type[forms.ModelForm[Any]], instance: Any, changes: dict[str, Any]) -> Any:
    """Return what a page would have sent: everything as it is, and what is to change."""
    return model_to_dict(instance, fields=form.base_fields) | changes


def _require_valid(form: forms.BaseForm) -> None:
    if form.is_valid():
        return
    errors = [
        {"where": f"body.{name}", "what": str(message)}
        for name, messages in form.errors.items()
        for message in messages
    ]
    raise Problem(409, _("This does not fit how things stand. Nothing was changed."), errors=errors)


def _require_near(values: Iterable[object]) -> None:
    if any(isinstance(value, date) and value.year not in YEARS for value in values):
        raise Problem(409, _("A day lies too far away. Nothing was changed."))


def _understood(
    people: list[schemas.PersonNew], group: RoundGroup
) -> tuple[list[lists.Entry], list[tuple[int, str]]]:
    """Read addresses as from a list that is typed in, each for itself."""
    entries: dict[str, lists.Entry] = {}
    problems: list[tuple[int, str]] = []
    languages = group.round.language_codes
    for number, person in enumerate(people, start=1):
        found = lists.understand([(number, [person.email])], languages)
        entry = found.entries[0] if found.entries else None
        if entry is None:
            problems.append((number, _("no usable mail address")))
        elif entry.email in entries:
            line = entries[entry.email].line
            problems.append((number, _("twice: stands in line %(line)d already") % {"line": line}))
        else:
            language = person.language if person.language in languages else ""
            entries[entry.email] = replace(entry, name=person.name, language=language or "")
    return list(entries.values()), problems
