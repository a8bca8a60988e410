"""Everything that was decided about contributions, as a table to take along."""

import csv
import io
from datetime import date

from django.utils.translation import gettext as _

from erdkreis.conversations.models import Conversation
from erdkreis.conversations.speaking import ROOM
from erdkreis.moderation.models import Case
from erdkreis.moderation.queries import cases_in
from erdkreis.web.cells import tame


def log_of(conversation: Conversation) -> str:
    """Return reports, decisions and appeals as CSV.

    Neither the words nor who wrote or reported: the log is about how it was decided. Those who
    decided stand with their names, as on the page.
    """
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(_head())
    kinds = {str(one.pk): one.get_kind_display() for one in conversation.contributions.all()}
    for case in cases_in(conversation.place_of_moderation, ROOM):
        if case.key in kinds:
            writer.writerow(map(tame, _row(case, kinds[case.key])))
    # With a byte order mark, or spreadsheet programs spoil umlauts.
    return f"\ufeff{table.getvalue()}"


def _head() -> list[str]:
    return [
        _("contribution"), _("kind"), _("asked on"), _("because"), _("reported as"),
        _("decision"), _("reason"), _("a word to the author"), _("by"), _("on"),
        _("appeal on"), _("second decision"), _("its reason"), _("by"), _("on"),
    ]  # fmt: skip


def _row(case: Case, kind: str) -> list[str]:
    reported = sorted({report.get_reason_display() for report in case.reports.all()})
    return [
        case.key, kind, _day(case.opened_on), case.get_origin_display(), " / ".join(reported),
        case.get_outcome_display(), case.get_reason_display(), case.note,
        str(case.decided_by or ""), _day(case.decided_on),
        _day(case.appealed_on), case.get_appeal_outcome_display(), case.appeal_note,
        str(case.appeal_decided_by or ""), _day(case.appeal_decided_on),
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
