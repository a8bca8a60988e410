"""Reaching a group by mail: the list, a look through it, sending, reminding."""

from smtplib import SMTPException
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.invitations import actions, letters, outbox, roll
from erdkreis.invitations.access import group_for, record_for
from erdkreis.invitations.forms import (
    AskGuardianForm,
    ListForm,
    ReminderForm,
    TakenListForm,
    UnreachableForm,
    preview,
)
from erdkreis.invitations.models import NoMail
from erdkreis.invitations.queries import n_without_mail, reasons_set_aside, ways_into
from erdkreis.invitations.tables import TableError
from erdkreis.rounds.models import RoundGroup
from erdkreis.web.languages import for_voices

UNPROCESSABLE = 422


@signed_in
@require_safe
def mail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """How far a group is reached by mail, and what can be done next."""
    group = group_for(request, pk, slug)
    remindings = list(group.remindings.all())
    context = _around(group) | {
        "ways": ways_into(group),
        "n_without_mail": n_without_mail(group),
        "reasons": reasons_set_aside(group),
        "remindings": remindings,
        "may_remind": len(remindings) == 0 or (len(remindings) == 1 and not remindings[0].is_last),
        "list_form": ListForm(group.round.language_codes),
        "reminder_form": ReminderForm(),
        "unreachable_form": UnreachableForm(),
    }
    return render(request, "invitations/mail_page.html", context)


@signed_in
@require_POST
@never_cache
def look_through(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show how a list was understood. Nothing is stored yet."""
    group = group_for(request, pk, slug)
    form = ListForm(group.round.language_codes, request.POST, request.FILES)
    if not form.is_valid():
        context = _around(group) | {"list_form": form}
        return render(request, "invitations/list.html", context, status=UNPROCESSABLE)
    understood = roll.without_known(group, form.understood)
    context = _around(group) | preview(understood, group.round.language_codes)
    return render(request, "invitations/list_preview.html", context)


@signed_in
@require_POST
def take_list(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    group = group_for(request, pk, slug)
    form = TakenListForm(request.POST)
    if form.is_valid():
        with transaction.atomic():
            n = roll.put_on_roll(group, form.understood(group.round.language_codes).entries)
            record_for(request, group, actions.LIST_TAKEN)
        said = ngettext("%(n)d person is on the list now.", "%(n)d people are on the list now.", n)
        messages.success(request, said % {"n": n})
    else:
        messages.error(request, _("There was nothing on this list. Nothing was stored."))
    return _back(group)


@signed_in
@require_POST
def clear_list(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    group = group_for(request, pk, slug)
    with transaction.atomic():
        n = roll.clear_roll(group)
        record_for(request, group, actions.LIST_CLEARED)
    said = ngettext("%(n)d address was deleted.", "%(n)d addresses were deleted.", n)
    messages.success(request, said % {"n": n})
    return _back(group)


@signed_in
@require_POST
def test(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Send the invitation to oneself, at once and at any hour."""
    group = group_for(request, pk, slug)
    to = person_of(request).email
    try:
        for language in for_voices(group.round.language_codes):
            letters.test_letter(group, to, language).send()
    except (SMTPException, OSError):
        messages.error(
            request,
            _("The mail server cannot be reached, or refuses us. Nothing was sent to anybody."),
        )
    else:
        messages.success(request, _("A test mail is on its way to %(to)s.") % {"to": to})
    return _back(group)


@signed_in
@require_POST
def send(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Invite everyone on the list who was not invited yet."""
    group = group_for(request, pk, slug)
    with transaction.atomic():
        outbox.queue_invitations(group)
        record_for(request, group, actions.INVITED)
    _send_some(request, group)
    return _back(group)


@signed_in
@require_POST
def remind(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    group = group_for(request, pk, slug)
    form = ReminderForm(request.POST)
    try:
        form.full_clean()
        with transaction.atomic():
            reminding = outbox.queue_reminder(group, is_last=form.cleaned_data["is_last"])
            record_for(request, group, actions.REMINDED)
    except outbox.OutboxError as error:
        messages.error(request, str(error))
        return _back(group)
    if reminding.n_unused is None:
        messages.info(
            request, _("It goes to all: a choice would tell who has answered. The mail says so.")
        )
    else:
        messages.info(request, _("It goes to those whose code has not been used."))
    _send_some(request, group, says_number=False)
    return _back(group)


@signed_in
@require_POST
def try_again(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    group = group_for(request, pk, slug)
    with transaction.atomic():
        outbox.try_again(group)
        record_for(request, group, actions.TRIED_AGAIN)
    _send_some(request, group, says_number=False)
    return _back(group)


@signed_in
@require_POST
def unreachable(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Note addresses whose mails came back."""
    group = group_for(request, pk, slug)
    form = UnreachableForm(request.POST)
    try:
        addresses = form.found() if form.is_valid() else []
    except TableError as error:
        messages.error(request, str(error))
        return _back(group)
    if not addresses:
        messages.error(request, _("We found no mail address in it. Nothing was noted."))
        return _back(group)
    with transaction.atomic():
        roll.stop_mail(group.round.circle, addresses, NoMail.Reason.BOUNCED)
        record_for(request, group, actions.UNREACHABLE)
    # Not how many of them are new: that would tell who asked for no more mail.
    n = len(set(addresses))
    said = ngettext("%(n)d address was noted.", "%(n)d addresses were noted.", n)
    messages.success(request, said % {"n": n})
    return _back(group)


@signed_in
def ask_guardian(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Ask somebody by mail to speak for those who cannot."""
    group = group_for(request, pk, slug, is_on_record=True)
    first = {"answer_by": group.round.opens_on, "language": (get_language() or "")[:2]}
    form = AskGuardianForm(group, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                outbox.ask_guardian(group, given["email"], given["language"], given["answer_by"])
                record_for(request, group, actions.GUARDIAN_ASKED)
        except outbox.OutboxError as error:
            form.add_error("email", str(error))
        else:
            _send_some(request, group)
            return redirect("invitations:ask_guardian", pk, slug)
    context = _around(group) | {"form": form, "ways": ways_into(group)}
    return render(request, "invitations/ask_guardian.html", context)


def _send_some(request: HttpRequest, group: RoundGroup, *, says_number: bool = True) -> None:
    """Send what fits into a moment; the rest follows by itself.

    How many get a reminder is not said: it would be the number of those who have not answered.
    """
    sent = outbox.send_due_mails(outbox.SMALL_BATCH, group)
    if sent.is_quiet:
        messages.info(
            request,
            _("Evenings, nights and Sundays are quiet. The mails leave on %(when)s.")
            % {"when": outbox.next_chance()},
        )
    elif sent.is_server_away:
        messages.warning(
            request, _("The mail server cannot be reached. The mails wait and are tried again.")
        )
    elif not says_number:
        messages.success(request, _("The mails are on their way."))
    else:
        said = ngettext("%(n)d mail was sent.", "%(n)d mails were sent.", sent.n_sent)
        messages.success(request, said % {"n": sent.n_sent})


def _around(group: RoundGroup) -> dict[str, Any]:
    return {"circle": group.round.circle, "round": group.round, "group": group}


def _back(group: RoundGroup) -> HttpResponse:
    return redirect("invitations:mail", group.round_id, group.slug)
