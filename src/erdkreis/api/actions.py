from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

TOKEN_MADE = action("api.token_made", _("Token for programs made"))
TOKEN_REVOKED = action("api.token_revoked", _("Token for programs revoked"))
WEBHOOK_ADDED = action("api.webhook_added", _("Webhook registered"))
WEBHOOK_RENEWED = action("api.webhook_renewed", _("Secret of a webhook renewed"))
WEBHOOK_REMOVED = action("api.webhook_removed", _("Webhook removed"))
TRIED_AGAIN = action("api.tried_again", _("Messages to a webhook tried again"))
