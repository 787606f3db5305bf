"""The fields a transition may ask for, and the cleaning of what came back.

One registry, so that the form, the JSON twin, the guards and the trail mean the
same by ``effective_date``.

A wrong field is :class:`InvalidData` (422): the question was misunderstood. A
right field with an impossible value for *this* agreement is a guard's (409).
"""

from __future__ import annotations

from workflow_app.domain.fields.cleaning import InvalidData, clean
from workflow_app.domain.fields.model import Choice, Field, FieldType
from workflow_app.domain.fields.registry import FIELDS, field

__all__ = ["FIELDS", "Choice", "Field", "FieldType", "InvalidData", "clean", "field"]
