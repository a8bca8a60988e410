"""Voting and writing on a phone: no account, no session, and no script needed.

What somebody typed is never lost: it comes back with every refusal.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import reselect, reswap, retarget

from erdkreis.dialogues import receipt_cookie, services
from erdkreis.dialogues.forms import ComeAsForm, Press, StatementForm
from erdkreis.dialogues.models import Dialogue, Voter, VoteValue
from erdkreis.dialogues.opinion_groups import own_standing
from erdkreis.dialogues.opinion_rows import page_of
from erdkreis.dialogues.queries import (
    accepted_statements,
    dialogue_at,
    own_statements,
    voter_with,
    votes_of,
)
from erdkreis.questionnaires.forms import ReceiptForm
from erdkreis.web.errors import typed_text
from erdkreis.web.languages import speak_one_of
from erdkreis.web.throttle import count_failure, is_slowed_down
from erdkreis.web.time_left import MINUTES_OF_A_STATEMENT, time_left

View = Callable[..., HttpResponse]
ON_ONE_PAGE = 50
# As many as the analysis asks for: with fewer a place on the map would be chance.
VOTES_TO_BE_PLACED = 7


def for_dialogue(view: View) -> View:
    """Find the dialogue behind the address and speak one of its languages."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def found(request: HttpRequest, slug: str, **captured: Any) -> HttpResponse:
        dialogue = dialogue_at(slug)
        if dialogue is None:
            raise Http404
        speak_one_of(request, dialogue.language_codes)
        response = view(request, dialogue, **captured)
        add_never_cache_headers(response)
        return response

    return found


def for_voter(view: View) -> View:
    """Find the voter of this device; without one, or after the end, say so kindly."""

    @for_dialogue
    @wraps(view)
    def found(request: HttpRequest, dialogue: Dialogue, **captured: Any) -> HttpResponse:
        if not dialogue.is_open:
            return closed(request, dialogue)
        voter = voter_with(receipt_cookie.receipt_in(request), dialogue)
        if voter is None:
            return unknown_device(request, dialogue)
        return view(request, dialogue, voter, **captured)

    return found


@for_dialogue
def door(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    """What it is about, what is stored: read before the first statement. Then begin."""
    if not dialogue.is_open:
        return closed(request, dialogue)
    receipt = receipt_cookie.receipt_in(request)
    voter = voter_with(receipt, dialogue)
    form = ComeAsForm(dialogue, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if voter is not None:
            return redirect("dialogues:vote", dialogue.slug)
        if form.is_valid():
            receipt = services.begin_voter(dialogue, form.chosen())
            answer = redirect("dialogues:vote", dialogue.slug)
            return receipt_cookie.keep(answer, dialogue, receipt)
    context = {
        "voter": voter,
        "receipt": receipt,
        "form": form,
        "n_statements": accepted_statements(dialogue).count(),
    }
    return _page(request, dialogue, "door", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """One statement, three buttons. Casting is one database statement and asks nothing before."""
    press = Press.read_from(request.POST) if request.method == "POST" else None
    if press and _cast(request, slug, press):
        return _onward(request, slug, press.statement)
    return _vote_page(request, slug=slug, press=press)


@for_dialogue
def _vote_page(request: HttpRequest, dialogue: Dialogue, press: Press | None) -> HttpResponse:
    """Show the statement in turn, or why a vote was not taken."""
    if not dialogue.is_open:
        return closed(request, dialogue)
    voter = voter_with(receipt_cookie.receipt_in(request), dialogue)
    if voter is None:
        return unknown_device(request, dialogue)
    problem, status = _why_not_taken(press) if request.method == "POST" else ("", 200)
    context = _next_statement(request, dialogue, voter) | {"problem": problem}
    return _page(request, dialogue, "vote", context, status=status)


@for_voter
def statements(request: HttpRequest, dialogue: Dialogue, voter: Voter) -> HttpResponse:
    """Show all statements with what this voter said, to look again or change."""
    votes = votes_of(voter)
    page = Paginator(accepted_statements(dialogue), ON_ONE_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(statement, votes.get(statement.pk)) for statement in page],
        "choices": VoteValue.choices,
        "receipt": receipt_cookie.receipt_in(request),
    }
    return _page(request, dialogue, "statements", context)


@for_voter
def undo(request: HttpRequest, dialogue: Dialogue, voter: Voter, pk: int) -> HttpResponse:
    """Take one vote back: the statement comes up again later."""
    if request.method == "POST":
        services.take_vote_back(voter, pk)
    return redirect(_place_in_list(request, dialogue.slug, pk))


@for_voter
def write(request: HttpRequest, dialogue: Dialogue, voter: Voter) -> HttpResponse:
    """Write a statement, and see what became of one's own."""
    form = StatementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        language = (translation.get_language() or "en")[:2]
        try:
            services.write_statement(voter, form.cleaned_data["text"], language)
        except services.DialogueError as error:
            form.add_error("text", str(error))
        else:
            return redirect(reverse("dialogues:write", args=[dialogue.slug]) + "#own")
    context = {
        "form": form,
        "own": list(own_statements(voter)),
        "receipt": receipt_cookie.receipt_in(request),
    }
    return _page(request, dialogue, "write", context, status=422 if form.errors else 200)


@for_voter
def picture(request: HttpRequest, dialogue: Dialogue, voter: Voter) -> HttpResponse:
    """Where this voter stands: calculated for this answer, shown to nobody else, kept nowhere."""
    votes, released = votes_of(voter), services.last_opinion(dialogue)
    context: dict[str, Any] = {
        "n_missing": max(VOTES_TO_BE_PLACED - len(votes), 0),
        "receipt": receipt_cookie.receipt_in(request),
        "page": None,
        "standing": None,
    }
    if released and released.content["places"] and not context["n_missing"]:
        standing = services.own_standing(votes, released)
        context["page"] = page = page_of(dialogue, released, own=(standing.x, standing.y))
        context["standing"] = own_standing(standing, page.groups)
    return _page(request, dialogue, "own_picture", context)


@for_voter
def withdraw(request: HttpRequest, dialogue: Dialogue, voter: Voter) -> HttpResponse:
    """Take everything back, after asking once; own statements may stay without an author."""
    if request.method != "POST":
        context = {
            "has_statements": own_statements(voter).filter(status="accepted").exists(),
            "receipt": receipt_cookie.receipt_in(request),
        }
        return _page(request, dialogue, "withdraw", context)
    services.withdraw_voter(voter, with_statements=request.POST.get("statements") != "stay")
    return receipt_cookie.forget(_page(request, dialogue, "withdrawn", {}), dialogue)


@for_dialogue
def forget(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    """Leave no trace on a shared device. The votes stay; the receipt code finds them again."""
    answer = redirect("dialogues:door", dialogue.slug)
    return receipt_cookie.forget(answer, dialogue) if request.method == "POST" else answer


@for_dialogue
def resume(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    """Go on, on another device, with the receipt code."""
    if not dialogue.is_open:
        return closed(request, dialogue)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if is_slowed_down(request, "receipt"):
            return render(request, "questionnaires/slow_down.html", status=429)
        if form.is_valid():
            receipt = form.cleaned_data["receipt"]
            if voter_with(receipt, dialogue):
                answer = redirect("dialogues:vote", dialogue.slug)
                return receipt_cookie.keep(answer, dialogue, receipt)
            count_failure(request, "receipt")
            form.add_error("receipt", _(
                "We know no votes with this code here. Please compare it letter by letter. "
                "Perhaps it belongs to another dialogue, or the votes were withdrawn."
            ))  # fmt: skip
    return _page(request, dialogue, "resume", {"form": form}, status=422 if form.errors else 200)


@require_safe
def short_address(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Let people leave out the last stroke of an address they typed from a poster."""
    return redirect(reverse("dialogues:door", args=[slug]), permanent=True)


def closed(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    """Say kindly that nobody can vote now, and give typed text back."""
    status = 409 if request.method == "POST" else 200
    context = {"typed": typed_text(request), "receipt": receipt_cookie.receipt_in(request)}
    return _page(request, dialogue, "closed", context, status=status)


def unknown_device(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    """No voter here: cookie gone, or withdrawn in another tab. Typed text comes back."""
    status = 409 if request.method == "POST" else 200
    return _page(request, dialogue, "unknown_device", {"typed": typed_text(request)}, status=status)


def _cast(request: HttpRequest, slug: str, press: Press) -> bool:
    receipt = receipt_cookie.receipt_in(request)
    return services.cast_vote(receipt, slug, press.statement, press.value)


def _why_not_taken(press: Press | None) -> tuple[str, int]:
    if press is None:
        return _("No vote arrived. Nothing was changed; please choose again."), 422
    return _(
        "This statement is no longer in the dialogue, so your vote on it was not taken. "
        "All your other votes are there."
    ), 409


def _onward(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """After saving: back to the place in the list, or on to the next statement."""
    if "list" in request.POST:
        return HttpResponseRedirect(_place_in_list(request, slug, pk))
    return HttpResponseRedirect(f"{request.path}?after={pk}")


def _place_in_list(request: HttpRequest, slug: str, pk: int) -> str:
    page = request.POST.get("list", "")
    query = f"?page={page}" if page.isdecimal() and page != "1" else ""
    return reverse("dialogues:statements", args=[slug]) + f"{query}#s{pk}"


def _next_statement(request: HttpRequest, dialogue: Dialogue, voter: Voter) -> dict[str, Any]:
    everything, votes = list(accepted_statements(dialogue)), votes_of(voter)
    n_left = sum(s.pk not in votes for s in everything)
    after = request.GET.get("after", "")
    return {
        "statement": services.statement_in_turn(voter, everything, votes),
        "n_left": n_left,
        "time": time_left([1] * n_left, 0, n_left * MINUTES_OF_A_STATEMENT),
        "n_seen": len(everything) - n_left,
        "n_statements": len(everything),
        "choices": VoteValue.choices,
        "last": next((s for s in everything if str(s.pk) == after and s.pk in votes), None),
        "receipt": receipt_cookie.receipt_in(request),
    }


def _page(
    request: HttpRequest,
    dialogue: Dialogue,
    template: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    context = {
        "circle": dialogue.circle,
        "dialogue": dialogue,
        "org": dialogue.circle.organisation.name,
        "languages": dialogue.language_codes,
        **context,
    }
    response = render(request, f"dialogues/{template}.html", context, status=status)
    if status >= HTTPStatus.BAD_REQUEST:
        # A script that asked for one row of the list must show the whole refusal.
        response = reswap(reselect(retarget(response, "#main"), "#main"), "outerHTML")
    return response
