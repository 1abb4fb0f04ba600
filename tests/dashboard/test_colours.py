"""The states can be told apart without colour vision, in light and dark, and in grey.

The colours are read from the stylesheet. Colour blindness is simulated with the matrices of
Machado, Oliveira and Fernandes (2009) for full severity, in linear RGB; differences are measured
in OKLab (Ottosson 2020), where 0.02 is about what can just be seen side by side. A state's own
colour is the one that fills its part of a bar, draws its lines or, where those are grey, lies
under them.
"""

import re
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tracker" / "static" / "tracker"
STYLE = (FOLDER / "tracker.css").read_text()
MARKS = (ROOT / "templates" / "dashboard" / "_marks.html").read_text()

#: Two states differ at least by this much in their own colour, for every kind of eye.
LEAST = 0.06
#: State → the property that holds its colour in the parts of a bar.
FILLS = {
    "fully_implemented": "fully",
    "largely_implemented": "largely",
    "partially_implemented": "partially",
    "not_implemented": "not",
    "insufficient_information": "insufficient",
    "not_applicable": "na",
    "not_assessed": "none",
}
#: The same for its mark and its letter.
INKS = {state: f"{name}-ink" for state, name in FILLS.items() if name != "na"}

EYES = {
    "ordinary": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def properties(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})\b", block))


def themes() -> dict[str, dict[str, str]]:
    """The colours of both appearances; the dark one changes some of the light one's."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
    return {"light": properties(light), "dark": properties(light) | properties(dark)}


THEMES = themes()


def linear(colour: str) -> tuple[float, ...]:
    """``#0072b2`` as linear red, green and blue from 0 to 1."""
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def times(matrix, vector):
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def seen(colour: str, eye: str) -> tuple[float, ...]:
    return tuple(min(1, max(0, each)) for each in times(EYES[eye], linear(colour)))


LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def oklab(rgb):
    return times(LAB, [each ** (1 / 3) for each in times(LMS, rgb)])


def difference(one: str, other: str, eye: str) -> float:
    a, b = oklab(seen(one, eye)), oklab(seen(other, eye))
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5


def contrast(one: str, other: str) -> float:
    """The contrast of WCAG 2."""
    light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other))]
    return (max(light) + 0.05) / (min(light) + 0.05)


def test_the_measures_are_right():
    """Against published values: white to black, and the contrast of grey 119 on white."""
    assert difference("#ffffff", "#000000", "ordinary") == pytest.approx(1, abs=0.001)
    assert oklab(linear("#ff0000")) == pytest.approx((0.628, 0.225, 0.126), abs=0.001)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES)
def test_any_two_states_differ_in_colour_for_every_eye(theme, eye):
    colours = {state: THEMES[theme][name] for state, name in FILLS.items()}
    found = {
        (one, other): difference(colours[one], colours[other], eye)
        for one, other in combinations(colours, 2)
    }
    closest = min(found, key=found.get)
    assert found[closest] >= LEAST, (closest, round(found[closest], 3))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", INKS)
def test_letters_and_marks_stand_out_from_the_ground(theme, state):
    colours = THEMES[theme]
    for ground in ("paper", "surface", "sunken"):
        assert contrast(colours[INKS[state]], colours[ground]) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES)
def test_the_line_around_a_part_stands_out_from_every_ground_and_every_part(theme):
    colours = THEMES[theme]
    for ground in ("paper", "surface", "sunken"):
        assert contrast(colours["bar-line"], colours[ground]) >= 3, ground


def pattern_of(state: str) -> str:
    [found] = re.findall(rf'<pattern id="part-{state}"(.*?)</pattern>', MARKS, re.DOTALL)
    return found


def shapes(pattern: str) -> tuple:
    """A pattern without its colours: its tile, its turn, and what is drawn on it."""
    return (
        re.findall(r"patternTransform=\"[^\"]+\"", pattern),
        re.sub(r"class=\"[^\"]+\"", "", pattern[pattern.index(">") :]),
    )


def test_every_state_has_a_pattern_of_its_own():
    drawn = {state: shapes(pattern_of(state)) for state in FILLS}
    for one, other in combinations(drawn, 2):
        assert drawn[one] != drawn[other], (one, other)


def ink_share(state: str) -> float:
    """How much of a tile its figure covers, read from its rectangles, circles and lines."""
    pattern = pattern_of(state)
    size = float(re.search(r'width="([\d.]+)"', pattern)[1])
    figures = re.findall(r'<rect class="figure[^>]*width="([\d.]+)" height="([\d.]+)"', pattern)
    covered = sum(float(w) * float(h) for w, h in figures)
    covered += sum(
        3.14159 * float(r) ** 2 for r in re.findall(r'<circle[^>]*r="([\d.]+)"', pattern)
    )
    return covered / size**2


def rule(name: str) -> str:
    """The colour that a class gives to a ground or a figure, its property resolved for light."""
    [value] = re.findall(rf"\.{name} \{{ (?:fill|stroke): ([^;}}]+?);? ", STYLE)
    named = re.match(r"var\(--([\w-]+)\)", value)
    return THEMES["light"][named[1]] if named else value


def test_neighbours_in_a_bar_differ_in_grey_too():
    """In grey, a part is its pattern: the figure stands out from its ground in every one."""
    for state, name in FILLS.items():
        if state == "fully_implemented":
            continue
        ground = re.search(r'class="(ground-[\w-]+)"', pattern_of(state))[1]
        figure = re.search(r'class="(figure-[\w-]+)"', pattern_of(state))[1]
        assert contrast(rule(figure), rule(ground)) >= 1.8, (state, name)
