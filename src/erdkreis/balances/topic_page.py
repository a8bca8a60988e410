"""One topic with its aspects: what was agreed, how single people see it, what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from erdkreis.balances.analysis import Assessed
from erdkreis.balances.figures import number_shown
from erdkreis.balances.forms import AspectForm, ViewForm
from erdkreis.balances.models import RaterView
from erdkreis.balances.queries import views_of
from erdkreis.balances.texts import titled
from erdkreis.calc.commongood import RatingResult, level_of
from erdkreis.calc.commongood.edition import RatingKind


@dataclass(frozen=True)
class AspectShown:
    """One aspect: agreed rating and form, single views beside each other."""

    code: str
    title: str
    is_positive: bool
    estimation: str
    level: str
    weight: str
    is_weight_chosen: bool
    points: str
    max_points: str
    form: AspectForm | None
    view_form: ViewForm | None
    views: tuple[tuple[RaterView, str], ...]
    texts: Mapping[str, str]


def aspects_shown(
    found: Assessed,
    topic: str,
    *,
    data: Any = None,
    may_change: bool = False,
    views: Mapping[str, list[RaterView]] | None = None,
) -> list[AspectShown]:
    """Return the aspects of a topic; with forms for those who may change them."""
    kinds = found.aspects(topic)
    if views is None:
        views = views_of(found.sheet, [kind.code for kind in kinds])
    return [
        _aspect(found, kind, views.get(kind.code, []), data, may_change=may_change)
        for kind in kinds
    ]


def _aspect(
    found: Assessed, kind: RatingKind, views: list[RaterView], data: Any, *, may_change: bool
) -> AspectShown:
    result = found.assessment.rating(kind.code)
    row = found.rows.get(kind.code)
    texts = {name: getattr(row, name, "") for name in ("reason", "evidence", "evidence_link")}
    form = None
    if may_change:
        form = AspectForm(
            data,
            is_positive=kind.is_positive,
            prefix=kind.code,
            initial={"estimation": result.estimation, "weight": _chosen(result), **texts},
        )
    return AspectShown(
        code=kind.code,
        title=titled(kind.titles),
        is_positive=kind.is_positive,
        estimation=number_shown(result.estimation),
        level=titled(level_of(result.estimation).titles) if kind.is_positive else "",
        weight=number_shown(result.weight),
        is_weight_chosen=result.is_weight_chosen,
        points=number_shown(result.points, 1),
        max_points=number_shown(result.max_points, 1),
        form=form,
        view_form=ViewForm(initial={"code": kind.code}, auto_id=f"view_{kind.code}_%s"),
        views=tuple((view, number_shown(view.estimation)) for view in views),
        texts=texts,
    )


def _chosen(result: RatingResult) -> float | None:
    return result.weight if result.is_weight_chosen else None
