"""A clock that jumped deletes nothing at once: what is deleted does not come back.

The day of the last deletion is noted in the data folder. Where today lies far after it, the clock
is wrong or the machine was off for long. Nobody can tell which, so nothing is deleted until the
clock has said so for a whole day. A clock that went back deletes nothing either: nothing is due.
"""

import json
import logging
from datetime import date, timedelta
from pathlib import Path

log = logging.getLogger(__name__)

NOTE = "last_deletion.json"
USUAL = timedelta(days=40)  # no installation that is looked after stands still for longer
DOUBT = timedelta(days=1)


def is_to_be_trusted(data: Path, today: date) -> bool:
    """Say whether things may be deleted by the clock of today, and note the day."""
    last, doubted = _noted(data)
    is_usual = last is None or abs(today - last) <= USUAL
    has_stood = doubted is not None and DOUBT <= today - doubted <= USUAL
    if is_usual or has_stood:
        _note(data, today, None)
        return True
    # A doubt of another jump is none of this one.
    is_same_jump = doubted is not None and abs(today - doubted) <= USUAL
    _note(data, last, doubted if is_same_jump else today)
    log.warning(
        "The clock went from %s to %s. If it is right, deletion goes on tomorrow; if not, set it.",
        last, today,
    )  # fmt: skip
    return False


def _noted(data: Path) -> tuple[date | None, date | None]:
    try:
        note = json.loads((data / NOTE).read_text())
        last, doubted = (
            date.fromisoformat(day) if day else None for day in (note["last"], note["doubted"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None, None
    return last, doubted


def _note(data: Path, last: date | None, doubted: date | None) -> None:
    said = {"last": last and last.isoformat(), "doubted": doubted and doubted.isoformat()}
    (data / NOTE).write_text(json.dumps(said))
