"""The newest entries as an Atom feed."""

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from erdkreis.directory.freshness import shown
from erdkreis.directory.models import Entry

NEWEST = 30


class LatestEntries(Feed[Entry, None]):
    feed_type = Atom1Feed
    title = _("Erdkreis directory: new and freshly checked")
    subtitle = _("Examples with facts and sources. No ranking, no badge.")
    link = reverse_lazy("directory:entries")

    def items(self) -> QuerySet[Entry]:
        return shown(Entry.objects.all()).order_by("-last_checked", "name")[:NEWEST]

    def item_title(self, item: Entry) -> str:
        return item.name

    def item_description(self, item: Entry) -> str:
        return item.summary

    def item_link(self, item: Entry) -> str:
        return reverse("directory:entry", args=[item.slug])

    def item_pubdate(self, item: Entry) -> datetime | None:
        return _noon(item.published_on) if item.published_on else None

    def item_updateddate(self, item: Entry) -> datetime | None:
        return _noon(item.last_checked) if item.last_checked else None


def _noon(day: object) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())  # type: ignore[arg-type]
