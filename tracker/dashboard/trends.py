"""Trends: how much was assessed, and with which results, from day to day."""

import datetime
from dataclasses import dataclass

from tracker.dashboard.addresses import address
from tracker.dashboard.bars import FEWEST_FOR_PERCENT
from tracker.dashboard.curves import draw_curve
from tracker.dashboard.pictures import Picture, PictureView
from tracker.filters.pictures import STEPS, TrendsFilter
from tracker.listings import on_any_day
from tracker.models.base import add_months
from tracker.reports.levels import highest_level
from tracker.reports.trends import USUAL_STEP, History, Point, ToldHistory, history_of, points
from tracker.vocabulary import RESULTS, CommitmentRole


@dataclass(frozen=True)
class Figure:
    """A number and the list behind it."""

    count: int
    href: str


@dataclass(frozen=True)
class Row:
    """One day of the table; ``share`` is in per cent, None where too few are counted to say it."""

    on: datetime.date
    total: Figure
    assessed: Figure
    share: int | None
    results: list[tuple[str, Figure]]


class Trends(PictureView):
    """``/trends/?theme=extradition&from=2020-01-01&step=year``."""

    family = "trends"
    filterset = TrendsFilter

    def context(self, picture):
        filterset = picture.filterset
        last = filterset.chosen("to", self.on)
        found = history_of(filterset, on_any_day(filterset), until=last)
        shown, step = read_points(picture, found, last), filterset.chosen("step", USUAL_STEP)
        return {
            "step": step,
            "steps": STEPS,
            "first": filterset.chosen("from"),
            "last": last,
            "points": shown,
            "curve": draw_curve(shown, step=filterset.chosen("step", USUAL_STEP))
            if shown
            else None,
            "rows": [self.row(picture, point) for point in reversed(shown)],
            "result_names": [label for _key, label in RESULTS],
            "finding": self.finding(picture, found, last),
            "level": highest_level(
                on_any_day(filterset),
                viewer=self.viewer,
                on=last,
                many=filterset.subject is not None,
            ),
        }

    def finding(self, picture, found: History | ToldHistory, last) -> dict:
        """What the picture says, in numbers: now, and a year before."""
        before = found.at(add_months(last, -12))
        now = Point(last, found.at(last))
        more = now.bar.assessed - before.assessed
        return {
            "now": self.row(picture, now),
            "before": self.row(picture, Point(add_months(last, -12), before)),
            "more": more,
            "fewer": -more,
        }

    def row(self, picture: Picture, point: Point) -> Row:
        """One day, each number with its list."""
        bar = point.bar

        def figure(count, **more):
            return Figure(count, self.href(picture, point.on, **more))

        share = round(100 * bar.assessed / bar.total) if bar.total >= FEWEST_FOR_PERCENT else None
        return Row(
            on=point.on,
            total=figure(bar.total),
            assessed=figure(bar.assessed, assessed_before=point.on.isoformat()),
            share=share,
            results=[
                (segment.label, figure(segment.count, result=segment.key))
                for segment in bar.segments
            ],
        )

    def href(self, picture, on: datetime.date, **more) -> str:
        """The list of that day, under the same filters."""
        query = self.link(picture, role=CommitmentRole.ADDRESSEE, **more)
        return address("commitments", on=on.isoformat(), **query)


def read_points(picture: Picture, found: History | ToldHistory, last: datetime.date) -> list[Point]:
    """The days to show; too many of them are a problem of the address."""
    chosen = picture.filterset.chosen
    try:
        return points(found, first=chosen("from"), last=last, step=chosen("step", USUAL_STEP))
    except ValueError as error:
        picture.refuse("step", str(error))
        return []
