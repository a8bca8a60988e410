"""Taking part on a phone: no account, no session, and no script needed.

What somebody typed is never lost: it comes back with every refusal.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from erdkreis.conversations import digests, moderating, speaking, token_cookie
from erdkreis.conversations.asking_time import minutes_before
from erdkreis.conversations.forms import (
    AcceptForm,
    ComeInForm,
    MailForm,
    ReportForm,
    SayForm,
    WordsForm,
)
from erdkreis.conversations.labels import label_of
from erdkreis.conversations.listing import phases, said_in
from erdkreis.conversations.models import Contribution, Side, Speaker
from erdkreis.conversations.services import MINUTES_TO_TALK, ConversationError
from erdkreis.moderation.models import Reason
from erdkreis.moderation.services import ModerationError
from erdkreis.web.languages import speak_one_of
from erdkreis.web.throttle import count_failure, is_slowed_down

View = Callable[..., HttpResponse]
NOT_CHANGED = 304


def for_side(view: View) -> View:
    """Find the side behind the address, speak one of its languages, and know who this is."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def found(request: HttpRequest, slug: str, **captured: Any) -> HttpResponse:
        side = get_object_or_404(
            Side.objects.select_related(
                "group", "conversation__circle__organisation", "conversation__round"
            ),
            slug=slug,
        )
        speak_one_of(request, side.conversation.language_codes)
        speaker = speaking.speaker_with(token_cookie.token_in(request), side)
        response = view(request, side, speaker, **captured)
        add_never_cache_headers(response)
        return response

    return found


@for_side
def talk(request: HttpRequest, side: Side, speaker: Speaker | None) -> HttpResponse:
    """The whole conversation, and the place to say something."""
    if request.method == "POST" and speaker is None:
        return _page(request, side, "unknown_device", {"typed": request.POST.get("text", "")}, 409)
    form = SayForm(side.conversation, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and speaker is not None and form.is_valid():
        said = form.cleaned_data
        try:
            new = speaking.say(
                speaker, said["kind"], said["text"], _language(), phase=said["phase"]
            )
        except ConversationError as error:
            form = _again(side, said["text"], str(error))
            status = 409
        else:
            return redirect(f"{_address(side)}#c{new.pk}")
    elif form.errors:
        status = 422
    return _page(request, side, "talk", _talk(side, speaker) | {"form": form}, status)


@for_side
def news(request: HttpRequest, side: Side, speaker: Speaker | None) -> HttpResponse:
    """Say what is newer than what the page shows; nothing at all if nothing is."""
    after = request.GET.get("after", "")
    conversation = side.conversation
    tag = f'"{conversation.revision}"'
    if not after.isdecimal() or int(after) > conversation.revision:
        return HttpResponse(status=400)
    if request.headers.get("If-None-Match") == tag or int(after) == conversation.revision:
        response = HttpResponse(status=NOT_CHANGED)
    else:
        changed = said_in(conversation, speaker, changed_after=int(after))
        context = _talk(side, speaker) | {
            "fresh": [s for s in changed if s.one.place > int(after)],
            "changed": [s for s in changed if s.one.place <= int(after)],
            "is_elsewhere": request.GET.get("phase") != conversation.phase
            or conversation.is_closed,
        }
        response = _page(request, side, "_news", context)
    response["ETag"] = tag
    return response


@for_side
def come_in(request: HttpRequest, side: Side, speaker: Speaker | None) -> HttpResponse:
    """How one is shown, and what is kept: read before the first word."""
    if speaker is not None or side.conversation.is_closed:
        return redirect(_address(side))
    form = ComeInForm(side, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        token = speaking.come_in(side, form.mode, shows_group=form.shows_group, name=name)
        return token_cookie.keep(redirect(f"{_address(side)}#say"), side, token)
    context = {
        "form": form, "minutes": MINUTES_TO_TALK, "minutes_before": minutes_before(side),
    }  # fmt: skip
    return _page(request, side, "come_in", context, 422 if form.errors else 200)


@for_side
def mail(request: HttpRequest, side: Side, _speaker: Speaker | None) -> HttpResponse:
    """Leave an address. It is kept apart from everything that is said."""
    if is_slowed_down(request, "talk-mail"):
        return render(request, "questionnaires/slow_down.html", status=429)
    form = MailForm(request.POST if request.method == "POST" else None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent:
        count_failure(request, "talk-mail")  # each mail to an unknown address counts
        said = form.cleaned_data
        digests.subscribe(side.conversation, said["address"], _language(), said["rhythm"])
    context = {"form": form, "is_sent": is_sent}
    return _page(request, side, "mail", context, 422 if form.errors else 200)


@for_side
def one(
    request: HttpRequest, side: Side, speaker: Speaker | None, pk: int, what: str
) -> HttpResponse:
    """Do one thing with one contribution, on a page of its own."""
    said = get_object_or_404(
        Contribution.objects.select_related("speaker__side__group", "answers", "conversation"),
        pk=pk,
        conversation=side.conversation,
    )
    if what not in DEEDS or not _may_be_seen(said, speaker):
        raise Http404
    if what in WITH_OWN_WORDS and (speaker is None or said.speaker_id != speaker.pk):
        raise Http404
    if speaker is None and what != "report":
        return _page(request, side, "unknown_device", {"typed": request.POST.get("text", "")}, 409)
    make_form, do = DEEDS[what]
    form = make_form(said, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            do(request, speaker, said, form.cleaned_data)
        except (ConversationError, ModerationError) as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{_address(side)}#c{said.pk}")
    context = {
        "form": form,
        "said": said,
        "label": label_of(said.speaker),
        "what": what,
        "shows_text": said.state == Contribution.State.SHOWN
        or (speaker is not None and said.speaker_id == speaker.pk),
        "case": moderating.last_case(said) if what == "appeal" else None,
    }
    return _page(request, side, "one", context, 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm an address: it was its owner who asked. Pressed, so that no mail scanner does it."""
    subscription = digests.subscription_to_confirm(token)
    if subscription is not None and request.method == "POST":
        digests.confirm(token)
    context = {"subscription": subscription, "is_done": request.method == "POST"}
    return _of_mail(request, "confirm", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails about one conversation. The token does only that."""
    subscription = digests.of_stop_token(token)
    if request.method == "POST":
        digests.stop(token)
    context = {"subscription": subscription, "is_done": request.method == "POST"}
    return _of_mail(request, "off", context)


def _of_mail(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    subscription = context["subscription"]
    if subscription is not None:
        circle = subscription.conversation.circle
        context |= {"circle": circle, "org": circle.organisation.name}
        speak_one_of(request, [subscription.language])
    blank = {"org": "Erdkreis", "circle": None, "languages": None}
    response = render(request, f"conversations/{template}.html", blank | context)
    add_never_cache_headers(response)
    return response


def _answer(
    _request: HttpRequest, speaker: Speaker, said: Contribution, cleaned: dict[str, Any]
) -> None:
    is_heard = said.kind == Contribution.Kind.VIEW
    kind = Contribution.Kind.PARAPHRASE if is_heard else Contribution.Kind.OBJECTION
    phase = said.conversation.phase
    speaking.say(speaker, kind, cleaned["text"], _language(), phase=phase, answers=said)


def _accept(
    _request: HttpRequest, speaker: Speaker, said: Contribution, cleaned: dict[str, Any]
) -> None:
    is_right = cleaned["is_right"] == Contribution.Accepted.YES
    speaking.answer_paraphrase(speaker, said, is_right=is_right, correction=cleaned["text"])


def _change(
    _request: HttpRequest, speaker: Speaker, said: Contribution, cleaned: dict[str, Any]
) -> None:
    speaking.change(speaker, said, cleaned["text"])


def _take_back(
    _request: HttpRequest, speaker: Speaker, said: Contribution, _cleaned: dict[str, Any]
) -> None:
    speaking.take_back(speaker, said)


def _put_back(
    _request: HttpRequest, speaker: Speaker, said: Contribution, _cleaned: dict[str, Any]
) -> None:
    speaking.put_back(speaker, said)


def _appeal(
    _request: HttpRequest, speaker: Speaker, said: Contribution, cleaned: dict[str, Any]
) -> None:
    moderating.appeal(speaker, said, cleaned["text"])


def _report(
    request: HttpRequest, speaker: Speaker | None, said: Contribution, cleaned: dict[str, Any]
) -> None:
    reporter = f"speaker {speaker.pk}" if speaker else request.META.get("REMOTE_ADDR", "")
    moderating.report(said, reporter, reason=cleaned["reason"], note=cleaned["text"])


Deed = tuple[Callable[[Contribution, Any], Form], Callable[..., None]]
DEEDS: dict[str, Deed] = {
    "answer": (lambda _said, data: WordsForm(data), _answer),
    "accept": (lambda _said, data: AcceptForm(data), _accept),
    "change": (lambda said, data: WordsForm(data, initial={"text": said.text}), _change),
    "take-back": (lambda _said, data: Form(data), _take_back),
    "put-back": (lambda _said, data: Form(data), _put_back),
    "report": (lambda _said, data: ReportForm(data), _report),
    "appeal": (lambda _said, data: WordsForm(data), _appeal),
}


WITH_OWN_WORDS = frozenset({"change", "take-back", "put-back", "appeal"})


def _may_be_seen(said: Contribution, speaker: Speaker | None) -> bool:
    is_own = speaker is not None and said.speaker_id == speaker.pk
    return is_own or said.state == Contribution.State.SHOWN


def _again(side: Side, text: str, problem: str) -> SayForm:
    """Return the form of the present phase with the words that were just refused."""
    side.conversation.refresh_from_db()
    form = SayForm(side.conversation)
    form.initial["text"] = text
    form.problem = problem  # type: ignore[attr-defined]
    return form


def _talk(side: Side, speaker: Speaker | None) -> dict[str, Any]:
    conversation = side.conversation
    waits = side.is_leadership and not conversation.is_open_to_leadership
    return {
        "speaker": speaker,
        "label": label_of(speaker) if speaker else "",
        "phases": phases(conversation, speaker),
        "waits": waits,
        "reasons": Reason.choices,
        "may_speak": speaker is not None and not conversation.is_closed and not waits,
    }


def _language() -> str:
    return (translation.get_language() or "en")[:2]


def _address(side: Side) -> str:
    return reverse("conversations:talk", args=[side.slug])


def _page(
    request: HttpRequest, side: Side, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    conversation = side.conversation
    context = {
        "circle": conversation.circle,
        "conversation": conversation,
        "side": side,
        "org": conversation.circle.organisation.name,
        "languages": conversation.language_codes,
        **context,
    }
    return render(request, f"conversations/{template}.html", context, status=status)
