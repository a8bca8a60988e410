"""Attack on the interface for programs, beside the page of the picture.

The attacker has everything public and the token of a host with every scope. Every reading operation
of the description is called, in a real round, by real requests; whatever numbers come back are laid
over what the page says. She succeeds when that leaves one number for somebody's answers which the
page does not say plainly. A new operation is called, too, as soon as it is in the description.
"""

import json
import logging
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from erdkreis.accounts.models import Person
from erdkreis.api.scopes import Scope
from erdkreis.api.services import make_token
from erdkreis.api.v1 import operations
from erdkreis.checks.attack import Tallies
from erdkreis.checks.circles import Circle, circle
from erdkreis.checks.gate import Gate
from erdkreis.checks.surfaces import API, MOST, SURFACES, Published, Ranges, both, truth
from erdkreis.circles.models import Circle as RealCircle
from erdkreis.circles.services import found_circle
from erdkreis.gate.services import release, released
from erdkreis.gate.tables import RawGroup
from erdkreis.pictures.analysis import PICTURE
from erdkreis.pictures.services import publish_picture
from erdkreis.questionnaires.catalogue import CURRENT_VERSION
from erdkreis.questionnaires.paths import Path
from erdkreis.rounds.models import Round
from erdkreis.rounds.services import start_inviting

ANONYMOUS = "anonymous"


def attack_interface(_gate: Gate, seed: int, number: int, tallies: Tallies) -> None:
    """Release a real round, read all of it through the interface, and lay it over the page."""
    invented = circle(seed, number)
    round_ = _round(invented, f"{seed}.{number}")
    raw = list(_in_words_of_the_house(invented, round_))
    release(round_, PICTURE, raw)
    publish_picture(round_, "check")
    table = released(round_, PICTURE)
    assert table is not None  # noqa: S101 - released a moment ago
    published = Published(table, invented.rules, raw)
    page, real = SURFACES[0].read(published), truth(published)
    read = ranges_of(answers(round_))
    for about, (low, high) in both(page, read).items():
        first = page.get(about, (0, MOST))
        if about not in real or first[0] == first[1]:
            continue  # plainly said on the page
        tallies[API].count(
            success=low == high == real[about] > 0,
            example=f"the interface and the picture together: {about} is {low}.",
        )


def answers(round_: Round) -> list[Any]:
    """Call every reading operation with the token of a host; return what it gives of the round."""
    # What is not there is asked for on purpose, and no style sheets are needed: there are none in
    # the folder that was made for this.
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    unlimited = override_settings(API_PER_MINUTE=0, STORAGES={**settings.STORAGES, **plain})
    logging.disable(logging.WARNING)
    try:
        with unlimited, warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return list(_answers(round_))
    finally:
        logging.disable(logging.NOTSET)


def _answers(round_: Round) -> Iterator[Any]:
    host = settings.ALLOWED_HOSTS[0]
    caller = Client(headers={"authorization": f"Bearer {_token(round_.circle)}", "host": host})
    named = {"round_id": round_.pk, "slug": round_.publication.slug, "code": "employees"}
    for path, methods in operations.description["paths"].items():
        at = path
        for name, value in named.items():
            at = at.replace(f"{{{name}}}", str(value))
        if "get" not in methods or "{" in at:
            continue  # about something this round does not have: experiments, dialogues
        after: int | None = 0
        is_list = any(p["name"] == "after" for p in methods["get"]["parameters"])
        while after is not None:
            query = f"?after={after}&limit=100" if is_list else ""
            answer = caller.get(at + query, secure=settings.IS_HTTPS)
            content = json.loads(answer.content)
            yield content
            after = content.get("next")


def ranges_of(contents: list[Any]) -> Ranges:
    """Find every number about people in what came back, wherever it stands."""
    found: Ranges = {}
    for told in _objects(contents):
        about = _about(told)
        if about is None:
            continue
        group, item = about
        if isinstance(told.get("n_from"), int) and told.get("n_to"):
            _narrow(found, (group, item, "n" if item else "heard"), told["n_from"], told["n_to"])
        if told.get("unit") == "people":
            steps = [told[f"step_{step}"] for step in range(1, 6)]
            for step, n in enumerate((*steps, told["dont_know"]), start=1):
                _narrow(found, (group, item, f"s{step}"), n, n)
    return found


def _about(told: dict[str, Any]) -> tuple[str, str] | None:
    group = told.get("group") or told.get("code")
    if not group or "n_from" not in told or told.get("about") == "expectation":
        return None
    by_link = " by link" if told.get("way") == "open_link" else ""
    return f"{group}{by_link}", told.get("item") or ""


def _narrow(found: Ranges, about: tuple[str, str, str], low: int, high: int) -> None:
    old = found.get(about, (0, MOST))
    found[about] = (max(old[0], low), min(old[1], high))


def _objects(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, list):
        for one in content:
            yield from _objects(one)
    elif isinstance(content, dict):
        yield content
        for one in content.values():
            yield from _objects(one)


def _round(invented: Circle, name: str) -> Round:
    """Make a round that stands at its picture; who answered is invented, and counted already."""
    host = Person.objects.create_user(f"{name}@check.invalid", name="Check")
    made = found_circle(host, f"Interface {name}")
    today = timezone.localdate()
    told = dict.fromkeys(
        ("purpose", "named_person", "contact", "who_sees", "who_decides", "what_is_open"), "check"
    )
    round_ = Round.objects.create(
        circle=made, title=name, item_version=CURRENT_VERSION, opens_on=today, closes_on=today,
        answer_back_on=today, works_council=Round.WorksCouncil.NONE,
        min_group=invented.rules.min_group, **told,
    )  # fmt: skip
    start_inviting(round_, "check")
    Round.objects.filter(pk=round_.pk).update(state=Round.State.PICTURE)
    return Round.objects.select_related("circle").get(pk=round_.pk)


def _in_words_of_the_house(invented: Circle, round_: Round) -> Iterator[RawGroup]:
    """Give invented groups and items the names of real ones, so that every page knows them."""
    groups = round_.groups.filter(is_asked=True, voice_mode=ANONYMOUS).select_related("round")
    for group, raw in zip(groups, invented.raw(), strict=False):
        items = [page.item.code for page in Path(group).pages if page.item and page.item.is_rated]
        names = dict(zip(raw.counts, items, strict=False))
        yield replace(
            raw,
            code=group.code,
            counts={names[item]: counts for item, counts in raw.counts.items()},
            counts_by_link={names[item]: counts for item, counts in raw.counts_by_link.items()},
        )


def _token(real: RealCircle) -> str:
    host = real.roles.get(kind="host").person
    return make_token(real, host, "check", Scope.values, timezone.localdate() + timedelta(1))[1]
