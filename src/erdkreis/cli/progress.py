"""A line on the terminal that says how far long work has come. Silent in a pipe."""

import sys
from types import TracebackType
from typing import Self

WIDTH = 30


class ProgressBar:
    """Shows one line on stderr, and clears it at the end.

    ``always`` shows it in a pipe too, one line per step, for whoever keeps a log.
    """

    def __init__(self, label: str, *, always: bool = False) -> None:
        self.label = label
        self._is_terminal = sys.stderr.isatty()
        self._is_shown = self._is_terminal or always
        self._last = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._is_terminal and self._last:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def begin(self, label: str) -> None:
        """Say that another step begins."""
        self.label = label
        self._write(f"{label} …")

    def show(self, done: int, total: int = 0) -> None:
        """Show how much is done, of how much if that is known."""
        line = f"{self.label} {done:,}"
        if total:
            filled = WIDTH * done // total
            line = f"{self.label} [{'#' * filled}{'.' * (WIDTH - filled)}] {100 * done // total} %"
        self._write(line)

    def _write(self, line: str) -> None:
        if not self._is_shown or line == self._last:
            return
        self._last = line
        if self._is_terminal:
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)
