"""Pages for whoever runs the installation: how it goes, and work. Nothing about people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from erdkreis.jobs import services
from erdkreis.jobs.models import Job
from erdkreis.jobs.queries import lines
from erdkreis.operations import storage
from erdkreis.operations.access import for_operators
from erdkreis.operations.backups import last_backup
from erdkreis.operations.doctor import Level, examine
from erdkreis.operations.mails import outbox
from erdkreis.operations.metrics import versions


@for_operators
@require_safe
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    found = examine()
    context = {
        "to_mend": [one for one in found if one.level == Level.MEND],
        "notes": [one for one in found if one.level == Level.NOTE],
        "n_fine": sum(one.level == Level.FINE for one in found),
        "outbox": outbox(),
        "stored": storage.stored(),
        "free": storage.free_bytes(),
        "backup": last_backup(),
        "versions": versions(),
    }
    return render(request, "operations/overview.html", context)


@for_operators
@require_safe
@never_cache
def work(request: HttpRequest) -> HttpResponse:
    return render(request, "operations/work.html", {"lines": lines(), "may_press": True})


@for_operators
@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk)
    if services.try_again(job, timezone.now()):
        messages.success(request, _("It waits again, and is tried at once."))
    else:
        messages.info(request, _("It was not set aside any more. Nothing was changed."))
    return redirect("operations:work")


@for_operators
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk)
    if services.forget(job):
        messages.success(request, _("Thrown away. It will not be tried again."))
    else:
        messages.info(request, _("It was not set aside any more. Nothing was changed."))
    return redirect("operations:work")
