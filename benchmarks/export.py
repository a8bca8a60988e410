"""Memory of exports: does a million votes need more than a hundred thousand?

`python benchmarks/export.py` makes two published conversations in a database of its own, takes each
along in every form that holds single votes, and says how much memory the process had at its peak.
Each export runs in a fresh process, so that none profits from another.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STATEMENTS, VOTES_A_PERSON, SEED = 200, 50, 7
SIZES = (100_000, 1_000_000)
KINDS = ("a small page over HTTP", "open data over HTTP", "open data to a folder", "archive")


def main() -> None:
    print(f"{'peak memory':24}" + "".join(f"{votes:>14,} votes" for votes in SIZES))
    for kind in KINDS:
        figures = [_measured(kind, votes) for votes in SIZES]
        told = "".join(f"{mb:8.0f} MB {size / 1e6:5.1f} MB file" for mb, size in figures)
        print(f"{kind:24}{told}", flush=True)


def _measured(kind: str, votes: int) -> tuple[float, int]:
    """Return peak memory and size of what came out, of a process of its own."""
    folder = _folder(votes)
    environment = os.environ | {"ERDKREIS_DATA": str(folder)}
    said = subprocess.run(
        [sys.executable, __file__, kind],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    kilobytes, size = said.stdout.split()[-2:]
    return int(kilobytes) / 1024, int(size)


def _folder(votes: int) -> Path:
    """Return a folder with a database that holds so many votes; made once a day of work."""
    folder = Path(tempfile.gettempdir()) / f"erdkreis-export-{votes}"
    if (folder / "ready").exists():
        return folder
    source = folder / "polis"
    source.mkdir(parents=True, exist_ok=True)
    _write_conversation(source, votes)
    environment = os.environ | {"ERDKREIS_DATA": str(folder)}
    command = [sys.executable, "-m", "erdkreis"]
    subprocess.run([*command, "init"], env=environment, check=True, stdout=subprocess.DEVNULL)
    began = time.monotonic()
    subprocess.run(
        [*command, "import", "polis", str(source), "--title", "Benchmark"],
        env=environment, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    print(f"{votes:,} votes imported and analysed in {time.monotonic() - began:.0f} s")
    (folder / "ready").touch()
    return folder


def _write_conversation(folder: Path, votes: int) -> None:
    import numpy as np

    chance = np.random.default_rng(SEED)
    texts = "".join(f"{n},0,{n},0,0,0,1,Invented statement {n}.\n" for n in range(STATEMENTS))
    header = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    (folder / "comments.csv").write_text(header + texts.replace(",0,", ",,", 1))
    with (folder / "votes.csv").open("w") as file:
        file.write("timestamp,datetime,comment-id,voter-id,vote\n")
        for person in range(votes // VOTES_A_PERSON):
            seen = chance.choice(STATEMENTS, VOTES_A_PERSON, replace=False)
            cast = chance.integers(-1, 2, VOTES_A_PERSON)
            file.writelines(f"0,,{s},{person},{v}\n" for s, v in zip(seen, cast, strict=True))


def _export(kind: str) -> int:
    """Take the conversation along once; return how many bytes came out."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erdkreis.config.settings")
    django.setup()
    from django.test import Client

    from erdkreis.cli import main as erdkreis
    from erdkreis.dialogues.models import Dialogue

    dialogue = Dialogue.objects.get()
    if kind == "a small page over HTTP":
        return len(Client().get("/healthz", headers={"host": "localhost"}).content)
    if kind == "open data over HTTP":
        address = f"/dialogues/{dialogue.pk}/open-data/participants-votes.csv"
        answer = Client().get(address, headers={"host": "localhost"})
        return sum(len(piece) for piece in answer.streaming_content)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        if kind == "open data to a folder":
            erdkreis(["export", "polis", dialogue.slug, str(target)])
            return sum(file.stat().st_size for file in target.iterdir())
        if kind == "archive":
            erdkreis(["export", "archive", str(target), "--circle", dialogue.circle.slug])
            return target.stat().st_size
    return 0


if __name__ == "__main__":
    if sys.argv[1:]:
        n_bytes = _export(sys.argv[1])
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, n_bytes)
    else:
        main()
