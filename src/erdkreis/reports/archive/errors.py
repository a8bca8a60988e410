class ArchiveError(Exception):
    """An archive that cannot be written or read, said in a sentence, with what was kept."""
