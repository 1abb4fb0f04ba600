"""The channel finder: a form of three choices, and the answer under it."""

from tracker.dashboard.addresses import changed
from tracker.dashboard.base import DashboardView
from tracker.dashboard.results import Problem
from tracker.filters.channel import ChannelForm
from tracker.filters.strict import read_on
from tracker.models import Body
from tracker.reports.channels import find_channel


class ChannelFinder(DashboardView):
    """``/networks/channel/?from=XAA&to=XAB&purpose=extradition&urgent=yes``."""

    def get(self, request):
        self.on = read_on(request.GET, self.today)
        form = ChannelForm(request.GET, today=self.today)
        complete = form.is_valid()
        problems = [Problem(name, message) for name, told in form.wrong.items() for message in told]
        chosen_from = request.GET["from"] if "from" in request.GET else self.own_state()
        context = {
            "states": self.states(),
            "chosen_from": chosen_from,
            "purposes": form.fields["purpose"].choices,
            "to_choose": form.to_choose(chosen={"from"} if chosen_from else ()),
            "problems": problems,
            "wrong": form.wrong,
            "found": self.find(form.cleaned_data) if complete else None,
        }
        status = 400 if problems else 200
        return self.render("dashboard/networks/channel.html", context, status=status)

    def without(self, name, form) -> str:
        """The address without a parameter that has no field to mend it in."""
        if name in form.fields:
            return ""
        return changed(self.request.path, self.request.GET, **{name: None})

    def states(self) -> list[Body]:
        """The States of the day, for the two choices."""
        return list(Body.objects.visible_to(self.viewer).existing(self.on).states())

    def own_state(self) -> str:
        """The code of the State for which the person asks; empty unless they speak for just one."""
        mine = Body.objects.spoken_for_by(self.viewer).states().order_by("pk")
        codes = list(mine.values_list("code", flat=True)[:2])
        return codes[0] if len(codes) == 1 else ""

    def find(self, asked):
        """The answer to a question that is complete."""
        return find_channel(
            asked["from"],
            asked["to"],
            purpose=asked["purpose"],
            urgent=asked["urgent"] == "yes",
            viewer=self.viewer,
            on=self.on,
        )
