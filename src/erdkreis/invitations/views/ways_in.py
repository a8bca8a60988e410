from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import record
from erdkreis.circles.rules import may_host, may_prepare, require
from erdkreis.invitations import actions, services
from erdkreis.invitations.access import record_for
from erdkreis.invitations.forms import GuardianForm
from erdkreis.invitations.qr import qr_png, qr_svg
from erdkreis.invitations.queries import guardians_are_balanced, next_way, ways_in
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import RoundGroup
from erdkreis.rounds.services import RoundError

PICTURES = {"svg": (qr_svg, "image/svg+xml"), "png": (qr_png, "image/png")}


@signed_in
@require_safe
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the ways in: link, QR code, mail and paper for each group; and whom to reach next."""
    round_ = round_for(request, pk, may_prepare)
    ways = ways_in(round_)
    context = {
        "circle": round_.circle,
        "round": round_,
        "all_ways": ways,
        "next_way": next_way(ways),
        "n_begun": sum(way.is_begun for way in ways),
    }
    return render(request, "invitations/links.html", context)


@signed_in
@require_POST
def start_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the links of a round that looks again, and take over who was invited before."""
    round_ = round_for(request, pk, may_host)
    if round_.follows_id is None:
        raise Http404
    try:
        with transaction.atomic():
            n = services.start_inviting_again(round_, str(person_of(request)))
            about = (round_.circle, person_of(request), actions.STARTED_AGAIN, round_.title)
            record(*about, round_id=pk)
    except RoundError as error:
        messages.error(request, str(error))
    else:
        said = ngettext(
            "The links are ready, and %(n)d person was taken over from the earlier list.",
            "The links are ready, and %(n)d people were taken over from the earlier list.",
            n,
        )
        messages.success(request, said % {"n": n})
    return redirect("home:round", pk)


@signed_in
@require_safe
def qr(request: HttpRequest, pk: int, slug: str, kind: str) -> HttpResponse:
    round_ = round_for(request, pk, may_prepare)
    group = get_object_or_404(RoundGroup, round=round_, slug=slug)
    draw, content_type = PICTURES[kind]
    response = HttpResponse(draw(settings.PUBLIC_URL + f"/e/{group.slug}/"), content_type)
    response["Content-Disposition"] = f'inline; filename="{group.slug}.{kind}"'
    return response


@signed_in
def guardians(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Appoint people who speak for those who cannot; the link of a new one is shown once."""
    round_ = round_for(request, pk, may_host)
    group = get_object_or_404(RoundGroup, round=round_, slug=slug)
    require(allowed=group.voice_mode == "on_record")
    form, link = GuardianForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        guardian = form.save(commit=False)
        guardian.round_group = group
        with transaction.atomic():
            code = services.appoint_guardian(guardian)
            record_for(request, group, actions.GUARDIAN_APPOINTED)
        link = settings.PUBLIC_URL + reverse("questionnaires:guardian", args=[code])
        form = GuardianForm()
    appointed = list(group.guardians.all())
    context = {
        "circle": round_.circle,
        "round": round_,
        "group": group,
        "guardians": appointed,
        "is_balanced": guardians_are_balanced(appointed),
        "form": form,
        "link": link,
    }
    return render(request, "invitations/guardians.html", context)
