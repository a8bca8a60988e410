from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

PREPARED = action("rounds.prepared", _("Round begun"))
PROMISE_CHANGED = action("rounds.promise_changed", _("Promise or settings changed"), is_public=True)
INVITING = action("rounds.inviting", _("Round opened for inviting"), is_public=True)
ASKING = action("rounds.asking", _("Round opened for answering"), is_public=True)
EXTENDED = action("rounds.extended", _("Last day moved"), is_public=True)
