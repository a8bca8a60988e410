"""What the log must not know: the codes that people hold in their hands."""

import logging
import re

# Personal addresses: /v/<code>/ of an invitation, /g/<code>/ of a guardian, /stop/<token>/, those
# that open the seeker's side of a fit conversation, and what is stored about a mail address.
_CODE_IN_ADDRESS = re.compile(
    r"(?:(?<=/[vg]/)|(?<=/stop/)|(?<=/f/in/)|(?<=/f/own/)|(?<=/f/again/)|(?<=/about-you/))"
    r"[^/?#\s\"']+"
)


class WithoutCodes(logging.Filter):
    """Leave out personal codes wherever an address is logged.

    A used code beside the time at which it was used would tell who answered when.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (clean := _CODE_IN_ADDRESS.sub("…", message)) != message:
            record.msg, record.args = clean, ()
        return True
