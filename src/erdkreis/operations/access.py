from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of

View = Callable[..., HttpResponse]


def for_operators(view: View) -> View:
    """Let in who runs this installation. No role in a circle comes with it, and none is needed."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **captured: Any) -> HttpResponse:
        if not person_of(request).is_staff:
            raise PermissionDenied(_("This page is for those who run this installation."))
        return view(request, *args, **captured)

    return guarded
