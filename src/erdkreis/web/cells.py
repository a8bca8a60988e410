"""Cells of tables that people open in a spreadsheet program."""

# A cell beginning like this would be run as a formula; the wide forms are read like the narrow.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER_SIGNS = "+-"


def tame(cell: str) -> str:
    """Return a cell that no spreadsheet program runs. Plain numbers stay numbers.

    Examples
    --------
    >>> tame("=1+1"), tame("-3.5"), tame("-cmd"), tame("plain")
    ("'=1+1", '-3.5', "'-cmd", 'plain')
    """
    if not cell.startswith(FORMULA) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    digits = cell.lstrip(_NUMBER_SIGNS)
    return len(cell) - len(digits) == 1 and digits.replace(".", "", 1).isdecimal()
