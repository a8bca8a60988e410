"""What the house does by the clock."""

from datetime import time, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from erdkreis.jobs.clock import At, Every
from erdkreis.jobs.kinds import Running, ServiceAway, job

AT_ONCE = 200  # mails; the rest follows a minute later
SUNDAY = 6


@job("mails", _("Send the mails that are due"), clock=Every(timedelta(minutes=1)))
def send_mails(_work: Running) -> None:
    from erdkreis.operations.due import send_what_is_due  # noqa: PLC0415 - all rooms

    if send_what_is_due(AT_ONCE).is_server_away:
        raise ServiceAway


@job("retention", _("Delete what has reached its day"), clock=At(time(3, 10)))
def delete(_work: Running) -> None:
    from erdkreis.operations.due import delete_what_is_due  # noqa: PLC0415 - all rooms

    delete_what_is_due()


@job(
    "links",
    _("See whether the addresses in the directory still answer"),
    clock=At(time(4, 20), weekday=SUNDAY),
)
def see_links(_work: Running) -> None:
    from erdkreis.directory.links import look_at_links  # noqa: PLC0415 - its process alone

    look_at_links()


@job("backup", _("Make the backup of the night"), clock=At(time(2, 30)), is_heavy=True)
def back_up(work: Running) -> None:
    from erdkreis.operations.backups import make_nightly  # noqa: PLC0415 - its process alone

    if settings.BACKUPS:
        make_nightly(settings.BACKUPS, work.progress)
