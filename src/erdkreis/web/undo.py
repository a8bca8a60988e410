"""A way back on the page that follows: what was just done, and the form that takes it back.

For deeds that lose nothing but themselves. What would lose something asks before, and says what.
"""

from typing import Any

from django.http import HttpRequest

KEY = "undo"


def offer_undo(request: HttpRequest, says: str, action: str, fields: dict[str, str]) -> None:
    """Let the next page say what was done, with a button that sends these fields there."""
    request.session[KEY] = {"says": says, "action": action, "fields": fields}


def taken_offer(request: HttpRequest) -> dict[str, Any] | None:
    """Return what was offered, once: the page after the next no longer does."""
    # Looked for first: whoever has no session gets none by this.
    return request.session.pop(KEY) if KEY in request.session else None
