"""The diagram as SVG, to stand in a page or in a file of its own.

Colours are presentation attributes, so a page's style sheet wins over them and
a strict content security policy has nothing to object to. The current state is
told by a heavier frame and a word, not by colour alone. Screen readers get a
title and a description; the list of all steps stands beside it (``as_list``).
"""

from __future__ import annotations

from html import escape

from workflow_app.domain.definitions import Definition
from workflow_app.domain.diagram.arrows import Translate, say
from workflow_app.domain.diagram.layout import LINE, Box, Lane, Layout, Straight, lay_out
from workflow_app.domain.messages import msg

INK, QUIET, LINE_INK, GROUND = "#1e2b3c", "#4b5b6e", "#5b6f86", "#ffffff"
BOX, BOX_EDGE, END, NOW, NOW_EDGE = "#eef3f8", "#8296ab", "#f4f1ec", "#cfe4f7", "#00508c"
FONT = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
CORNER = 9.0


def svg(definition: Definition, current: str | None = None, translate: Translate = str) -> str:
    """The drawing of ``definition`` as an ``<svg>`` element.

    ``current`` marks a state by name (None or unknown: none); ``translate``
    turns English words into the reader's.
    """
    layout = lay_out(definition, translate)
    mark = f"wf-{definition.digest[:8]}"
    width, height = round(layout.width), round(layout.height)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" class="workflow" role="img" '
        f'viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" aria-labelledby="{mark}-title {mark}-desc" '
        f'font-family="{escape(FONT)}" font-size="13" fill="{INK}">',
        f'<title id="{mark}-title">{escape(translate(definition.title))}</title>',
        f'<desc id="{mark}-desc">{escape(_description(definition, current, translate))}</desc>',
        f'<defs><marker id="{mark}-tip" viewBox="0 0 10 10" refX="9" refY="5" '
        'markerWidth="7" markerHeight="7" '
        f'orient="auto-start-reverse"><path class="workflow-tip" d="M0 0.5 10 5 0 9.5z" fill="{LINE_INK}"/>'
        "</marker></defs>",
        f'<rect class="workflow-ground" width="{width}" height="{height}" fill="{GROUND}" rx="8"/>',
    ]
    parts += [_straight(layout, straight, mark) for straight in layout.straights]
    # Long lanes first: where lines cross, the short one stays whole.
    parts += [_lane(layout, lane, mark) for lane in reversed(layout.lanes)]
    now = say(msg("now"), translate)
    parts += [_box(box, now if box.name == current else "") for box in layout.boxes.values()]
    parts += [_lane_words(layout, lane) for lane in layout.lanes]
    parts.append("</svg>")
    return "\n".join(parts)


def _description(definition: Definition, current: str | None, translate: Translate) -> str:
    names = ", ".join(translate(state.label) for state in definition.states.values())
    sentence = say(msg("States: ${names}. Dashed lines happen by themselves.", names=names), translate)
    if current is not None and current in definition.states:
        here = translate(definition.states[current].label)
        sentence += " " + say(msg("The agreement is now: ${state}.", state=here), translate)
    return sentence


def _text(x: float, y: float, words: str, kind: str, extra: str = "") -> str:
    return f'<text class="workflow-{kind}" x="{x:.1f}" y="{y:.1f}"{extra}>{escape(words)}</text>'


def _path(d: str, automatic: bool, mark: str, first: bool = False, last: bool = True) -> str:
    """A line with an arrow's tip at its ``first`` or ``last`` point."""
    dashes = ' stroke-dasharray="5 4"' if automatic else ""
    kind = "workflow-line workflow-automatic" if automatic else "workflow-line"
    ends = [end for end, there in (("start", first), ("end", last)) if there]
    tips = "".join(f' marker-{end}="url(#{mark}-tip)"' for end in ends)
    return f'<path class="{kind}" d="{d}" fill="none" stroke="{LINE_INK}" stroke-width="1.5"{dashes}{tips}/>'


def _box(box: Box, now: str) -> str:
    kind = "workflow-state" + (" workflow-final" if box.final else "") + (" workflow-now" if now else "")
    fill, edge, heavy = (NOW, NOW_EDGE, 3) if now else (END if box.final else BOX, BOX_EDGE, 1.25)
    radius = box.height / 2 if box.final else 10
    size = f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
    out = [
        f'<g class="{kind}" data-state="{escape(box.name)}">',
        f'<rect {size} rx="{min(radius, 22):.0f}" fill="{fill}" stroke="{edge}" stroke-width="{heavy}"/>',
    ]
    middle = box.x + box.width / 2
    y = box.middle - (len(box.lines) * 20 + len(box.stays) * LINE) / 2 + 15
    for line in box.lines:
        out.append(_text(middle, y, line, "name", ' text-anchor="middle" font-size="15" font-weight="600"'))
        y += 20
    for line in box.stays:
        out.append(_text(middle, y - 1, line, "stay", f' text-anchor="middle" fill="{QUIET}"'))
        y += LINE
    if now:
        x, top = box.x + box.width - 12, box.y
        wide = len(now) * 7 + 16
        out.append(
            f'<rect x="{x - wide:.1f}" y="{top - 10:.1f}" width="{wide}" height="20" rx="10" '
            f'fill="{NOW_EDGE}"/>'
        )
        out.append(_text(x - wide / 2, top + 4, now, "here", ' text-anchor="middle" fill="#ffffff"'))
    return "".join([*out, "</g>"])


def _straight(layout: Layout, straight: Straight, mark: str) -> str:
    source, target = layout.boxes[straight.source], layout.boxes[straight.target]
    x = source.x + source.width / 2
    top, bottom = source.y + source.height, target.y
    automatic = all(auto for _, auto in straight.labels)
    out = [_path(f"M{x:.1f} {top:.1f}V{bottom - 1:.1f}", automatic, mark)]
    y = (top + bottom) / 2 - (len(straight.labels) - 1) * LINE / 2 + 4
    for number, (words, auto) in enumerate(straight.labels):
        out.append(_text(x + 10, y + number * LINE, words, "words", _slant(auto)))
    return "".join(out)


def _lane(layout: Layout, lane: Lane, mark: str) -> str:
    """The lane once, from its highest box to its lowest, and a branch to each box between.

    Drawn once, because two dashed lines on top of each other look like a solid one.
    """
    targets = {target for _, target in lane.pairs}
    ends = sorted((lane.ports[name], _edge(layout.boxes[name], lane), name in targets) for name in lane.ends)
    (y1, x1, first), *between, (y2, x2, last) = ends
    turn = min(CORNER, (y2 - y1) / 2)
    if turn < 1:
        out = [_path(f"M{x1:.1f} {y1:.1f}H{x2:.1f}", lane.automatic, mark, first, last)]
    else:
        a, b = (turn if x > lane.x else -turn for x in (x1, x2))
        d = (
            f"M{x1:.1f} {y1:.1f}H{lane.x + a:.1f}Q{lane.x:.1f} {y1:.1f} {lane.x:.1f} {y1 + turn:.1f}"
            f"V{y2 - turn:.1f}Q{lane.x:.1f} {y2:.1f} {lane.x + b:.1f} {y2:.1f}H{x2:.1f}"
        )
        out = [_path(d, lane.automatic, mark, first, last)]
    for y, x, arrives in between:
        out.append(_path(f"M{lane.x:.1f} {y:.1f}H{x:.1f}", lane.automatic, mark, False, arrives))
    return "".join(out)


def _edge(box: Box, lane: Lane) -> float:
    """The x at which a lane meets a box: final states stand beyond the lanes on the right."""
    return box.x + box.width if lane.right and not box.final else box.x


def _lane_words(layout: Layout, lane: Lane) -> str:
    out = []
    for name in lane.sources:
        box, y = layout.boxes[name], lane.ports[name] - 5
        x, anchor = (box.x + box.width + 8, "start") if lane.right else (box.x - 8, "end")
        out.append(_text(x, y, lane.label, "words", f' text-anchor="{anchor}"' + _slant(lane.automatic)))
    return "".join(out)


def _slant(automatic: bool) -> str:
    halo = f' fill="{QUIET}" stroke="{GROUND}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
    return halo + (' font-style="italic"' if automatic else "")
