"""Out to the provider, and back in."""

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from erdkreis.accounts import provider
from erdkreis.accounts.entrance import NotLetIn, person_behind

FORBIDDEN, BAD_GATEWAY = 403, 502
_NEXT = "erdkreis.accounts.next"


@require_GET
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    if not provider.is_set():
        raise Http404
    wanted = request.GET.get("next", "")
    request.session[_NEXT] = wanted if get_adapter().is_safe_url(wanted) else ""
    try:
        return provider.leave_for_provider(request, reverse("accounts:come_back"))
    except provider.Away:
        return _away(request)


@require_GET
@never_cache
def come_back(request: HttpRequest) -> HttpResponse:
    if not provider.is_set():
        raise Http404
    wanted = request.session.pop(_NEXT, "")
    try:
        person = person_behind(provider.identity_of(request))
    except provider.Away:
        return _away(request)
    except provider.NotConfirmed:
        return _not_in(
            request,
            _("Signing in was cancelled, or took too long. Nothing was changed; please try again."),
        )
    except NotLetIn as reason:
        return _not_in(request, str(reason))
    # Whoever has set up a second step here is asked for it here, too.
    answer: HttpResponse = perform_login(
        request,
        person,
        email_verification=EmailVerificationMethod.NONE,
        redirect_url=wanted or None,
    )
    return answer


def _away(request: HttpRequest) -> HttpResponse:
    reason = _(
        "%(provider)s does not answer at the moment. Nothing was changed. Please try again in a "
        "few minutes, or sign in with your mail address and password."
    ) % {"provider": settings.OIDC_NAME}
    return _not_in(request, reason, status=BAD_GATEWAY)


def _not_in(request: HttpRequest, reason: str, status: int = FORBIDDEN) -> HttpResponse:
    return render(request, "accounts/not_signed_in.html", {"reason": reason}, status=status)
