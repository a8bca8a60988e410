"""After the last question: look at everything, send, take it back, go on elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from erdkreis.invitations.codes import readable
from erdkreis.questionnaires import kiosk, receipt_cookie, services
from erdkreis.questionnaires.forms import ReceiptForm
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.questionnaires.paths import Path
from erdkreis.questionnaires.queries import answers_of, rated_by, voice_with
from erdkreis.questionnaires.views.answering import closed, for_group, for_voice, framed, not_taken
from erdkreis.rounds.models import RoundGroup
from erdkreis.web.throttle import count_failure, is_slowed_down


@for_voice
def check(request: HttpRequest, group: RoundGroup, voice: Voice) -> HttpResponse:
    """Look at everything once more, then send."""
    if request.method == "POST":
        if not services.send_voice(voice):
            return not_taken(request, group)
        return redirect("questionnaires:thanks", group.slug)
    answers = answers_of(voice)
    path = Path(group)
    said = [(p, answers.get(p.item.code)) for p in path.pages if p.item]
    context = {
        "voice": voice,
        "said": said,
        "predictions": [p for p in path.pages if p.is_prediction],
        "receipt": receipt_cookie.receipt_in(request),
        "n_answered": sum(1 for _page, a in said if a and a.status != Answer.Status.SKIPPED),
    }
    return framed(request, group, "check", context)


@for_voice
def thanks(request: HttpRequest, group: RoundGroup, voice: Voice) -> HttpResponse:
    """Thank, say what happens when, and hand out the receipt code."""
    if not voice.is_sent:
        return redirect("questionnaires:check", group.slug)
    context = {
        "voice": voice,
        "receipt": receipt_cookie.receipt_in(request),
        # In a pulse there is no picture to find oneself in.
        "kept": {} if group.round.is_pulse else rated_by(voice),
    }
    answer = framed(request, group, "thanks", context)
    # Not on a reload: then somebody else may stand there already, and sees nothing.
    return kiosk.for_the_next(answer, group) if kiosk.is_kiosk(request) else answer


@for_voice
def withdraw(request: HttpRequest, group: RoundGroup, voice: Voice) -> HttpResponse:
    """Take everything back, after asking once."""
    if request.method != "POST":
        receipt = receipt_cookie.receipt_in(request)
        return framed(request, group, "withdraw", {"voice": voice, "receipt": receipt})
    if not services.withdraw_voice(voice):
        return not_taken(request, group)
    return receipt_cookie.forget(framed(request, group, "withdrawn", {}), group)


@for_group
def forget(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    """Leave no trace on a shared device. The voice stays; the receipt code finds it again."""
    if request.method != "POST":
        return redirect("questionnaires:door", group.slug)
    return receipt_cookie.forget(redirect("questionnaires:door", group.slug), group)


@for_group
def resume(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    """Go on, on another device, with the receipt code."""
    if not group.is_open:
        return closed(request, group)
    form = ReceiptForm(request.POST or None)
    if request.method == "POST":
        if is_slowed_down(request, "receipt"):
            return render(request, "questionnaires/slow_down.html", status=429)
        if form.is_valid():
            receipt = form.cleaned_data["receipt"]
            if voice_with(receipt, group):
                answer = redirect("questionnaires:check", group.slug)
                return receipt_cookie.keep(answer, group, readable(receipt))
            count_failure(request, "receipt")
            form.add_error("receipt", translation.gettext(
                "We know no voice with this code here. Please compare it letter by letter. "
                "Perhaps it belongs to another group, or the voice was withdrawn."
            ))  # fmt: skip
    return framed(request, group, "resume", {"form": form})
