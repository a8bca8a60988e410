"""Run on Dask distributed: a scheduler that is named, or two worker processes on this machine.

Results come back in the order of the parts. A worker that dies is no loss: its parts are computed
again, and as every part's result depends on the part alone, the outcome has the same bits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from erdkreis.calc.opinion.blocks import Run
from erdkreis.compute.failure import NoSuchEngineError

Part = TypeVar("Part")
Result = TypeVar("Result")
N_LOCAL_WORKERS: Final = 2
N_RETRIES: Final = 3
SECONDS_TO_CONNECT: Final = 20
N_PARTS_THREAD: Final = 2


@contextmanager
def cluster_run(scheduler: str) -> Iterator[Run]:
    """Connect to a scheduler, or start two local worker processes for the length of the block.

    Parameters
    ----------
    scheduler : address such as ``tcp://10.0.0.5:8786``; empty for workers on this machine
    """
    distributed = _distributed()
    if scheduler:
        with _connected(distributed, scheduler) as client:
            yield run_on(client)
        return
    with (
        distributed.LocalCluster(
            n_workers=N_LOCAL_WORKERS, threads_per_worker=1, processes=True, dashboard_address=None
        ) as workers,
        distributed.Client(workers, set_as_default=False) as client,
    ):
        yield run_on(client)


def run_on(client: Any) -> Run:
    """Wrap a connected Dask client as an engine.

    Only a few parts are under way at once, and a result is let go when it has been taken: the sums
    of a block are large, and those of all blocks together need not fit anywhere.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> class Threads(ThreadPoolExecutor):  # stands in for a client of Dask
    ...     def nthreads(self):
    ...         return {"here": 2}
    ...     def submit(self, function, part, *, pure, retries):
    ...         return super().submit(function, part)
    >>> with Threads() as client:
    ...     list(run_on(client)(len, [[1], [1, 2]]))
    [1, 2]
    """

    def run(function: Callable[[Part], Result], parts: Sequence[Part], /) -> Iterable[Result]:
        def submitted(n_parts: int) -> list[Any]:
            # pure=False: equal-looking parts of different conversations must never share a result.
            return [
                client.submit(function, part, pure=False, retries=N_RETRIES)
                for part in islice(left, n_parts)
            ]

        left = iter(parts)
        under_way = deque(submitted(N_PARTS_THREAD * max(sum(client.nthreads().values()), 1)))
        while under_way:
            yield under_way.popleft().result()
            under_way.extend(submitted(1))

    return run


def _connected(distributed: Any, scheduler: str) -> Any:
    try:
        return distributed.Client(scheduler, set_as_default=False, timeout=SECONDS_TO_CONNECT)
    except (OSError, TimeoutError, ValueError) as error:
        raise NoSuchEngineError(
            f'No Dask scheduler answers at "{scheduler}"; start one, or empty '
            "ERDKREIS_DASK_SCHEDULER for two workers on this machine."
        ) from error


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise NoSuchEngineError(
            'The engine dask needs the package "distributed": install erdkreis[cluster].'
        ) from error
