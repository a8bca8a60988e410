"""What is stored about a guardian, who has no account: the personal link opens it."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from erdkreis.invitations.models import Guardian
from erdkreis.invitations.queries import guardian_with
from erdkreis.trust.own_data import data_of_guardian, in_words, take_guardian_back
from erdkreis.trust.views import as_file, spoken_language
from erdkreis.web.throttle import count_failure, is_slowed_down


def _with_guardian(
    view: Callable[[HttpRequest, Guardian], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Hand the view the guardian of a code; guessing codes is slowed down."""

    @wraps(view)
    def found(request: HttpRequest, code: str) -> HttpResponse:
        if is_slowed_down(request, "code"):
            return render(request, "questionnaires/slow_down.html", status=429)
        guardian = guardian_with(code)
        if guardian is None:
            count_failure(request, "code")
            raise Http404
        codes = guardian.round_group.round.language_codes
        with translation.override(spoken_language(request, codes)):
            return view(request, guardian)

    return never_cache(found)


@require_http_methods(["GET", "HEAD", "POST"])
@_with_guardian
def data(request: HttpRequest, guardian: Guardian) -> HttpResponse:
    """Show it; and take everything back, once it was confirmed."""
    fault = request.method == "POST" and "sure" not in request.POST
    if request.method == "POST" and not fault:
        take_guardian_back(guardian)
        return render(request, "trust/guardian_gone.html", {"guardian": guardian})
    context = {"guardian": guardian, "tables": in_words(data_of_guardian(guardian)), "fault": fault}
    return render(request, "trust/guardian_data.html", context, status=422 if fault else 200)


@require_safe
@_with_guardian
def data_file(_request: HttpRequest, guardian: Guardian) -> HttpResponse:
    return as_file(data_of_guardian(guardian))
