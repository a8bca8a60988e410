"""What can go wrong before any work begins."""


class NoSuchEngineError(Exception):
    """The engine is unknown, not installed or not reachable; the message says what to do."""


class UnreadableVoteFilesError(Exception):
    """A folder of vote files cannot be read or used; one sentence that names the file."""
