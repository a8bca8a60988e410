"""What goes into an archive comes out of it: all of it, unchanged, or nothing."""

import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.db import connection

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle
from erdkreis.cli import main
from erdkreis.dialogues.models import Vote
from erdkreis.moderation.models import Case
from erdkreis.pictures.models import Publication
from erdkreis.questionnaires.models import Answer, ItemSet, Voice
from erdkreis.reports.archive import ArchiveError, look_into, restore, write_archive
from erdkreis.reports.archive.tables import rows_of, tables
from erdkreis.rounds.models import Round
from factories import dialogues, rounds, surveys, voices
from shared_data import shared

ITEM = "q1_work.employees.core"


def forget_everything():
    """Empty every table, as a new installation has them."""
    with connection.constraint_checks_disabled():
        for model in tables():
            rows_of(model, None).order_by()._raw_delete("default")


def content(path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(path, target, **files: bytes | None):
    """Copy an archive with some of its files replaced or left out."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in (content(path) | files).items():
            if text is not None:
                archive.writestr(name, text)
    return target


@pytest.fixture
def lively(asking, charlotte):
    """A circle in which much has happened, beside another one that is not ours."""
    employees = rounds.group(asking, "employees")
    for step in (1, 2, 4, 4, 5):
        voices.voice(employees, {ITEM: step, "closing.words": "skipped"})
    dialogues.voter(dialogues.dialogue(asking.circle, ["Pausen sind zu kurz – „immer“."]), {1: 1})
    # A microsecond is part of a time.
    Publication.objects.create(
        round=asking, slug="kornblume", published_at=datetime(2026, 3, 1, 12, 0, 0, 1, UTC)
    )
    Case.objects.create(
        room="dialogues", key="1", place=f"circle.{asking.circle_id}", origin="reported"
    )
    Case.objects.create(room="dialogues", key="2", place="circle.9999", origin="reported")
    return asking.circle


@pytest.fixture
def archive(lively, tmp_path):
    target = tmp_path / "all.zip"
    write_archive(target)
    return target


def test_an_installation_comes_back_byte_for_byte(archive, tmp_path):
    forget_everything()

    restore(archive)

    write_archive(tmp_path / "again.zip")
    assert content(tmp_path / "again.zip") == content(archive)
    assert Answer.objects.filter(item=ITEM, value=4).count() == 2
    assert Publication.objects.get().published_at.microsecond == 1


def test_one_circle_takes_along_what_is_its_own_and_nothing_else(lively, ada, tmp_path):
    Person.objects.filter(pk=ada.pk).update(password="a digest")
    write_archive(tmp_path / "one.zip", lively)
    forget_everything()

    restore(tmp_path / "one.zip")

    assert [circle.slug for circle in Circle.objects.all()] == [lively.slug]
    assert [person.email for person in Person.objects.all()] == [ada.email]
    assert not Person.objects.get().has_usable_password()
    assert Voice.objects.filter(round_group__code="employees").count() == 5
    assert Vote.objects.count() == 1
    assert [case.key for case in Case.objects.all()] == ["1"]
    write_archive(tmp_path / "again.zip", Circle.objects.get())
    assert content(tmp_path / "again.zip") == content(tmp_path / "one.zip")


@pytest.mark.parametrize("whole", [True, False], ids=["installation", "circle"])
def test_an_imported_real_conversation_comes_back_byte_for_byte(ada, tmp_path, whole):
    folder = shared("data", "polis", "london.youth.policing")
    assert main(["import", "polis", str(folder), "--host", ada.email]) == 0
    circle = Circle.objects.get()
    n_votes = Vote.objects.count()
    write_archive(tmp_path / "one.zip", None if whole else circle)
    forget_everything()

    restore(tmp_path / "one.zip")

    write_archive(tmp_path / "again.zip", None if whole else Circle.objects.get())
    assert content(tmp_path / "again.zip") == content(tmp_path / "one.zip")
    assert Vote.objects.count() == n_votes > 500


def test_own_questions_go_along_with_their_circle(circle, tmp_path):
    version = surveys.stored(circle).version
    write_archive(tmp_path / "one.zip", circle)
    forget_everything()

    restore(tmp_path / "one.zip")

    assert ItemSet.objects.get().version == version


def test_every_table_says_to_which_circle_its_rows_belong(circle):
    for model in tables():
        assert rows_of(model, circle).count() >= 0


def test_who_has_an_account_already_is_the_same_person(archive, ada):
    forget_everything()
    Person.objects.create_user("bela@example.org")  # takes a number that the archive uses
    Person.objects.create_user(ada.email, name="Ada, here")

    restore(archive)

    here = Person.objects.get(email=ada.email)
    assert here.name == "Ada, here"
    assert here.roles.filter(circle__slug="kornblume", kind="host").exists()


def test_new_rows_find_a_free_number_afterwards(archive, ada):
    forget_everything()
    restore(archive)

    assert Round.objects.create(circle=Circle.objects.get(slug="kornblume"), title="Next").pk


def test_where_circles_are_nothing_is_restored(archive):
    before = Voice.objects.count()

    with pytest.raises(ArchiveError, match="Nothing was restored"):
        restore(archive)

    assert Voice.objects.count() == before


def test_looking_writes_nothing(archive):
    forget_everything()

    looked = look_into(archive)

    assert looked.circle == ""
    assert looked.n_rows == sum(table.rows for table in looked.tables) > 20
    assert not Circle.objects.exists()


def test_the_file_is_for_its_owner_only_and_overwrites_nothing(archive):
    assert archive.stat().st_mode & 0o777 == 0o600

    with pytest.raises(ArchiveError, match="there is a file already"):
        write_archive(archive)


ANSWERS = "tables/questionnaires.Answer.jsonl"


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda c: {ANSWERS: c[ANSWERS].replace(b'"value": 4', b'"value": 1')}, "damaged or was"),
        (lambda c: {ANSWERS: c[ANSWERS].rpartition(b"\n{")[0] + b"\n"}, "damaged or was"),
        (lambda _c: {ANSWERS: None}, "is missing in the archive"),
        (lambda c: {ANSWERS: c[ANSWERS][:-9]}, "too long or cut"),
        (lambda _c: {"manifest.json": None}, "no archive of Erdkreis"),
        (lambda _c: {"manifest.json": b"{"}, "manifest.json is damaged"),
        (lambda c: {"manifest.json": altered(c, schema=2)}, "has form 2"),
        (
            lambda c: {"manifest.json": altered(c, migrations={"x": ["y"]})},
            "another form of the database",
        ),
        (lambda c: {"manifest.json": altered(c, tables=[{"table": "x"}])}, "is damaged"),
    ],
)
def test_a_damaged_archive_is_refused_in_a_sentence(archive, tmp_path, damage, says):
    damaged = changed(archive, tmp_path / "damaged.zip", **damage(content(archive)))
    forget_everything()

    with pytest.raises(ArchiveError, match=says):
        restore(damaged)

    assert not Person.objects.exists()


def altered(files: dict[str, bytes], **entries: object) -> bytes:
    return json.dumps(json.loads(files["manifest.json"]) | entries).encode()


def test_rows_that_point_nowhere_are_refused_whole(archive, tmp_path):
    files = content(archive)
    name = "tables/rounds.Round.jsonl"
    manifest = json.loads(files["manifest.json"])
    manifest["tables"] = [one for one in manifest["tables"] if one["file"] != name]
    broken = changed(
        archive,
        tmp_path / "broken.zip",
        **{name: None, "manifest.json": json.dumps(manifest).encode()},
    )
    forget_everything()

    with pytest.raises(ArchiveError, match="does not fit together"):
        restore(broken)

    assert not Circle.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("text", [b"", b"no zip", b"PK\x03\x04 cut"])
def test_what_is_no_zip_is_said_to_be_none(tmp_path, text):
    file = tmp_path / "other.zip"
    file.write_bytes(text)

    with pytest.raises(ArchiveError, match="no whole archive"):
        look_into(file)
