"""What goes out comes in again; nothing personal goes out; nothing half comes in."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from erdkreis.directory import exports, imports
from erdkreis.directory.columns import CSV_COLUMNS
from erdkreis.directory.models import Entry, Objection
from erdkreis.directory.queries import with_everything
from erdkreis.directory.seeds import plant_seeds
from erdkreis.directory.services.keeping import object_to
from erdkreis.invitations.tables import read_table
from factories.entries import VALUES, editor, published, submitted

pytestmark = pytest.mark.django_db
SECRETS = {"submitter_mail": "anna@secret.example"}


def everything():
    return with_everything(Entry.objects.order_by("name"))


def test_the_export_is_read_again_without_loss():
    published(latitude=48.5, longitude=11.25, since=1998, what_makes_it_hard="Rent; “cash”,\nlots.")
    written = exports.as_csv(everything())
    Entry.objects.all().delete()

    understood = imports.understand(read_table(written.encode()))
    assert understood.is_usable, [line.problems for line in understood.lines]
    imports.take_list(understood, editor("emma"), set())

    again = list(csv.DictReader(io.StringIO(exports.as_csv(everything()).lstrip("\ufeff"))))
    before = list(csv.DictReader(io.StringIO(written.lstrip("\ufeff"))))
    made_here = ("status", "published_on", "last_checked", "fact_1_checked_on", "freshness")
    for row in (*again, *before):
        for name in made_here:
            row.pop(name)
    assert again == before


def test_no_export_and_no_page_tells_what_only_editors_see(client):
    entry = published(**SECRETS, submitted_by="")
    object_to(entry, Objection(text="unseen objection"))

    for address in ("csv", "json", "jsonld"):
        assert_silent(client.get(f"/directory/files/directory.{address}").content.decode())
    for address in ("/directory/", "/directory/feed/", f"/directory/{entry.slug}/"):
        assert_silent(client.get(address).content.decode())


def assert_silent(text):
    assert "secret.example" not in text
    assert "unseen objection" not in text


def test_what_is_not_published_is_in_no_file_and_on_no_page(client):
    entry = submitted(name="Hidden still")

    for address in ("/directory/", "/directory/feed/", "/directory/files/directory.json"):
        assert "Hidden still" not in client.get(address).content.decode()
    assert client.get(f"/directory/{entry.slug}/").status_code == 404


def test_formulas_are_not_run_by_spreadsheet_programs():
    published(name="=cmd|'/C calc'!A0", summary="+1+1", place="@sum")

    (row,) = csv.DictReader(io.StringIO(exports.as_csv(everything()).lstrip("\ufeff")))

    assert (row["name"][0], row["summary"], row["place"]) == ("'", "'+1+1", "'@sum")


def test_json_and_linked_data(client):
    published(latitude=48.5, longitude=11.25)

    plain = json.loads(client.get("/directory/files/directory.json").content)
    linked = json.loads(client.get("/directory/files/directory.jsonld").content)

    (entry,) = plain["entries"]
    assert (entry["kinds"], entry["country"], entry["licence"]) == (
        ["made_to_last"], "DEU", "CC0-1.0",
    )  # fmt: skip
    (node,) = linked["@graph"]
    assert (node["@type"], node["location"]["geo"]["latitude"]) == ("Organization", 48.5)


def test_columns_are_what_they_were():
    assert CSV_COLUMNS[:5] == ("name", "kinds", "place", "country", "latitude")
    assert len(CSV_COLUMNS) == 24 + 18 + 1 + 7


BAD = {
    "no header": "Mühle;made_to_last\n",
    "no fact": "name;kinds;summary\nMühle;made_to_last;Mahlt.\n",
    "unknown kind": "name;kinds;summary;fact_1_claim;fact_1_source_name;fact_1_source_kind\n"
    "Mühle;nonsense;Mahlt.;So.;Dort;own\n",
    "script": "name;kinds;summary;website;fact_1_claim;fact_1_source_name;fact_1_source_kind\n"
    "<script>alert(1)</script>;initiative;x;javascript:alert(1);So.;Dort;own\n",
    "empty": "",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_list_is_shown_with_its_faults_and_stores_nothing(client, name):
    client.force_login(editor("eva"))

    answer = client.post(
        "/directory/editors/list/", {"file": SimpleUploadedFile("l.csv", BAD[name].encode())}
    )

    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert not Entry.objects.exists()


def test_a_list_comes_in_through_the_pages_without_what_is_here_already(client):
    published(name="Mühle am Bach")
    list_ = (
        "name;kinds;summary;fact_1_claim;fact_1_source_name;fact_1_source_kind\n"
        "Mühle am Bach;made_to_last;Mahlt.;So.;Dort;own\n"
        "Weberei;initiative,made_to_last;Webt.;So.;Dort;own\n"
    )
    client.force_login(editor("eva"))

    page = client.post(
        "/directory/editors/list/", {"file": SimpleUploadedFile("l.csv", list_.encode())}
    )
    assert "Perhaps the same as:" in page.content.decode()
    client.post("/directory/editors/list/take/", {"table": page.context["table"], "without": ["2"]})

    assert list(Entry.objects.exclude(status="published").values_list("name", "kinds")) == [
        ("Weberei", " initiative made_to_last ")
    ]


def test_seeds_wait_for_a_human_and_come_once():
    planted = plant_seeds()

    assert {entry.status for entry in planted} == {"in_review"}
    assert all(entry.facts.exists() for entry in planted)
    assert plant_seeds() == []
    assert VALUES["name"] not in {entry.name for entry in planted}


def test_seeds_come_in_the_language_of_whoever_takes_them_in():
    with translation.override("de"):
        plant_seeds()
    firm = Entry.objects.get(name="Polarstern")

    assert firm.place == "München"
    assert firm.summary.startswith("Energieversorger in München")
    assert firm.facts.first().claim.startswith("Als erster Energieversorger")


def test_a_list_too_long_to_look_through_is_said_and_stores_nothing(client):
    client.force_login(editor("eva"))
    head = "name;kinds;summary;fact_1_claim;fact_1_source_name;fact_1_source_kind\n"
    long = head + "Mühle;made_to_last;Mahlt;Zehn Jahre;Eigene Seite;own\n" * 501
    upload = SimpleUploadedFile("list.csv", long.encode("latin-1"))

    answer = client.post("/directory/editors/list/", {"file": upload})

    assert answer.status_code == 422
    assert "A list can have 500 lines" in answer.content.decode()
    assert not Entry.objects.exists()
