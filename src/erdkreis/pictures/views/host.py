from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.rules import may_host, may_prepare, may_read
from erdkreis.pictures import actions, services
from erdkreis.pictures.access import record_in
from erdkreis.pictures.forms import NoteForm, RedactForm, ReplyForm
from erdkreis.pictures.group_page import group_page
from erdkreis.pictures.models import Reply
from erdkreis.pictures.page import ResultPage, result_page
from erdkreis.pictures.redaction import TEXTS_ON_A_PAGE, texts_to_redact
from erdkreis.pictures.views.result import shell
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import Round
from erdkreis.rounds.services import RoundError


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Before publishing: the note on top, and the way to see the page as others will."""
    round_, page = _picture_for(request, pk)
    form = NoteForm(request.POST or None, instance=page.publication)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save_for(round_)
            record_in(round_, request, actions.NOTE_WRITTEN)
        messages.success(request, _("Saved. It stands in the picture, right after what came out."))
        return redirect("pictures:share", pk)
    context = shell(round_) | {
        "page": page,
        "form": form,
        "unanswered": [r for a in page.advocacies for r in a.requests if r.reply is None],
        "may_host": may_host(round_.circle, request.user),
    }
    status = 422 if form.is_bound else 200
    return render(request, "pictures/share.html", context, status=status)


@signed_in
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the whole picture, after it was looked at."""
    round_ = round_for(request, pk, may_host)
    if "has_looked" not in request.POST:
        messages.error(request, _("Please look at it first, and say so. Nothing was published."))
        return redirect("home:round", pk)
    try:
        with transaction.atomic():
            services.publish_picture(round_, str(person_of(request)))
            record_in(round_, request, actions.PUBLISHED)
    except RoundError as error:
        messages.error(request, str(error))
        return redirect("home:round", pk)
    messages.success(request, _("Published: the same picture for everyone."))
    return redirect("pictures:share", pk)


@signed_in
@require_safe
def as_group(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Look at the page as one group will see it; whoever reads the picture reads this as well."""
    round_ = round_for(request, pk, may_read)
    page = result_page(round_)
    shown = group_page(page, code, request.GET.get("page", "")) if page else None
    if shown is None:
        raise Http404
    context = shell(round_) | {
        "page": page, "mine": shown, "may_share": may_prepare(round_.circle, request.user),
    }  # fmt: skip
    return render(request, "pictures/as_group.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out what names a person, with a mark that everyone sees."""
    round_, page = _picture_for(request, pk)
    form = RedactForm(dict(page.words), request.POST or None)
    wanted = request.GET.get("find", "").strip()
    texts = Paginator(texts_to_redact(page.sheets, wanted), TEXTS_ON_A_PAGE)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save_for(round_, str(person_of(request)))
            record_in(round_, request, actions.WORDS_REDACTED)
        messages.success(request, _("Taken out, for good and everywhere. The mark stays."))
        return redirect(request.get_full_path())
    context = shell(round_) | {
        "page": page, "form": form, "wanted": wanted,
        "texts": texts.get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "pictures/words.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def replies(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what guardians ask for: done, planned, or no because."""
    round_ = round_for(request, pk, may_host)
    page = result_page(round_)
    requests = [r for a in page.advocacies for r in a.requests] if page else []
    forms = []
    for number, one in enumerate(requests):
        is_sent = request.POST.get("request") == str(number)
        reply = one.reply or Reply(round=round_, guardian=one.guardian, item=one.item)
        data = request.POST if is_sent else None
        form = ReplyForm(data, instance=reply, prefix=f"r{number}")
        if is_sent and form.is_valid():
            with transaction.atomic():
                form.save_by(str(person_of(request)))
                record_in(round_, request, actions.REQUEST_ANSWERED)
            messages.success(request, _("Your answer stands in the picture."))
            return redirect("pictures:replies", pk)
        forms.append((one, form))
    context = shell(round_) | {"page": page, "forms": forms}
    status = 422 if any(form.is_bound for _one, form in forms) else 200
    return render(request, "pictures/replies.html", context, status=status)


def _picture_for(request: HttpRequest, pk: int) -> tuple[Round, ResultPage]:
    round_ = round_for(request, pk, may_prepare)
    page = result_page(round_)
    if page is None:
        raise Http404
    return round_, page
