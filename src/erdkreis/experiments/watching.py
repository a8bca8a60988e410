"""Which questions can be asked again, and what they said before and after."""

from collections.abc import Mapping
from dataclasses import dataclass

from erdkreis.circles.models import Group
from erdkreis.experiments.models import Experiment, Watch
from erdkreis.gate.services import released
from erdkreis.pictures.analysis import PICTURE, item_of, result, subjects_of
from erdkreis.pictures.figures import Figure
from erdkreis.pictures.look_again import Compared, change_figure, change_sentence, look_again
from erdkreis.pictures.page import names_of
from erdkreis.pictures.sentences import Names
from erdkreis.questionnaires.catalogue import catalogue
from erdkreis.rounds.models import Round


@dataclass(frozen=True)
class Watchable:
    """One question that can be asked again of one group."""

    subject: str
    group: Group
    name: str

    @property
    def key(self) -> str:
        return f"{self.group.code}:{self.subject}"


def watchable(round_: Round) -> list[Watchable]:
    """Return what was asked of whom in a round, as far as it can be laid beside later answers.

    Guardians speak with evidence, and the leadership's view is its own: neither is counted.
    """
    texts = catalogue(round_.item_version)
    groups = list(round_.groups.select_related("group", "round"))
    names = names_of(groups, texts)
    return [
        Watchable(subject, group.group, names.subject(subject))
        for group in groups
        if group.is_asked and not group.is_leadership and group.voice_mode != "on_record"
        for subject in subjects_of(texts)
        if item_of(texts, subject, group) is not None
    ]


def mark_worst(experiment: Experiment) -> None:
    """Note which watched questions had the lowest value of their group: these drift by themselves.

    No person has to admit it: it follows from what was let out.
    """
    lowest = _lowest(experiment.watch_round) if experiment.watch_round else {}
    for watch in experiment.watches.select_related("group"):
        is_worst = watch.subject in lowest.get(watch.group.code, ())
        Watch.objects.filter(pk=watch.pk).update(was_worst=is_worst)


def _lowest(round_: Round) -> Mapping[str, set[str]]:
    """Return, by group, the subjects with the lowest middle; none where nothing can be shown."""
    table = released(round_, PICTURE)
    if table is None:
        return {}
    groups = list(round_.groups.select_related("round"))
    found: dict[str, dict[str, float]] = {}
    for subject, views in result(table, groups, round_.item_version).views.items():
        for view in views:
            if (middle := view.middle()) is not None:
                found.setdefault(view.group, {})[subject] = (middle.low + middle.high) / 2
    return {
        code: {subject for subject, value in values.items() if value == min(values.values())}
        for code, values in found.items()
    }


@dataclass(frozen=True)
class Path:
    """Before and after of the watched questions, where both were let out."""

    before: Round
    after: Round
    figure: Figure | None
    changes: tuple[tuple[Compared, str], ...]
    # The same in words that stand alone: which question, which group, which of the sentences.
    lines: tuple[str, ...] = ()


def path_of(experiment: Experiment) -> Path | None:
    """Lay the watched questions beside one another: the round before and the one that followed."""
    after = round_after(experiment)
    watches = list(experiment.watches.select_related("group"))
    if after is None or not watches:
        return None
    worst = {(watch.subject, watch.group.code) for watch in watches if watch.was_worst}
    found = look_again(after, chosen_as_worst=worst)
    if found is None:
        return None
    wanted = {(watch.subject, watch.group.code) for watch in watches}
    changes = [one for one in found.changes if (one.subject, one.group.code) in wanted]
    names = _names(after)
    figure = change_figure(changes, names, key=f"path-{experiment.pk}") if changes else None
    told = tuple((one, change_sentence(one, names)) for one in changes)
    lines = tuple(f"{names.subject(one.subject)} – {one.group.name}: {said}" for one, said in told)
    return Path(found.before, found.after, figure, told, lines)


def round_after(experiment: Experiment) -> Round | None:
    """Return the round that looks at this experiment again: its own, or another that followed."""
    if experiment.follow_up is not None:
        return experiment.follow_up
    if experiment.watch_round is None or experiment.locked_at is None:
        return None
    begun = experiment.locked_at.date()
    return (
        Round.objects.filter(follows=experiment.watch_round, opens_on__gt=begun)
        .select_related("follows")
        .order_by("pk")
        .last()
    )


def subject_names(experiment: Experiment) -> Names:
    """Return what the watched questions are called."""
    round_ = experiment.watch_round
    return _names(round_) if round_ else names_of([], catalogue())


def _names(round_: Round) -> Names:
    groups = list(round_.groups.all())
    return names_of(groups, catalogue(round_.item_version))
