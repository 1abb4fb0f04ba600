"""The whole register as one file."""

from tracker.dashboard.base import Page
from tracker.handouts import packaged, whole_address


class DataPackage(Page):
    """``/datapackage/``: what the reader may see of every list, as a Frictionless data package."""

    def answer(self):
        address = whole_address(self.request, self.on, "datapackage")
        return packaged(viewer=self.viewer, on=self.on, address=address)
