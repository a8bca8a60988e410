"""A conversation published elsewhere: looked through, then taken in closed, as it was."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import record
from erdkreis.circles.models import Circle
from erdkreis.imports import actions, services
from erdkreis.imports.access import circle_to_prepare
from erdkreis.imports.forms import PublishedForm, TakenConversationForm, unsealed

if TYPE_CHECKING:
    from erdkreis.dialogues.polis_files import PolisExport

UNPROCESSABLE = 422


@signed_in
@require_POST
@never_cache
def look_through(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the files hold, and how the best known statements were counted."""
    circle = circle_to_prepare(request, slug)
    form = PublishedForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {"circle": circle, "form": form}
        return render(request, "imports/conversation_refused.html", context, status=UNPROCESSABLE)
    export = form.cleaned_data["export"]
    taken = TakenConversationForm(
        initial={
            "sealed": form.cleaned_data["sealed"],
            "title": export.topic,
            "source": export.url,
            "is_turned": export.looks_inverted,
        }
    )
    return render(request, "imports/conversation_preview.html", _about(circle, export, taken))


@signed_in
@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    from erdkreis.imports import published  # noqa: PLC0415 - loads numpy

    circle = circle_to_prepare(request, slug)
    carried = unsealed(request.POST.get("sealed", ""), "published")
    if carried is None:
        messages.error(request, _("This page was too old or was changed. Nothing was stored."))
        return redirect("imports:index", slug)
    export = published.from_data(carried["published"])
    form = TakenConversationForm(request.POST)
    if not form.is_valid():
        context = _about(circle, export, form)
        return render(request, "imports/conversation_preview.html", context, status=UNPROCESSABLE)
    chosen = {name: form.cleaned_data[name] for name in ("title", "source", "licence", "is_public")}
    if form.cleaned_data["is_turned"]:
        export = published.turned(export)
    try:
        with transaction.atomic():
            dialogue = services.take_conversation(circle, export, **chosen)
            record(circle, person_of(request), actions.CONVERSATION_BROUGHT, dialogue.title)
    except services.NotTakenIn as error:
        messages.error(request, str(error))
        return redirect("imports:index", slug)
    messages.success(request, _("The dialogue is here. Its map is drawn within a minute or two."))
    return redirect("dialogues:dialogue", dialogue.pk)


def _about(circle: Circle, export: "PolisExport", form: TakenConversationForm) -> dict[str, object]:
    from erdkreis.imports import published  # noqa: PLC0415 - loads numpy

    return {
        "circle": circle,
        "export": export,
        "n_people": published.n_people(export),
        "first": published.first_statements(export),
        "taken": form,
    }
