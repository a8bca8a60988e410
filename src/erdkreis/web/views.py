from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from erdkreis.web import tables


@require_safe
@never_cache
def health(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and its tables are up to date."""
    try:
        waiting = tables.are_behind()
    except DatabaseError:
        return HttpResponse("database does not answer\n", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse("migrations are waiting\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
