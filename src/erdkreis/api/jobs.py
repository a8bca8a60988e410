"""What programs of others are told by the clock."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from erdkreis.jobs.clock import Every
from erdkreis.jobs.kinds import Running, job


@job("webhooks", _("Tell webhooks what happened"), clock=Every(timedelta(minutes=1)))
def tell(_work: Running) -> None:
    from erdkreis.api.deliveries import tell_webhooks  # noqa: PLC0415 - its process alone

    tell_webhooks()
