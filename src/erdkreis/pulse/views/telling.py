"""What came out, for everyone who is asked: whoever has the address may read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from erdkreis.pulse.analysis import team_told
from erdkreis.pulse.models import Pulse
from erdkreis.pulse.queries import open_date, told_dates, words_of
from erdkreis.pulse.sentences import shown


@require_safe
@never_cache
def told(request: HttpRequest, slug: str) -> HttpResponse:
    """The teams, by name only: no numbers side by side that could be compared."""
    pulse = _pulse(slug)
    teams = list(pulse.teams.all())
    if len(teams) == 1:
        return team(request, slug, teams[0].pk)
    context = _around(pulse) | {"teams": teams}
    return render(request, "pulse/told.html", context)


@require_safe
@never_cache
def team(request: HttpRequest, slug: str, team_pk: int) -> HttpResponse:
    """One team over its dates: four blocks, each with its band, its trend and how to read it."""
    pulse = _pulse(slug)
    teams = list(pulse.teams.all())
    found = next((one for one in teams if one.pk == team_pk), None)
    if found is None:
        raise Http404
    dates = told_dates(pulse)
    about = team_told(found, dates)
    context = _around(pulse) | {
        "team": found,
        "is_only": len(teams) == 1,
        "told": about,
        "n_dates": len(dates),
        "blocks": [shown(one, about.beside, pulse.item_version) for one in about.blocks],
        "words": words_of(dates[-1], found) if dates else [],
        "last": dates[-1].date if dates else None,
    }
    return render(request, "pulse/told_team.html", context)


def _pulse(slug: str) -> Pulse:
    pulses = Pulse.objects.select_related("circle__organisation").exclude(state=Pulse.State.DRAFT)
    return get_object_or_404(pulses, slug=slug)


def _around(pulse: Pulse) -> dict[str, Any]:
    return {
        "circle": pulse.circle,
        "pulse": pulse,
        "org": pulse.circle.organisation.name,
        "languages": pulse.language_codes,
        "open_date": open_date(pulse),
    }
