"""The documentation of what we calculate, compute and draw cannot fall behind: it runs."""

import dataclasses
import doctest
import importlib
import inspect
import pkgutil
from enum import Enum

import pytest

import erdkreis.calc
import erdkreis.compute
import erdkreis.drawing
from erdkreis.calc.opinion.honesty import honesty
from erdkreis.compute.benchmark import measure
from erdkreis.compute.cluster import cluster_run

TOO_LARGE_TO_SHOW = {honesty, measure, cluster_run}
"""Two simulate for ten seconds and more, one starts worker processes."""


def modules():
    for package in (erdkreis.calc, erdkreis.compute, erdkreis.drawing):
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def public_things():
    for module in modules():
        for name, thing in vars(module).items():
            is_ours = getattr(thing, "__module__", None) == module.__name__
            if is_ours and not name.startswith("_") and (
                inspect.isclass(thing) or inspect.isfunction(inspect.unwrap(thing))
            ):  # fmt: skip
                yield pytest.param(thing, id=f"{module.__name__}.{name}")


@pytest.mark.parametrize("module", [pytest.param(m, id=m.__name__) for m in modules()])
def test_examples_in_docstrings_run(module):
    result = doctest.testmod(module)

    assert result.failed == 0


@pytest.mark.parametrize("module", [pytest.param(m, id=m.__name__) for m in modules()])
def test_every_module_says_what_it_is_for(module):
    assert module.__doc__


@pytest.mark.parametrize("thing", list(public_things()))
def test_every_public_name_says_what_it_means(thing):
    assert thing.__doc__

    says_enough = (
        thing in TOO_LARGE_TO_SHOW
        or dataclasses.is_dataclass(thing)
        or getattr(thing, "_is_protocol", False)
        or (inspect.isclass(thing) and issubclass(thing, Enum | Exception | str))
    )
    assert says_enough or ">>> " in thing.__doc__
