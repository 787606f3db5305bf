"""The drawing: everything is in it, nothing lies on anything else, and it can be read by ear."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from tests.support.workflows import ADOPTED, REPORTED
from workflow_app.domain.definitions import Definition, parse
from workflow_app.domain.diagram import arrows, as_list, mermaid, svg
from workflow_app.domain.diagram.layout import SMALL, Layout, lay_out
from workflow_app.domain.engine import workings

SVG = "{http://www.w3.org/2000/svg}"
BOTH = pytest.mark.parametrize("definition", [REPORTED, ADOPTED], ids=lambda d: d.id)


def drawn(definition: Definition, current: str | None = None, **more: object) -> ElementTree.Element:
    return ElementTree.fromstring(svg(definition, current, **more))  # type: ignore[arg-type]


def words(root: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


@BOTH
def test_every_state_and_step_is_drawn(definition: Definition) -> None:
    root = drawn(definition)
    states = {group.get("data-state") for group in root.iter(f"{SVG}g")}
    assert states == set(definition.states)
    said = words(root)
    for state in definition.states.values():
        assert state.label in said
    for step in definition.transitions.values():
        assert step.label in said


@BOTH
def test_the_arrows_are_what_the_machine_allows(definition: Definition) -> None:
    machine = workings(definition).machine
    allowed = {
        (t.source, t.dest)
        for event in machine.events.values()
        for ways in event.transitions.values()
        for t in ways
    }
    ways = {(arrow.source, arrow.target) for arrow in arrows(definition)}
    assert ways <= allowed
    # What is only recorded stays where it is and is no way.
    assert {way for way in allowed - ways if way[0] != way[1]} == set()


@BOTH
def test_only_the_current_state_is_marked(definition: Definition) -> None:
    root = drawn(definition, "signed")
    marked = [g.get("data-state") for g in root.iter(f"{SVG}g") if "workflow-now" in (g.get("class") or "")]
    assert marked == ["signed"]
    assert "now" in words(root)
    assert "The agreement is now: Signed." in (root.findtext(f"{SVG}desc") or "")
    for nothing in (None, "limbo"):
        assert "workflow-now" not in svg(definition, nothing)


@BOTH
def test_it_can_be_read_by_ear(definition: Definition) -> None:
    root = drawn(definition)
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert len(named) == 2
    assert set(named) <= ids
    assert root.findtext(f"{SVG}title") == definition.title


def test_the_list_says_every_way_in_words() -> None:
    rows = as_list(REPORTED)
    assert ("Draft", "Agree on the text", "Negotiated") in rows
    assert ("Annual evaluation", "Continue", "Reported") in rows
    assert ("Signed", "Extend", "Signed") in rows
    assert ("Negotiated", "Sent back (sendt tilbake)", "Draft") in as_list(ADOPTED)
    assert len(rows) == len(arrows(REPORTED)) == len(set(rows))


def test_everything_is_translated() -> None:
    said = words(drawn(REPORTED, "draft", translate=lambda text: f"[{text}]"))
    assert "[Draft]" in said
    assert "[Sign]" in said
    assert "[now]" in said
    assert ("[Draft]", "[Agree on the text]", "[Negotiated]") in as_list(REPORTED, lambda text: f"[{text}]")


@BOTH
def test_nothing_a_strict_policy_would_refuse(definition: Definition) -> None:
    text = svg(definition, "draft")
    assert "<style" not in text
    assert " style=" not in text
    assert "<script" not in text
    assert not re.search(r"\son\w+=", text)


HOSTILE = """
id = "hostile"
version = 1
title = "<b>&\\"bold\\"</b>"
initial = "a"
[sides.x]
roles = ["p"]
[sides.y]
roles = ["q"]
[states.a]
label = "A <script>alert(1)</script> & \\"quotes\\" in a name far too long for one line"
may = {view = ["p"]}
[states.b]
label = "B: [end] {x}; #1"
final = true
may = {view = ["p"]}
[transitions.go]
label = "Go & <stop>"
from = ["a"]
to = "b"
may = ["p"]
"""


def test_labels_are_escaped() -> None:
    hostile = parse(HOSTILE, "hostile.toml")
    root = drawn(hostile, "a")
    assert "<script" not in svg(hostile)
    assert "Go & <stop>" in words(root)
    lines = mermaid(hostile).splitlines()
    assert len(lines) == 6
    assert 'state "B end x 1" as s_b' in lines[2]


def place(definition: Definition) -> Layout:
    return lay_out(definition, str)


@BOTH
def test_boxes_do_not_overlap_and_everything_is_inside(definition: Definition) -> None:
    layout = place(definition)
    for a, b in combinations(layout.boxes.values(), 2):
        beside = a.x + a.width <= b.x or b.x + b.width <= a.x
        above = a.y + a.height <= b.y or b.y + b.height <= a.y
        assert beside or above, (a.name, b.name)
    for box in layout.boxes.values():
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= layout.width
        assert box.y + box.height <= layout.height
    assert all(0 < lane.x < layout.width for lane in layout.lanes)


@BOTH
def test_lanes_that_share_a_track_do_not_touch(definition: Definition) -> None:
    for a, b in combinations(place(definition).lanes, 2):
        if a.x == b.x:
            assert max(a.ports.values()) < min(b.ports.values()) or max(b.ports.values()) < min(
                a.ports.values()
            )


@BOTH
def test_no_two_lines_meet_a_box_at_the_same_place(definition: Definition) -> None:
    layout = place(definition)
    for name, box in layout.boxes.items():
        for right in (False, True):
            ports = sorted(
                lane.ports[name] for lane in layout.lanes if name in lane.ports and lane.right is right
            )
            assert all(later - earlier >= 20 for earlier, later in pairwise(ports))
            assert all(box.y < port < box.y + box.height for port in ports)


@BOTH
def test_words_beside_a_box_end_before_the_first_lane(definition: Definition) -> None:
    layout = place(definition)
    for lane in layout.lanes:
        for name in lane.sources:
            box, long = layout.boxes[name], len(lane.label) * SMALL
            if lane.right:
                first = min(other.x for other in layout.lanes if other.right)
                assert box.x + box.width + 8 + long <= first
            else:
                first = max(other.x for other in layout.lanes if not other.right)
                assert box.x - 8 - long >= first


def test_the_main_path_goes_down_in_the_order_of_life() -> None:
    boxes = place(REPORTED).boxes
    life = ["draft", "negotiated", "signed", "reported", "annual_evaluation", "revised"]
    assert [b.name for b in sorted((boxes[n] for n in life), key=lambda b: b.y)] == life
    assert len({boxes[name].x for name in life}) == 1


def test_the_smallest_definition_is_drawn_too() -> None:
    hostile = parse(HOSTILE, "hostile.toml")
    layout = lay_out(hostile, str)
    assert [lane.ends for lane in layout.lanes] == [["a", "b"]]
    assert len(list(drawn(hostile).iter(f"{SVG}path"))) == 2


def test_mermaid_has_every_arrow() -> None:
    text = mermaid(REPORTED)
    assert text.startswith("stateDiagram-v2\n")
    assert text.count(" --> ") == len(arrows(REPORTED)) + 1 + 3
    assert "s_revised --> s_signed : Resume (automatic)" in text
