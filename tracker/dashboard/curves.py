"""Stacked columns over time, made ready to draw as SVG: everything in plain numbers."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format, number_format

from tracker.dashboard.words import LABELS, LETTERS
from tracker.reports.trends import Point
from tracker.vocabulary import RESULTS

#: The drawing in its own units; the page scales it.
WIDTH, HEIGHT = 1000, 360
START, END, TOP, FLOOR = 56, 752, 16, 326
#: The least distance between two labels beside the last column.
BETWEEN = 19
LONGEST_LABELS = 10


@dataclass(frozen=True)
class Box:
    """One part of a column."""

    key: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Label:
    """Words at a place; ``line`` is where the part that they name has its middle."""

    x: float
    y: float
    text: str
    line: float = 0
    letter: str = ""


@dataclass(frozen=True)
class Curve:
    """The drawing: columns, the labels of their parts, and both axes."""

    boxes: list[Box]
    labels: list[Label]
    days: list[Label]
    heights: list[Label]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR
    start: int = START
    end: int = END


def draw_curve(points: list[Point], *, step: str) -> Curve:
    """Columns of ``points`` from the floor up, in the fixed order of the results."""
    most = max((point.bar.total for point in points), default=0) or 1
    pitch = (END - START) / len(points)
    scale = (FLOOR - TOP) / most
    boxes = [
        box
        for place, point in enumerate(points)
        for box in _column(point, START + place * pitch, pitch, scale)
    ]
    return Curve(
        boxes=boxes,
        labels=_labels(points[-1], scale),
        days=_days(points, pitch, step),
        heights=[_height(number, scale) for number in _ticks(most)],
    )


def _column(point, x, pitch, scale):
    gap = 2 if pitch > 12 else 0
    y = float(FLOOR)
    for key, _label in RESULTS:
        height = point.bar.counts[key] * scale
        y -= height
        if height:
            yield Box(key, _round(x), _round(y), _round(pitch - gap), _round(height))


def _labels(point: Point, scale) -> list[Label]:
    """One label for each result that the last column shows, none over another."""
    middles, y = [], float(FLOOR)
    for key, _label in RESULTS:
        number = point.bar.counts[key]
        if number:
            middles.append((key, number, y - number * scale / 2))
        y -= number * scale
    return [
        Label(
            END + 26,
            _round(place),
            f"{LABELS['result'][key]} {number_format(number, force_grouping=True)}",
            _round(middle),
            str(LETTERS[key]),
        )
        for (key, number, middle), place in zip(middles, _apart(middles), strict=True)
    ]


def _apart(middles) -> list[float]:
    """Where labels stand, from the lowest up, so that none touches the next."""
    places, lowest = [], float(FLOOR)
    for _key, _number, middle in middles:
        lowest = min(middle, lowest)
        places.append(lowest)
        lowest -= BETWEEN
    # What was pushed over the top comes back down, and pushes what is under it.
    highest = float(TOP)
    for place in reversed(range(len(places))):
        places[place] = max(places[place], highest)
        highest = places[place] + BETWEEN
    return places


def _days(points, pitch, step) -> list[Label]:
    form: Callable[[datetime.date], str] = {
        "year": lambda day: date_format(day, "Y"),
    }.get(step, lambda day: date_format(day, "M Y"))
    every = -(-len(points) // LONGEST_LABELS)
    shown = [place for place in range(len(points)) if (len(points) - 1 - place) % every == 0]
    return [
        Label(_round(START + (place + 0.5) * pitch), FLOOR + 20, form(points[place].on))
        for place in shown
    ]


def _ticks(most: int) -> list[int]:
    """Round numbers from nought to ``most``, five steps at the most."""
    unit = 1
    while most / unit > 5:
        unit *= 2 if str(unit)[0] != "2" else 2.5
        unit = int(unit)
    return list(range(0, most + 1, unit))


def _height(number, scale):
    text = number_format(number, force_grouping=True)
    return Label(START - 8, _round(FLOOR - number * scale), text)


def _round(value: float) -> str:
    """A number as SVG has it, whatever the language."""
    return f"{value:.1f}".removesuffix(".0")
