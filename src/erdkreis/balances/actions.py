from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

OPENED = action("balances.opened", _("Room of the matrix opened"))
SHUT = action("balances.shut", _("Room of the matrix closed"))
BEGUN = action("balances.begun", _("Sheet begun"))
READ_IN = action("balances.read_in", _("Sheet read in from a file"))
FACTS_CHANGED = action("balances.facts_changed", _("Company facts changed"))
RATED = action("balances.rated", _("Ratings changed"))
WEIGHTED = action("balances.weighted", _("Weight chosen"))
AGREED = action("balances.agreed", _("Sheet agreed"))
OPENED_AGAIN = action("balances.opened_again", _("Sheet opened again"))
CONTINUED = action("balances.continued", _("New version of a sheet begun"))
