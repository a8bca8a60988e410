"""No more mails: the one thing that the link at the end of a mail can do."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from erdkreis.invitations.models import NoMail
from erdkreis.invitations.roll import stop_digests, stoppable
from erdkreis.web.languages import speak_one_of


# A mail program presses for its owner, without a page of ours (RFC 8058). The token is all it
# has, and stopping mails is all that the token can do.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    found = stoppable(token)
    if found is None:
        raise Http404
    if found.language_codes:
        speak_one_of(request, found.language_codes[:1])
    if request.method == "POST":
        stop_digests(found.circle, {found.digest}, NoMail.Reason.UNSUBSCRIBED)
    context = {
        "circle": found.circle,
        "org": found.circle.organisation.name,
        "languages": sorted(found.language_codes) or None,
        "is_stopped": request.method == "POST",
    }
    return render(request, "invitations/stop.html", context)
