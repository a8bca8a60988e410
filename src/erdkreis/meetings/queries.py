from erdkreis.circles.models import Circle
from erdkreis.meetings.models import Meeting
from erdkreis.rounds.models import Round


def meetings_of(circle: Circle) -> list[Meeting]:
    return list(circle.meetings.select_related("round"))


def rounds_to_talk_about(circle: Circle) -> list[Round]:
    """Return the rounds that have a picture, the newest first."""
    return [one for one in circle.rounds.order_by("-pk") if one.has_reached(Round.State.PICTURE)]
