"""What a host decides about the questionnaire before anybody has answered."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import record
from erdkreis.circles.rules import may_prepare
from erdkreis.questionnaires.actions import QUESTIONS_CHOSEN
from erdkreis.questionnaires.catalogue import catalogue
from erdkreis.questionnaires.cells import table_of_cells
from erdkreis.questionnaires.services import choose_extra_questions
from erdkreis.rounds.access import round_for
from erdkreis.rounds.services import RoundError


@signed_in
def cells(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is asked what, and switch further cells on."""
    round_ = round_for(request, pk, may_prepare)
    if request.method == "POST":
        chosen = {name: request.POST.getlist(name) for name in request.POST}
        try:
            with transaction.atomic():
                choose_extra_questions(round_, chosen)
                person = person_of(request)
                record(round_.circle, person, QUESTIONS_CHOSEN, round_.title, round_id=pk)
        except RoundError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Saved. These groups are asked that as well."))
        return redirect("questionnaires:cells", pk)
    context = {
        "circle": round_.circle,
        "round": round_,
        "questions": catalogue(round_.item_version).questions,
        "rows": table_of_cells(round_),
        "may_change": round_.state == "inviting" and not round_.is_frozen,
    }
    return render(request, "questionnaires/cells.html", context)
