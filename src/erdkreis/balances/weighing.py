"""Why a weight is what it is: its own calculation in words and numbers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from erdkreis.balances.figures import number_shown, quantity_shown
from erdkreis.balances.texts import industry_name, say, texts, titled
from erdkreis.calc.commongood import (
    Assessment,
    Explanation,
    RuleTried,
    Step,
    explanation,
    stakeholder_titles,
    terms,
)
from erdkreis.calc.commongood.tables import Quantity
from erdkreis.web.countries import country_name

_NAME = re.compile(r"[a-z][a-z_0-9]*")
_CONDITION = re.compile(r"(\w+) (<=|>=|<|>|=) (\S+)")
_WHENCE = {"country": country_name, "industry": industry_name}
_SIGNS = {"*": "·", "/": ":", "-": "−"}


@dataclass(frozen=True)
class Line:
    """One working: where from, the numbers as they are reckoned with, and what comes out."""

    whence: str
    worked: str
    result: str


@dataclass(frozen=True)
class StepShown:
    """One step, or several of the same kind: what is worked out, and how."""

    title: str
    unit: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class RuleShown:
    """One rule that was tried."""

    sentence: str
    holds: bool
    weight: str


@dataclass(frozen=True)
class WhyShown:
    """The whole answer: one sentence first, then every step and every rule."""

    code: str
    title: str
    weight: str
    answer: str
    measured: str
    about: str
    is_chosen: bool
    computed: str
    steps: tuple[StepShown, ...]
    rules: tuple[RuleShown, ...]


def why(assessment: Assessment, code: str) -> WhyShown:
    """Explain the weight of a group or topic; KeyError if there is none of that name."""
    found = explanation(assessment, code)
    is_group = code in assessment.flows
    last = found.steps[-1] if found.steps else None
    return WhyShown(
        code=code,
        title=title_of(assessment, code),
        weight=number_shown(found.weight),
        answer=_answer(found),
        measured=_measured(last) if last and not found.are_facts_all_zero else "",
        about=say(texts("weights")["because"]["ratio"]) if is_group else "",
        is_chosen=found.is_chosen,
        computed=number_shown(found.computed),
        steps=tuple(_steps(found.steps)),
        rules=tuple(_rule(rule, is_only=len(found.rules) == 1) for rule in found.rules),
    )


def title_of(assessment: Assessment, code: str) -> str:
    """Return our short title of a group, topic or aspect."""
    groups = stakeholder_titles()
    kind = None if code in groups else assessment.sheet.edition.rating_kind(code)
    return titled(kind.titles if kind else groups[code])


def term_title(name: str) -> str:
    """Return what a quantity is called; numbered parts of a sum are called alike."""
    known = terms()
    term = known.get(name) or known.get(re.sub(r"_\d+$", "", name))
    return titled(term.titles) if term else name


def _answer(found: Explanation) -> str:
    words = texts("weights")["because"]
    names = {"code": found.code, "weight": number_shown(found.weight)}
    if found.is_chosen:
        return say(words["chosen"], computed=number_shown(found.computed), **names)
    if found.are_facts_all_zero and not found.steps:
        return say(words["all_zero"], **names)
    decided = found.rules[-1]
    if decided.when == "always":
        return say(words["fixed" if len(found.rules) == 1 else "otherwise"], **names)
    return say(words["holds"], rule=_condition(decided.when), **names)


def _measured(step: Step) -> str:
    words = texts("weights")["because"]["measured"]
    return say(words, what=term_title(step.name), result=quantity_shown(step.result))


def _steps(steps: Iterable[Step]) -> Iterator[StepShown]:
    for name, alike in groupby(steps, key=lambda step: step.name):
        unit = terms()[name].unit if name in terms() else "none"
        said = texts("weights")["unit"].get(unit)
        lines = tuple(_line(step) for step in alike)
        yield StepShown(term_title(name), say(said) if said else unit, lines)


def _line(step: Step) -> Line:
    whence = [_WHENCE[name](str(code)) for name, code in step.numbers if name in _WHENCE]
    numbers = dict(step.numbers)
    if step.formula:
        worked = _worked(step.formula, numbers)
    else:
        inputs = ((name, value) for name, value in step.numbers if name not in _WHENCE)
        worked = ", ".join(f"{term_title(name)}: {quantity_shown(v)}" for name, v in inputs)
    return Line(", ".join(whence), worked, quantity_shown(step.result))


def _worked(formula: str, numbers: dict[str, Quantity]) -> str:
    """Put the numbers in the place of their names: costs * ppp → 40,000 · 1.1179."""
    signs = "".join(_SIGNS.get(sign, sign) for sign in formula)
    return _NAME.sub(lambda found: quantity_shown(numbers[found[0]]), signs)


def _rule(rule: RuleTried, *, is_only: bool) -> RuleShown:
    words = texts("weights")["word"]
    if rule.when == "always":
        sentence = say(words["always_only" if is_only else "always"])
    else:
        sentence = _condition(rule.when)
    return RuleShown(sentence, rule.holds, number_shown(rule.weight))


def _condition(when: str) -> str:
    words = texts("weights")
    said = []
    for quantity, comparison, bound in _CONDITION.findall(when):
        value = bound if bound in words["word"] else number_shown(float(bound))
        shown = say(words["word"][bound]) if bound in words["word"] else value
        said.append(say(words["comparison"][comparison], what=term_title(quantity), bound=shown))
    return f" {say(words['word']['and'])} ".join(said)
