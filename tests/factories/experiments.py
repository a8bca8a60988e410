"""Experiments in any state. States are walked to: each step has its own tests."""

from datetime import timedelta

from django.utils import timezone

from erdkreis.circles.models import Circle
from erdkreis.experiments.models import Experiment, Review, Touched
from erdkreis.experiments.services import consent, reviewing, running, shaping

WRITTEN = {
    "title": "Begin at five",
    "question": "Do people stay healthier when the first shift begins an hour later?",
    "change": "In the bakery of Mühlgasse the first shift begins at five.",
    "expectation": "We expect fewer sick days, because nights are longer.",
    "surprise": "As many sick days as before.",
    "watch_other": "Sick days, and a story from each shift.",
    "guard": "Bread is there at seven.",
    "stop_sign": "Two mornings without bread at seven.",
    "effort_hours": 20,
    "time_freed_from": "The Tuesday meeting is left out.",
    "owner": "Olga",
}
LOOKED_BACK = {
    "happened": "Fewer were ill.",
    "surprised": "Nobody missed the early rolls.",
    "cost": "Twelve hours.",
    "reason": "It did good.",
    "tell": "We begin at five from now on.",
}


def written(circle: Circle, touched: tuple[str, ...] = ("employees",), **fields) -> Experiment:
    """Return an idea in which everything is written."""
    today = timezone.localdate()
    dates = {
        "starts_on": today,
        "ends_on": today + timedelta(weeks=6),
        "review_on": today + timedelta(weeks=7),
    }
    made = shaping.note_idea(circle, "Ada")
    shaping.save_shape(made, WRITTEN | dates | fields)
    shaping.save_touched(made, circle.groups.filter(code__in=touched))
    if made.watch_round:
        employees = circle.groups.get(code="employees")
        shaping.save_watches(made, [("q1_work", employees), ("goals", employees)])
    return fresh(made)


def shaped(circle: Circle, *touched: str, **fields) -> Experiment:
    return fresh(shaping.shape(written(circle, touched or ("employees",), **fields), "Ada"))


def agreed(circle: Circle, *touched: str, **fields) -> Experiment:
    made = shaped(circle, *touched, **fields)
    for one in made.touched.all():
        consent.say(one, "consent")
    return fresh(consent.agree(made, "Ada"))


def begun(circle: Circle, *touched: str, **fields) -> Experiment:
    return fresh(running.begin(agreed(circle, *touched, **fields), "Ada"))


def looking_back(circle: Circle, decision: str = "keep") -> Experiment:
    """Return an experiment whose review is written to the end."""
    made = reviewing.start_review(begun(circle), "Ada")
    voices = {one.pk: "Good." for one in made.touched.all()}
    reviewing.save_review(made, LOOKED_BACK | {"decision": decision}, voices)
    return fresh(made)


def ended(circle: Circle, decision: str) -> Experiment:
    return fresh(reviewing.decide(looking_back(circle, decision), "Ada"))


IN_STATE = {
    "idea": written,
    "shaped": shaped,
    "agreed": agreed,
    "running": begun,
    "halted": lambda circle: fresh(running.halt(begun(circle), "Ada", "No bread.")),
    "reviewing": looking_back,
    "kept": lambda circle: ended(circle, "keep"),
    "adapted": lambda circle: ended(circle, "adapt"),
    "stopped": lambda circle: ended(circle, "stop"),
    "dropped": lambda circle: fresh(shaping.drop(written(circle), "Ada", "Too big.")),
}


def in_state(circle: Circle, state: str) -> Experiment:
    return IN_STATE[state](circle)


def fresh(experiment: Experiment) -> Experiment:
    return Experiment.objects.get(pk=experiment.pk)


def touched(experiment: Experiment, code: str = "employees") -> Touched:
    return Touched.objects.select_related("experiment__circle__organisation", "group").get(
        experiment=experiment, group__code=code
    )


def review_of(experiment: Experiment) -> Review:
    return Review.objects.get(experiment=experiment)
