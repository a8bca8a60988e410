"""What someone of a touched group sees: no account, no name, one address per group."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from erdkreis.experiments.forms import SayForm
from erdkreis.experiments.models import Experiment, Said, Touched
from erdkreis.experiments.queries import said_with, touched_at, with_touched
from erdkreis.experiments.services import consent
from erdkreis.experiments.services.moving import ExperimentError
from erdkreis.experiments.watching import subject_names

NAME = "__Secure-touched" if settings.IS_HTTPS else "touched"
KEPT = timedelta(days=180)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def at_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Read what is to be tried; consent, name a concern, object, stop, look back."""
    touched = touched_at(slug)
    if touched is None or touched.experiment.state == Experiment.State.IDEA:
        raise Http404
    receipt = request.COOKIES.get(NAME, "")[:40]
    mine = said_with(receipt, touched)
    if request.method == "POST" and "said" in request.POST:
        return _about_mine(request, touched, mine)
    form = SayForm(touched, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given, language = form.cleaned_data, (get_language() or "")[:2]
        try:
            receipt = consent.say(
                touched, given["kind"], given["words"], language=language, receipt=receipt
            )
        except ExperimentError as error:
            form.add_error(None, str(error))
        else:
            return _keep(redirect("experiments:at_group", slug), touched, receipt)
    status = 422 if form.errors else 200
    return render(
        request, "experiments/at_group.html", _context(touched, mine, form), status=status
    )


def _about_mine(request: HttpRequest, touched: Touched, mine: list[Said]) -> HttpResponse:
    """Take back, or call settled, what this very browser has said."""
    found = (said for said in mine if str(said.pk) == request.POST["said"])
    if (said := next(found, None)) is None:
        raise Http404
    try:
        if "settled" in request.POST:
            consent.settle(said, _("whoever raised it"))
        else:
            consent.take_back(said)
    except ExperimentError as error:
        context = _context(touched, mine, SayForm(touched)) | {"refused": str(error)}
        return render(request, "experiments/at_group.html", context, status=409)
    return redirect("experiments:at_group", touched.slug)


def _context(touched: Touched, mine: list[Said], form: SayForm) -> dict[str, Any]:
    experiment = touched.experiment
    names = subject_names(experiment)
    return {
        "circle": experiment.circle,
        "org": experiment.circle.organisation.name,
        "experiment": experiment,
        "touched": touched,
        "groups": with_touched(experiment),
        "watches": [
            (watch, names.subject(watch.subject))
            for watch in experiment.watches.select_related("group")
        ],
        "mine": mine,
        "form": form,
        "can_say": consent.kinds_now(experiment),
        "review": getattr(experiment, "review", None) if not experiment.is_under_way else None,
        "refused": "",
        "languages": None,
    }


def _keep(response: HttpResponse, touched: Touched, receipt: str) -> HttpResponse:
    response.set_cookie(
        NAME, receipt, max_age=KEPT, path=f"/x/{touched.slug}/", secure=settings.IS_HTTPS,
        httponly=True, samesite="Lax",
    )  # fmt: skip
    return response
