"""Who speaks by name sees what is stored, takes it along, and takes the consent back."""

import pytest

from erdkreis.gate.models import Release
from erdkreis.gate.services import released
from erdkreis.invitations.models import Guardian
from erdkreis.invitations.services import appoint_guardian
from erdkreis.pictures.analysis import PICTURE
from erdkreis.pictures.services import make_picture
from erdkreis.questionnaires.models import Answer, Evidence, Voice
from factories.rounds import group

pytestmark = pytest.mark.django_db
ITEM = "q3_environment.environment.core"


@pytest.fixture
def codes(asking):
    """Two guardians of the environment; Emil has agreed, answered and sent."""
    environment = group(asking, "environment")
    return {
        name: appoint_guardian(Guardian(round_group=environment, name=name, interests="Has bees."))
        for name in ("Emil Erle", "Fanny Falk")
    }


@pytest.fixture
def emil(codes, phone):
    phone.post(f"/g/{codes['Emil Erle']}/")
    voice = Voice.objects.get(guardian__name="Emil Erle")
    Answer.objects.create(voice=voice, item=ITEM, status="rated", value=2)
    Evidence.objects.create(
        voice=voice, item=ITEM, kind="study", title="Bees count", strength="weak"
    )
    Voice.objects.update(is_sent=True)
    return f"/g/{codes['Emil Erle']}/data/"


def test_a_guardian_sees_and_takes_along_what_is_stored(emil, client):
    page = client.get(emil).content.decode()
    file = client.get(f"{emil}erdkreis.json")

    for said in ("Emil Erle", "Has bees.", "Bees count"):
        assert said in page
        assert said in file.content.decode()
    data = file.json()
    assert data["questionnaires.answer"][0]["value"] == "2"
    # The record of the consent: on which day, and to which version of the promise.
    voice = Voice.objects.get()
    assert data["questionnaires.voice"][0]["day"] == voice.day.isoformat()
    assert data["questionnaires.voice"][0]["promise_digest"] == voice.promise_digest != ""
    assert voice.guardian.digest not in file.content.decode()
    assert "Fanny" not in file.content.decode()


def test_before_the_picture_everything_goes(emil, client):
    answer = client.post(emil, {"sure": "on"})

    assert answer.status_code == 200
    assert [one.name for one in Guardian.objects.all()] == ["Fanny Falk"]
    assert [model for model in (Voice, Answer, Evidence) if model.objects.exists()] == []
    assert client.get(emil).status_code == 404


def test_after_the_picture_the_name_goes_and_the_number_stays(emil, client, asking):
    make_picture(asking, "Ada")
    before = Release.objects.get(subject__endswith=PICTURE)
    assert "Emil Erle" in str(before.content)

    client.post(emil, {"sure": "on"})

    after = Release.objects.get(subject__endswith=PICTURE)
    spoken = released(asking, PICTURE).group("environment").spoken
    assert [(one.who, one.value) for one in spoken if one.item == ITEM] == [("–", 2)]
    assert (after.number, after.released_on) == (before.number, before.released_on)
    assert after.fingerprint != before.fingerprint
    assert "Emil" not in str(Release.objects.values_list("content", flat=True))


def test_nothing_goes_without_being_sure(emil, client):
    answer = client.post(emil)

    assert answer.status_code == 422
    assert "Nothing was deleted" in answer.content.decode()
    assert Voice.objects.exists()


def test_guessing_the_link_is_slowed_down(client, db):
    wrong = [client.get("/g/AAAA-AAAA-AAAA-AAAA/data/").status_code for _try in range(21)]

    assert wrong == [404] * 20 + [429]


def test_the_door_leads_there(emil, client, codes):
    assert emil in client.get(f"/g/{codes['Emil Erle']}/").content.decode()
