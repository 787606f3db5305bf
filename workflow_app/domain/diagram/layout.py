"""Where everything in the diagram stands.

The states a case lives in stand under each other in the order of its life, so
the main path is a straight line down. Whatever jumps or goes back runs in lanes
on the left, whatever ends runs in lanes on the right to the final states. One
transition from many states shares one lane, and steps that stay in a state are
words inside it: that is what keeps twenty-five arrows readable.

Lengths are in SVG units, one being a CSS pixel at full size.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

from workflow_app.domain.definitions import Definition
from workflow_app.domain.diagram.arrows import Arrow, Translate, arrows, say

MARGIN, LANE, PORT, LINE = 16.0, 18.0, 24.0, 18.0
"""Edge of the drawing; between lanes; between ports of a box; between lines of text."""
GAP = 46.0
"""Between boxes under each other where no words stand between them."""
LETTER, SMALL = 8.0, 6.7
"""Width of a letter of a state's name, and of an arrow's words (a generous mean, as no font is at hand)."""


@dataclass
class Box:
    """A state as a rectangle with its words."""

    name: str
    lines: list[str]
    stays: list[str]
    final: bool
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0

    @property
    def middle(self) -> float:
        """The y of its middle."""
        return self.y + self.height / 2


@dataclass
class Lane:
    """One transition's line beside the boxes; ``ports`` is the y at which it meets each box."""

    key: str
    label: str
    automatic: bool
    right: bool
    pairs: list[tuple[str, str]]
    x: float = 0.0
    ports: dict[str, float] = field(default_factory=dict)

    @property
    def sources(self) -> list[str]:
        """The boxes it leaves from."""
        return list(dict.fromkeys(source for source, _ in self.pairs))

    @property
    def ends(self) -> list[str]:
        """Every box it meets."""
        return list(dict.fromkeys(name for pair in self.pairs for name in pair))


@dataclass
class Straight:
    """An arrow down to the next box, with the words of every transition that makes it."""

    source: str
    target: str
    labels: list[tuple[str, bool]]


@dataclass
class Layout:
    """The whole drawing, placed."""

    boxes: dict[str, Box]
    lanes: list[Lane]
    straights: list[Straight]
    width: float
    height: float


def lay_out(definition: Definition, translate: Translate) -> Layout:
    """Place every state and arrow of ``definition``, in the words of ``translate``."""
    found = arrows(definition)
    boxes = {name: _box(definition, name, found, translate) for name in definition.states}
    order = _order(definition, found)
    row = {name: number for number, name in enumerate(order)}
    straights: dict[tuple[str, str], Straight] = {}
    lanes: dict[str, Lane] = {}
    for arrow in found:
        if arrow.source == arrow.target:
            continue
        label = say(arrow.label, translate)
        if row.get(arrow.target, -1) == row[arrow.source] + 1:
            pair = (arrow.source, arrow.target)
            straights.setdefault(pair, Straight(*pair, [])).labels.append((label, arrow.automatic))
            continue
        right = arrow.target not in row
        lane = lanes.setdefault(f"{arrow.key}>{right}", Lane(arrow.key, label, arrow.automatic, right, []))
        lane.pairs.append((arrow.source, arrow.target))
    left = _ranked([lane for lane in lanes.values() if not lane.right], row)
    right_lanes = _ranked([lane for lane in lanes.values() if lane.right], row)
    return _place(boxes, order, left, right_lanes, list(straights.values()))


def _box(definition: Definition, name: str, found: tuple[Arrow, ...], translate: Translate) -> Box:
    state = definition.states[name]
    lines = textwrap.wrap(translate(state.label), 22) or [name]
    stays = [say(a.label, translate) for a in found if a.source == a.target == name]
    return Box(name, lines, [f"↻ {words}" for words in stays], state.final)


def _order(definition: Definition, found: tuple[Arrow, ...]) -> list[str]:
    """The states that are not final, by the longest way to each along the order they are written in."""
    names = [name for name, state in definition.states.items() if not state.final]
    names.sort(key=lambda name: name != definition.initial)
    depth = dict.fromkeys(names, 0)
    for number, name in enumerate(names):
        later = set(names[number + 1 :])
        for arrow in found:
            if arrow.source == name and arrow.target in later:
                depth[arrow.target] = max(depth[arrow.target], depth[name] + 1)
    return sorted(names, key=lambda name: depth[name])


def _ranked(lanes: list[Lane], row: dict[str, int]) -> list[Lane]:
    """Shortest first: the nearer the boxes, the fewer lines cross."""

    def span(lane: Lane) -> int:
        rows = [row[name] for name in lane.ends if name in row]
        return max(rows) - min(rows)

    return sorted(lanes, key=span)


def _tracks(lanes: list[Lane], order: list[str]) -> list[int]:
    """For each lane the innermost track on which it overlaps no lane before it."""
    taken: list[list[tuple[int, int]]] = []
    found = []
    for lane in lanes:
        rows = [order.index(name) for name in lane.ends]
        low, high = min(rows), max(rows)
        free = (n for n, spans in enumerate(taken) if all(high <= a or b <= low for a, b in spans))
        track = next(free, len(taken))
        if track == len(taken):
            taken.append([])
        taken[track].append((low, high))
        found.append(track)
    return found


def _place(
    boxes: dict[str, Box], order: list[str], left: list[Lane], right: list[Lane], straights: list[Straight]
) -> Layout:
    words = max([len(text) for b in boxes.values() for text in b.lines], default=8)
    stays = max([len(text) for b in boxes.values() for text in b.stays], default=0)
    width = max(words * LETTER, stays * SMALL, 100.0) + 36
    left_words = max([len(lane.label) * SMALL for lane in left], default=0.0)
    right_words = max([len(lane.label) * SMALL for lane in right], default=0.0)
    tracks = _tracks(left, order)
    x = MARGIN + (len(set(tracks)) * LANE + left_words + 24 if left else 0.0)
    for track, lane in zip(tracks, left, strict=True):
        lane.x = x - left_words - 16 - track * LANE
    beside = max([len(t) * SMALL for s in straights for t, _ in s.labels], default=0.0)
    lanes_from = max(x + width + right_words + 16, x + width / 2 + beside + 20)
    for number, lane in enumerate(right):
        lane.x = lanes_from + number * LANE
    _rows(boxes, order, left, right, straights, x, width)
    bottom = max(boxes[name].y + boxes[name].height for name in order)
    finals = [box for box in boxes.values() if box.final]
    ends = lanes_from + len(right) * LANE + 14
    bottom = max(bottom, _finals(finals, right, boxes, ends, width * 0.8))
    total = ends + width * 0.8 if finals else x + width
    total = max(total, x + width / 2 + 12 + beside)
    return Layout(boxes, left + right, straights, total + MARGIN, bottom + MARGIN)


def _rows(
    boxes: dict[str, Box],
    order: list[str],
    left: list[Lane],
    right: list[Lane],
    straights: list[Straight],
    x: float,
    width: float,
) -> None:
    row = {name: number for number, name in enumerate(order)}
    y = MARGIN
    for name in order:
        box = boxes[name]
        sides = [_ports(name, lanes, row) for lanes in (left, right)]
        text = len(box.lines) * 20 + len(box.stays) * LINE
        box.x, box.y, box.width = x, y, width
        box.height = max(text + 24.0, *(len(side) * PORT + 12 for side in sides))
        for side in sides:
            first = box.middle - (len(side) - 1) * PORT / 2
            for number, lane in enumerate(side):
                lane.ports[name] = first + number * PORT
        below = max([len(s.labels) for s in straights if s.source == name], default=0)
        y += box.height + max(GAP, below * LINE + 30)


def _ports(name: str, lanes: list[Lane], row: dict[str, int]) -> list[Lane]:
    """A box's lanes from top to bottom so that none crosses another near the box.

    Going up: inner lanes first. Going down: outer lanes first.
    """
    here = row[name]
    up: list[tuple[int, Lane]] = []
    down: list[tuple[int, Lane]] = []
    for number, lane in enumerate(lanes):
        if name not in lane.ends:
            continue
        others = [row[other] for other in lane.ends if other in row and other != name]
        mean = sum(others) / len(others) if others else here + 1
        (up if mean < here else down).append((number, lane))
    return [lane for _, lane in sorted(up, key=lambda p: p[0])] + [
        lane for _, lane in sorted(down, key=lambda p: -p[0])
    ]


def _finals(finals: list[Box], right: list[Lane], boxes: dict[str, Box], x: float, width: float) -> float:
    """Place the final states beside what leads to them; returns the lowest edge."""

    def wish(box: Box) -> float:
        sources = [boxes[s].middle for lane in right for s, t in lane.pairs if t == box.name]
        return sum(sources) / len(sources) if sources else 0.0

    bottom = MARGIN - 24
    for box in sorted(finals, key=wish):
        arriving = [lane for lane in right if box.name in lane.ends]
        box.x, box.width = x, width
        box.height = max(len(box.lines) * 20 + 24.0, len(arriving) * PORT + 12)
        box.y = max(bottom + 24, wish(box) - box.height / 2)
        bottom = box.y + box.height
        first = box.middle - (len(arriving) - 1) * PORT / 2
        for number, lane in enumerate(arriving):
            lane.ports[box.name] = first + number * PORT
    return bottom
