"""People who do something at the same moment: real threads, each with a connection of its own."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Given = TypeVar("Given")
Result = TypeVar("Result")


def at_once(work: Callable[[Given], Result], people: Iterable[Given]) -> list[Result]:
    """Let everybody do this at once, and return what came of it, in the order of the people."""
    people = list(people)
    start = Barrier(len(people))

    def press(person: Given) -> Result:
        start.wait()
        try:
            return work(person)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(press, people))
