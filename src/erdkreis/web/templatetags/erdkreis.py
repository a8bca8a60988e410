"""Tags that pages of every room use."""

from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import template
from django.utils.translation import get_language

from erdkreis.web import languages
from erdkreis.web.first_style import first_style, knows_our_style
from erdkreis.web.languages import EASY, NAMES_FOR_VOICES, OWN_NAMES, PARAMETER
from erdkreis.web.undo import taken_offer

register = template.Library()
register.filter("bcp47", languages.bcp47)


class Choice(NamedTuple):
    """One language to choose, by its own name."""

    code: str
    name: str
    is_spoken: bool


@register.inclusion_tag("web/_languages.html", takes_context=True)
def language_choice(
    context: template.Context, codes: list[str] | None = None, *, voices: bool = False
) -> dict[str, Any]:
    """Offer the languages by their own names; a round may offer fewer, voices get more."""
    offered = languages.for_voices(codes or OWN_NAMES) if voices else [*(codes or OWN_NAMES)]
    spoken = get_language() or "en"
    if spoken == EASY and EASY not in offered:
        spoken = "de"
    shown = [Choice(code, NAMES_FOR_VOICES[code], code == spoken) for code in offered]
    return {
        "request": context["request"],
        "next": _same_page(context["request"]),
        "choices": shown if len(shown) > 1 else [],
    }


@register.inclusion_tag("web/_language_links.html", takes_context=True)
def language_links(
    context: template.Context, codes: list[str] | None = None, *, voices: bool = False
) -> dict[str, Any]:
    """Offer the languages as links, on pages that read the language of a link."""
    return language_choice(context, codes, voices=voices)


@register.inclusion_tag("web/_undo.html", takes_context=True)
def undo_offer(context: template.Context) -> dict[str, Any]:
    """Offer to take back what was done just before, if that is possible."""
    request = context.get("request")
    # Pages of errors are drawn without a session, too.
    undo = taken_offer(request) if request and hasattr(request, "session") else None
    return {"undo": undo, "csrf_token": context.get("csrf_token")}


def _same_page(request: Any) -> str:
    """Return where to come back to; a language that came with the link must not win again."""
    kept = [(name, one) for name, many in request.GET.lists() for one in many if name != PARAMETER]
    return str(request.path) + (f"?{urlencode(kept)}" if kept else "")


@register.simple_tag(takes_context=True)
def style_of_first_page(context: template.Context) -> str:
    """Return the style sheet for a browser that has none of ours yet; else nothing."""
    request = context.get("request")
    return "" if request is None or knows_our_style(request) else first_style()


@register.filter
def own_shelf(receipt: str) -> str:
    """Name where a browser keeps what waits: of one voice, without telling its receipt code."""
    return sha256(f"shelf {receipt}".encode()).hexdigest()[:12]


@register.filter
def said(wording: Any, names: dict[str, str] | None = None) -> str:
    """Say a sentence of the questionnaire in the language of the page."""
    return str(wording.in_language(get_language() or "en", **(names or {})))
