"""One agreement as the case file of one party's archive: everything that is to be kept, in order."""

from __future__ import annotations

from workflow_app.domain.role_names import role_name
from workflow_app.services.archive.agreement_records import agreement_record, evaluation_records, trail_record
from workflow_app.services.archive.codes import CaseStatus
from workflow_app.services.archive.council_records import council_record, own_matters
from workflow_app.services.archive.council_records import shield_of as council_shield
from workflow_app.services.archive.identity import archive_case
from workflow_app.services.archive.meeting_records import meeting_records
from workflow_app.services.archive.meeting_records import shield_of as meeting_shield
from workflow_app.services.archive.model import CaseFile, Participant, Registration, Shield
from workflow_app.services.archive.source import Source, number_of
from workflow_app.services.material import replaced
from workflow_app.services.matters import matters_of
from workflow_app.services.meetings.finding import meetings_of
from workflow_app.services.norway import local_date


def case_file(source: Source) -> CaseFile:
    """What is handed over; nothing is made or fetched yet (:class:`model.File`)."""
    agreement = source.agreement
    kept: list[Registration] = [
        agreement_record(source),
        *(council_record(source, matter) for matter in own_matters(source)),
        *evaluation_records(source),
        *meeting_records(source),
    ]
    number = case_number(source)
    year, sequence = number if number is not None else (None, None)
    status = _status(source)
    return CaseFile(
        id=source.id("case"),
        key=source.key("case"),
        title=agreement.title,
        created=agreement.created_at,
        opened=local_date(agreement.created_at),
        office=source.party.name,
        responsible=_responsible(source),
        status=status,
        participants=tuple(
            Participant(p.party.name, number_of(p.party), p.party.id == source.party.id)
            for p in agreement.parties
        ),
        registrations=(*kept, trail_record(source, _together(source))),
        year=year,
        sequence=sequence,
        closed=agreement.moved_at if status is CaseStatus.CLOSED else None,
    )


def case_number(source: Source) -> tuple[int, int] | None:
    """The archive's own number of the case: of the newest matter that has one, the agreement's own first."""
    matters = sorted(own_matters(source), key=lambda m: (m.occasion == "agreement", m.number), reverse=True)
    today = local_date(source.now)
    return next((n for m in matters if (n := archive_case(m.archive_case, today)) is not None), None)


def _responsible(source: Source) -> str:
    """The case officer the kommune has named; else the office, since no other person is to be told of."""
    officers = [m.case_officer for m in own_matters(source) if m.case_officer]
    if officers:
        return officers[-1]
    return source.voice.say(
        role_name("slt_coordinator" if source.party.side == "municipal" else "politikontakt")
    )


def _status(source: Source) -> CaseStatus:
    agreement = source.agreement
    if replaced(agreement):
        return CaseStatus.CLOSED
    if not source.definition.states[agreement.state].final:
        return CaseStatus.OPEN
    # An agreement nobody ever signed never became one.
    return CaseStatus.CLOSED if agreement.signed_on is not None else CaseStatus.DROPPED


def _together(source: Source) -> Shield | None:
    """The trail holds every paper of every party, so it is closed where one of them is, on every ground."""
    closed = [
        *(council_shield(matter) for matter in matters_of(source.session, source.agreement)),
        *(meeting_shield(source, meeting) for meeting in meetings_of(source.session, source.agreement)),
    ]
    grounds = dict.fromkeys(shield.basis for shield in closed if shield is not None)
    return Shield("; ".join(grounds)) if grounds else None
