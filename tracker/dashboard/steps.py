"""A number over the years as a step line: where its parts stand in the picture."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 220
#: Room around the line: for the numbers at its side, the years under it, the numbers on it.
SIDE, UNDER, OVER = 40, 28, 22


@dataclass(frozen=True)
class Mark:
    """A text at a place of the picture."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Steps:
    """A step line from zero up, with the years under it and numbers at both ends."""

    path: str
    area: str
    years: list[Mark]
    numbers: list[Mark]
    lines: list[Mark]
    width: int = WIDTH
    height: int = HEIGHT


def draw_steps(points: Sequence[tuple[int, int]]) -> Steps | None:
    """Draw (year, number) pairs, one a year in order; None for fewer than two."""
    if len(points) < 2:
        return None
    most = max(number for _year, number in points) or 1
    width = (WIDTH - 2 * SIDE) / len(points)
    floor, room = HEIGHT - UNDER, HEIGHT - UNDER - OVER

    def height(number):
        return round(floor - room * number / most, 1)

    xs = [round(SIDE + width * place, 1) for place in range(len(points) + 1)]
    moves = [f"M{xs[0]} {height(points[0][1])}"]
    for place, (_year, number) in enumerate(points):
        moves.append(f"V{height(number)}H{xs[place + 1]}")
    path = "".join(moves)
    every = -(-len(points) // 12)  # no more than twelve years are written
    middles = [round(x + width / 2, 1) for x in xs]
    return Steps(
        path=path,
        area=f"{path}V{floor}H{xs[0]}Z",
        years=[
            Mark(middles[place], HEIGHT - 9, f"{year}")
            for place, (year, _number) in enumerate(points)
            if place % every == 0
        ],
        numbers=[
            Mark(middles[place], height(points[place][1]) - 6, f"{points[place][1]}")
            for place in _telling(points)
        ],
        lines=[Mark(SIDE - 8, height(number), f"{number}") for number in sorted({0, most})],
    )


def _telling(points) -> list[int]:
    """The places whose number is written: the ends, and where it is highest first."""
    highest = max(range(len(points)), key=lambda place: (points[place][1], -place))
    return sorted({0, highest, len(points) - 1})
