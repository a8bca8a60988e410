"""What the directory forgets by itself: mail addresses, and suggestions nobody went on with."""

from datetime import timedelta

from django.db.models import Max, Q
from django.utils import timezone

from erdkreis.directory.models import Entry

KEEP_MAIL = timedelta(days=30)  # after the decision
KEEP_DRAFT = timedelta(days=90)


def forget_what_is_due() -> int:
    """Delete old drafts whole, and of decided entries the mail address; return how many."""
    today = timezone.localdate()
    drafts = Entry.objects.filter(status=Entry.Status.DRAFT, begun_on__lt=today - KEEP_DRAFT)
    n_drafts = drafts.count()
    drafts.delete()
    decided = (*Entry.PUBLIC, Entry.Status.REJECTED, Entry.Status.ARCHIVED)
    known = Entry.objects.filter(status__in=decided).exclude(submitter_mail="")
    # The last thing that was done with an entry came not before its decision.
    aged = known.annotate(last=Max("history__on")).filter(
        Q(last__lt=today - KEEP_MAIL) | Q(published_on__lt=today - KEEP_MAIL)
    )
    n_mails = Entry.objects.filter(pk__in=list(aged.values_list("pk", flat=True))).update(
        submitter_mail=""
    )
    return n_drafts + n_mails
