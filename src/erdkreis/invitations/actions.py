from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

LIST_TAKEN = action("invitations.list_taken", _("List of addresses taken in"), is_public=True)
LIST_CLEARED = action("invitations.list_cleared", _("Addresses deleted"), is_public=True)
INVITED = action("invitations.invited", _("Invitations sent"), is_public=True)
REMINDED = action("invitations.reminded", _("Reminder sent"), is_public=True)
TRIED_AGAIN = action("invitations.tried_again", _("Mails tried again"))
UNREACHABLE = action("invitations.unreachable", _("Unreachable addresses noted"))
# How many codes exist is for everyone to know: whoever makes too many could vote with them.
CODES_MADE = action("invitations.codes_made", _("One-time codes made"), is_public=True)
GUARDIAN_ASKED = action("invitations.guardian_asked", _("Somebody asked to be guardian"))
GUARDIAN_APPOINTED = action(
    "invitations.guardian_appointed", _("Guardian appointed"), is_public=True
)
STARTED_AGAIN = action(
    "invitations.started_again",
    _("Round opened for inviting, lists of the earlier one taken over"),
    is_public=True,
)
