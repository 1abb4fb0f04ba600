"""The first page: what the register holds, how much is known, what falls due."""

from django.db.models import Exists, OuterRef, Q

from tracker.dashboard.base import Page
from tracker.models import Addressee, Body, Document, SavedView
from tracker.reports.overview import overview
from tracker.vocabulary import BodyKind

#: How many of my saved views are named.
VIEWS = 8


class Home(Page):
    """``/``."""

    template = "dashboard/home.html"

    def context(self):
        bodies = self.bodies()
        return {
            "overview": overview(self.viewer, on=self.on),
            "networks": [each for each in bodies if each.kind == BodyKind.NETWORK],
            "named_bodies": [each for each in bodies if each.kind != BodyKind.NETWORK],
            "documents": self.documents(),
            "views": list(SavedView.objects.filter(owner=self.viewer)[:VIEWS]),
        }

    def bodies(self) -> list[Body]:
        """The networks, and the bodies that a paragraph names."""
        named = Addressee.objects.filter(body=OuterRef("pk"))
        return list(
            Body.objects.visible_to(self.viewer)
            .existing(self.on)
            .filter(Q(kind=BodyKind.NETWORK) | Exists(named))
        )

    def documents(self) -> list[Document]:
        """The documents that belong to a resolution whose paragraphs are held, the oldest first."""
        return list(
            Document.objects.visible_to(self.viewer)
            .for_listing(on=self.on, viewer=self.viewer)
            .filter(resolution__provisions__isnull=False)
            .distinct()
        )
