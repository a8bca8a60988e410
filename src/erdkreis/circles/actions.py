from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action
from erdkreis.circles.models import Role

FOUNDED = action("circles.founded", _("Circle founded"))
GROUP_ADDED = action("circles.group_added", _("Group added"))
GROUP_CHANGED = action("circles.group_changed", _("Group changed"))
ROLE_GIVEN = action("circles.role_given", _("Role given"), subjects=Role.Kind.choices)
ROLE_TAKEN = action("circles.role_taken", _("Role taken away"), subjects=Role.Kind.choices)
