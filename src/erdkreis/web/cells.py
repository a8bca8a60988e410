"""Cells of tables that people open in a spreadsheet program."""

# A cell beginning like this would be run as a formula; the wide forms are read like the narrow.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER_SIGNS = "+-"
# What stands before it unseen: some programs drop it.
_UNSEEN = " \u00a0\u200b\ufeff"


def tame(cell: str) -> str:
    """Return a cell that no spreadsheet program runs. Plain numbers stay numbers.

    Examples
    --------
    >>> tame("=1+1"), tame("-3.5"), tame("-cmd"), tame("plain"), tame(" =1+1")
    ("'=1+1", '-3.5', "'-cmd", 'plain', "' =1+1")
    """
    return f"'{cell}" if is_run(cell) else cell


def is_run(cell: str) -> bool:
    """Say whether a spreadsheet program may run a cell, or take it for a formula."""
    seen = cell.lstrip(_UNSEEN)
    return seen.startswith(FORMULA) and not _is_number(seen)


def _is_number(cell: str) -> bool:
    digits = cell.lstrip(_NUMBER_SIGNS)
    return len(cell) - len(digits) == 1 and digits.replace(".", "", 1).isdecimal()
