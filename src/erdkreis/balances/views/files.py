"""Sheets in and out as files."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.balances import actions, services
from erdkreis.balances.access import circle_with_room, record_in, sheet_for
from erdkreis.balances.analysis import assessed
from erdkreis.balances.files import UnreadableFile, json_out, sheet_in
from erdkreis.balances.forms import UploadForm
from erdkreis.balances.refusals import Refusal, refusals
from erdkreis.balances.texts import language
from erdkreis.balances.workbook import workbook_of
from erdkreis.calc.commongood import Refused, answer_document, request_document
from erdkreis.circles.rules import may_prepare
from erdkreis.circles.services import readable_slug

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Take in a sheet in the official format; what is wrong with it is named, all at once."""
    circle = circle_with_room(request, slug, may_prepare)
    posted = request.method == "POST"
    form = UploadForm(request.POST if posted else None, request.FILES if posted else None)
    found: list[Refusal] = []
    if posted and form.is_valid():
        said = form.cleaned_data
        try:
            with transaction.atomic():
                sheet = services.store_sheet(circle, said["title"], sheet_in(said["file"]))
                record_in(sheet, request, actions.READ_IN)
        except UnreadableFile as error:
            form.add_error("file", str(error))
        except Refused as refused:
            found = refusals(refused)
        else:
            messages.success(request, _("The sheet was read in."))
            return redirect("balances:sheet", sheet.pk)
    context = {"circle": circle, "form": form, "refusals": found}
    return render(request, "balances/upload.html", context, status=422 if posted else 200)


@signed_in
@require_safe
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out a sheet: the official request, the official answer, or a workbook."""
    found = assessed(sheet_for(request, pk))
    if kind == "xlsx":
        return _file(workbook_of(found), XLSX, f"{_name(found.sheet.title)}.xlsx")
    document = (
        request_document(found.assessment.sheet)
        if kind == "request.json"
        else answer_document(found.assessment, sheet_id=pk, language=language())
    )
    return _file(json_out(document), "application/json", f"{_name(found.sheet.title)}-{kind}")


def _name(title: str) -> str:
    return readable_slug(title) or "matrix"


def _file(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
