"""A whole circle, or a whole installation, in one file, and back.

An archive is a zip of one file of JSON lines for each table, and `manifest.json`, which says what
lies in it: form, tables with rows and checksums, the state of the database. It holds single
answers and is therefore made and read on the server's own command line only.
"""

from erdkreis.reports.archive.errors import ArchiveError
from erdkreis.reports.archive.reading import Looked, look_into, restore
from erdkreis.reports.archive.writing import Written, write_archive

__all__ = ["ArchiveError", "Looked", "Written", "look_into", "restore", "write_archive"]
