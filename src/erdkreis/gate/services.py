"""Let numbers about people out, or not. Whatever is counted over people passes here.

A release is stored and never changes: looking again, tomorrow or through another page, shows the
same, so that nothing can be learned from the difference.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef

from erdkreis.calc.privacy import (
    Heard,
    Rules,
    Showing,
    VoteCell,
    VoteCounts,
    heard_in_steps,
    heard_may_follow,
    may_follow,
    released_votes,
    released_words,
)
from erdkreis.calc.privacy.rules import NARROWEST_BAND
from erdkreis.circles.models import Circle
from erdkreis.gate.deciding import released_table
from erdkreis.gate.models import Release
from erdkreis.gate.tables import (
    NAME_TAKEN_BACK,
    RawExpected,
    RawGroup,
    RawWords,
    ReleasedTable,
    Seal,
    vote_cell,
)
from erdkreis.rounds.models import Round

# Of a group that was not asked.
NOBODY = Heard(is_heard=False, is_enough=False)
# Votes by statement and by the group people came as.
Parts = Mapping[int, Mapping[str, VoteCounts]]


def release(
    round_: Round, subject: str, groups: Iterable[RawGroup], expected: Iterable[RawExpected] = ()
) -> ReleasedTable:
    """Let out what may be known of a finished asking, once and for good."""
    with transaction.atomic():
        Round.of_any_kind.select_for_update().get(pk=round_.pk)
        if (known := released(round_, subject)) is not None:
            return known
        about = f"{round_.circle_id}.{_about(round_, subject)}"
        table = released_table(
            list(groups),
            Rules(min_group=round_.min_group),
            lambda place: secret_start(f"{about}.{place}"),
            expected,
        )
        content = table.as_json()
        Release.objects.create(
            circle_id=round_.circle_id,
            subject=_about(round_, subject),
            content=content,
            fingerprint=_fingerprint(content),
        )
    return table


def released(round_: Round, subject: str) -> ReleasedTable | None:
    """Return what was let out, or nothing if nothing was."""
    found = Release.objects.filter(
        circle_id=round_.circle_id, subject=_about(round_, subject)
    ).first()
    return ReleasedTable.from_json(found.content) if found else None


def seal_of(round_: Round, subject: str) -> Seal | None:
    """Return by what a release is known again: its fingerprint, and the day it was let out."""
    found = Release.objects.filter(circle_id=round_.circle_id, subject=_about(round_, subject))
    told = found.values_list("fingerprint", "released_on").first()
    return Seal(*told) if told else None


def released_of_rounds(rounds: Sequence[Round], subject: str) -> dict[int, ReleasedTable]:
    """Return what was let out of several rounds of a circle, by their keys: in one query."""
    names = {_about(round_, subject): round_.pk for round_ in rounds}
    found = Release.objects.filter(
        circle__in={round_.circle_id for round_ in rounds}, subject__in=names
    )
    return {names[one.subject]: ReleasedTable.from_json(one.content) for one in found}


def release_words(
    round_: Round, subject: str, groups: Mapping[str, RawWords]
) -> dict[str, list[int]]:
    """Let out what people wrote, once and for good: by group, shuffled, or nothing of a group.

    Only keys are stored, in the order in which the texts may be shown. A text that is deleted or
    made unrecognisable later is so everywhere.
    """
    rules, dice = Rules(min_group=round_.min_group), secrets.SystemRandom()
    with transaction.atomic():
        Round.of_any_kind.select_for_update().get(pk=round_.pk)
        if (known := words_let_out(round_, subject)) is not None:
            return known
        content = {code: list(_words(raw, rules, dice)) for code, raw in groups.items()}
        Release.objects.create(
            circle_id=round_.circle_id,
            subject=_about(round_, subject),
            content=content,
            fingerprint=_fingerprint(content),
        )
    return content


def words_let_out(round_: Round, subject: str) -> dict[str, list[int]] | None:
    """Return the keys of the texts that were let out, by group, or nothing if none were."""
    found = Release.objects.filter(
        circle_id=round_.circle_id, subject=_about(round_, subject)
    ).first()
    return dict(found.content) if found else None


def heard_so_far(round_: Round, n_voices: Mapping[str, int]) -> dict[str, int]:
    """Return how many voices came while people still answer: told in steps, never one by one."""
    rules = Rules(min_group=round_.min_group)
    return _heard(round_.circle, f"heard.round.{round_.pk}", n_voices, rules)


def heard_so_far_in_all(circle: Circle, about: str, n_voices: int, rules: Rules) -> int:
    """Return how many people took part so far: told in steps, never one by one."""
    return _heard(circle, f"heard.{about}", {"all": n_voices}, rules)["all"]


def release_votes(
    circle: Circle,
    about: str,
    counts: Mapping[int, VoteCounts],
    rules: Rules,
    *,
    is_final: bool = False,
    by_group: Callable[[], Parts] = dict,
) -> dict[int, VoteCell]:
    """Let out counts of votes that still come in: in steps, never vote by vote.

    Each statement has releases of its own. A newer one is made only when enough people voted
    since the last (`may_follow`); until then everyone sees the last one. When nobody can vote any
    more, nothing is left to be watched, and the secret wait is over. ``by_group`` counts the same
    by the group people came as: kept inside, so that groups can be shown as they were at this
    moment, and never some votes newer than the total beside them.
    """
    of_groups: Parts = {}

    def may_be_told(key: str, before: Release | None) -> bool:
        wait = 0 if is_final else _next_wait(circle, about, key, before)
        then = whole_of(before.made_from) if before and before.made_from else None
        return may_follow(counts[int(key)], then, rules, secret_wait=wait)

    def made(key: str, place: str) -> tuple[dict[str, object], dict[str, Any]]:
        nonlocal of_groups
        of_groups = of_groups or by_group()
        of = counts[int(key)]
        parts = {group: asdict(votes) for group, votes in of_groups.get(int(key), {}).items()}
        cell = released_votes(of, rules, start=secret_start(place))
        return asdict(cell), asdict(of) | {"parts": parts}

    known = _follow(circle, about, [str(key) for key in counts], may_be_told, made)
    hidden = VoteCell(Showing.TOO_FEW)
    return {
        key: vote_cell(known[str(key)].content) if str(key) in known else hidden for key in counts
    }


@transaction.atomic
def forget_what_was_counted(circle: Circle, *about: str) -> None:
    """Keep of releases only what was let out, once the votes they were made from are deleted.

    What they were counted from tells of groups that were never shown. Nothing can follow any more
    that would have to be compared with it.
    """
    for one in about:
        same = models.Q(subject=one) | models.Q(subject__startswith=f"{one}.")
        for old in circle.releases.filter(same, made_from__isnull=False).select_for_update():
            models.QuerySet(Release).filter(pk=old.pk).delete()  # as in `take_name_out`
            Release.objects.create(
                circle_id=old.circle_id, subject=old.subject, number=old.number,
                content=old.content, fingerprint=old.fingerprint, released_on=old.released_on,
            )  # fmt: skip


def counted_behind(circle: Circle, about: str) -> dict[str, list[Mapping[str, Any]]]:
    """Return what releases of each statement were made from, oldest first. For the gate only."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in circle.releases.filter(subject__startswith=f"{about}.").order_by("number"):
        found.setdefault(one.subject.rpartition(".")[2], []).append(one.made_from or {})
    return found


def whole_of(made_from: Mapping[str, Any]) -> VoteCounts:
    """Read the counts of everybody behind a release of votes."""
    return VoteCounts(made_from["agree"], made_from["passed"], made_from["disagree"])


@transaction.atomic
def take_name_out(round_: Round, group: str, name: str) -> None:
    """Take the name of somebody who spoke openly out of what was let out of a round.

    The one thing that may become less of a release: who spoke by name may take the consent back.
    What was said stays, without saying by whom. The release is put in the place of the old one.
    """
    about = Release.objects.filter(
        circle_id=round_.circle_id, subject__startswith=f"round.{round_.pk}."
    )
    for old in about.select_for_update():
        content = deepcopy(old.content)
        groups = content.get("groups", []) if isinstance(content.get("groups"), list) else []
        told = [s for g in groups if g["code"] == group for s in g["spoken"] if s["who"] == name]
        if not told:
            continue
        for spoken in told:
            spoken["who"] = NAME_TAKEN_BACK
        models.QuerySet(Release).filter(pk=old.pk).delete()  # the one way past `Lasting`
        Release.objects.create(
            circle_id=old.circle_id, subject=old.subject, number=old.number, content=content,
            made_from=old.made_from, fingerprint=_fingerprint(content),
            released_on=old.released_on,
        )  # fmt: skip


def votes_let_out(circle: Circle, about: str, keys: Iterable[int]) -> dict[int, VoteCell]:
    """Return what was let out last, where the votes themselves are gone."""
    known, hidden = _last(circle, about), VoteCell(Showing.TOO_FEW)
    return {
        key: vote_cell(known[str(key)].content) if str(key) in known else hidden for key in keys
    }


def heard_at_last(circle: Circle, about: str) -> int:
    """Return how many took part, as it was told last, where they themselves are gone."""
    known = _last(circle, f"heard.{about}").get("all")
    return int(known.content["at_least"]) if known else 0


def secret_wait(subject: str, number: int) -> int:
    """Return how many answers beyond the minimum this release waits for: 0 to 4.

    Derived from the key of the installation, so that nothing about it is stored, and nobody
    outside can know it. Whoever watched a page all the time would otherwise see a release at
    exactly the minimum, and so know the number behind a band. No longer than the narrowest band:
    a wait into the next one would be seen there, at its first number.
    """
    return _drawn(f"wait|{subject}|{number}") % NARROWEST_BAND


def secret_start(place: str) -> float:
    """Return where rounding into dots begins for one cell of one release: 0 to below 1."""
    return _drawn(f"start|{place}") / 2**64


def published_votes(counts: Mapping[int, VoteCounts]) -> dict[int, VoteCell]:
    """Let out counts that anybody can make from published data: exactly as they are."""
    return {
        key: VoteCell(Showing.COUNTS, c.n, c.n, c.agree, c.passed, c.disagree)
        for key, c in counts.items()
    }


def _drawn(what: str) -> int:
    """Draw 64 bits that stay the same for this installation and cannot be known outside of it."""
    digest = hmac.new(settings.SECRET_KEY.encode(), what.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big")


def _heard(circle: Circle, about: str, n_voices: Mapping[str, int], rules: Rules) -> dict[str, int]:
    def may_be_told(key: str, before: Release | None) -> bool:
        wait = _next_wait(circle, about, key, before)
        then = before.made_from["n"] if before and before.made_from else None
        return heard_may_follow(n_voices[key], then, rules, secret_wait=wait)

    def made(key: str, _place: str) -> tuple[dict[str, object], dict[str, int]]:
        return {"at_least": heard_in_steps(n_voices[key], rules)}, {"n": n_voices[key]}

    known = _follow(circle, about, list(n_voices), may_be_told, made)
    return {key: known[key].content["at_least"] if key in known else 0 for key in n_voices}


def _follow(
    circle: Circle,
    about: str,
    keys: list[str],
    may_be_told: Callable[[str, Release | None], bool],
    made: Callable[[str, str], tuple[dict[str, object], dict[str, Any]]],
) -> dict[str, Release]:
    """Return the last release of each key, after making those that may follow by now."""
    known = _last(circle, about)
    if not any(may_be_told(key, known.get(key)) for key in keys):
        return known
    with transaction.atomic():
        Circle.objects.select_for_update().get(pk=circle.pk)
        known = _last(circle, about)  # somebody else may have looked a moment ago
        for key in keys:
            before = known.get(key)
            if not may_be_told(key, before):
                continue
            number = before.number + 1 if before else 1
            content, made_from = made(key, f"{circle.pk}.{about}.{key}.{number}")
            known[key] = Release.objects.create(
                circle=circle,
                subject=f"{about}.{key}",
                number=number,
                content=content,
                made_from=made_from,
                fingerprint=_fingerprint(content),
            )
    return known


def _next_wait(circle: Circle, about: str, key: str, before: Release | None) -> int:
    number = before.number + 1 if before else 1
    return secret_wait(f"{circle.pk}.{about}.{key}", number)


def _last(circle: Circle, about: str) -> dict[str, Release]:
    later = Release.objects.filter(
        circle=OuterRef("circle"), subject=OuterRef("subject"), number__gt=OuterRef("number")
    )
    last = circle.releases.filter(~Exists(later), subject__startswith=f"{about}.")
    return {release.subject.rpartition(".")[2]: release for release in last}


def _words(raw: RawWords, rules: Rules, dice: secrets.SystemRandom) -> tuple[int, ...]:
    # Who was told beforehand that the group speaks openly is no crowd to hide in.
    n_people = raw.n_people if raw.is_anonymous else rules.min_group
    return released_words(raw.keys, n_people, rules, dice)


def _about(round_: Round, subject: str) -> str:
    return f"round.{round_.pk}.{subject}"


def _fingerprint(content: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
