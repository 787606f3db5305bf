"""The year as a wheel: where its marks stand, how they look, and the sheet that is hung on the wall."""

from __future__ import annotations

from workflow_app.domain.wheel.drawing import sign_svg, wheel_svg
from workflow_app.domain.wheel.model import KINDS, STATES, Kind, Line, Mark, State, Wheel, Words
from workflow_app.domain.wheel.poster import poster_svg

__all__ = [
    "KINDS",
    "STATES",
    "Kind",
    "Line",
    "Mark",
    "State",
    "Wheel",
    "Words",
    "poster_svg",
    "sign_svg",
    "wheel_svg",
]
