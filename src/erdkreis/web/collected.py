"""The files of pages where they are served from: named by content, compressed, once per version."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import (  # type: ignore[import-untyped]  # it ships no types
    CompressedManifestStaticFilesStorage,
)

# Written last: where it is missing, the files may be there by half.
STAMP = "collected.txt"
# Each of them decides what the files look like.
MADE_BY = ("django", "whitenoise", "brotli")


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types
    """Compresses only what pages ask for, not the same files under their plain names."""

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        yield from super().compress_files({*paths} & {*self.hashed_files.values()})

    def get_modified_time(self, name: str) -> datetime:
        """Let no date decide: a version taken back is older than the copies of the next."""
        raise NotImplementedError


def collect() -> None:
    """Bring the files of pages up to date; compressing takes seconds, so nothing is done twice."""
    stamp, wanted = Path(settings.STATIC_ROOT) / STAMP, _digest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted, encoding="utf-8")


def _digest() -> str:
    """Return what tells one set of files from another: names, contents, who made them."""
    digest = hashlib.sha256(" ".join(version(name) for name in MADE_BY).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            digest.update(name.encode() + b"\0")
            with storage.open(name) as file:
                digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()
