"""The agreement's own page, put together: every part of it from one gathering of what is true.

The page is looked at far more often than anything else, so each thing is read
once: the chronicle, the case, the people of the parties, the facts of the guards.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyramid.request import Request
from sqlalchemy import select

from workflow_app.domain.definitions import Definition, Permission
from workflow_app.domain.engine import possible, workings
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import TextVersion
from workflow_app.models.proceedings import ApprovalRound, Matter
from workflow_app.services import evaluations
from workflow_app.services.cases import case_of, facts_for
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.links import connections, sees
from workflow_app.services.links_suggestions import unlinked_references
from workflow_app.services.material import attachments_of, replaced
from workflow_app.services.people_holdings import Holder, holders
from workflow_app.services.sealing import foreign, sealed
from workflow_app.services.successors import SUCCEEDS
from workflow_app.services.trail_final import final_of
from workflow_app.services.worklist import waited_since, waiting_in
from workflow_app.web.pagemodels import AgreementPage, AttachmentRow, Link, RoundView, VersionRow
from workflow_app.web.present import coverage
from workflow_app.web.present.archive import archive_button
from workflow_app.web.present.deadlines import deadline_row, nearest, shown, silence_rows, text_places
from workflow_app.web.present.finality import finality
from workflow_app.web.present.links import connected_row
from workflow_app.web.present.meetings_line import meetings_line
from workflow_app.web.present.moves import Move, moves, undone
from workflow_app.web.present.next_steps import Standing, next_steps
from workflow_app.web.present.records import latest
from workflow_app.web.present.seals import on_paper, seal_line
from workflow_app.web.present.signatures import signed_file
from workflow_app.web.present.standing import diagram, diagram_states, in_force, party_views, warnings
from workflow_app.web.present.steps import round_view, transition_row
from workflow_app.web.present.words import (
    agreement_url,
    day,
    file_size,
    head,
    know_people,
    moment,
    moment_day,
    person_name,
)
from workflow_app.web.resources import AgreementResource

ROUNDS = 12
"""Rounds of approvals shown, the newest first; the trail has them all."""

VERSIONS = 6
"""Versions of the text shown beside the page; the text's own page has them all."""

ENTRIES = 5
"""Entries of the trail shown."""

DEADLINES = 6
"""Deadlines shown, those overdue first; their own page has them all, with what is counted of each."""


def agreement_page(request: Request, resource: AgreementResource) -> AgreementPage:
    """Where it stands, what comes next, whom it waits for, by when and from which clause."""
    db, agreement, definition = request.dbsession, resource.agreement, resource.definition
    chronicle = read_chronicle(db, agreement, request.today)
    deadlines = shown(chronicle)
    near = nearest(deadlines)
    gathered = case_of(db, agreement)
    # What does not start from here is refused before any fact is asked for.
    legal = [name for name in definition.transitions if workings(definition).legal(agreement.state, name)]
    facts = facts_for(
        db, agreement, definition, today=request.today, who=request.who, transitions=legal,
        chronicle=chronicle,
    )  # fmt: skip
    may = possible(definition, gathered.case, request.who.actor, facts)
    people = holders(db, [p.party.key for p in agreement.parties], request.today)
    evaluation = evaluations.newest(db, agreement) if agreement.evaluation_year is not None else None
    places = text_places(request, agreement)
    every = connections(db, agreement)
    connected = [c for c in every if sees(request.who, request.definitions, c.other)]
    after = [c.other for c in connected if c.relation == SUCCEEDS and not c.outgoing]
    may_link = bool(request.has_permission(Permission.EDIT, resource))
    made = moves(db, agreement, definition)
    rows = [transition_row(request, resource, p) for p in may]
    standing = Standing(
        resource=resource,
        awaited=waiting_in(agreement, definition, gathered.rounds, evaluation),
        since=day(request, moment_day(waited_since(agreement, gathered.rounds))),
        written=agreement.evaluation_year is None or (evaluation is not None and evaluation.complete),
        may=may,
        deadlines=deadlines,
        people=people,
        places=places,
        successor=after[-1].id if after else None,
    )
    sees_trail = bool(request.has_permission(Permission.VIEW_TRAIL, resource))
    final = final_of(db, agreement) if sees_trail else None
    seal, url = sealed.of_agreement(db, agreement), agreement_url(request, agreement.id)
    return AgreementPage(
        head=head(request, agreement, definition),
        in_force=in_force(request, agreement, definition, chronicle),
        diagram=diagram(request, definition, agreement.state),
        diagram_states=diagram_states(
            request, definition, agreement.state, frozenset(move.source for move in made)
        ),
        warnings=(
            *warnings(request, agreement, definition, people, facts.incomplete_sections or ()),
            *coverage.of_page(request, agreement, definition, people),
        ),
        next_steps=next_steps(request, standing),
        ongoing=not definition.states[agreement.state].final and not replaced(agreement),
        deadlines=tuple(deadline_row(request, agreement, d, places) for d in near[:DEADLINES]),
        more_deadlines=max(0, len(near) - DEADLINES),
        silences=silence_rows(request, agreement, chronicle, places),
        rounds=_rounds(request, resource, people, made),
        allowed=tuple(r for r in rows if not r.reasons),
        refused=tuple(r for r in rows if r.reasons),
        parties=party_views(request, agreement, definition, people),
        attachments=_attachments(request, agreement),
        versions=_versions(request, agreement),
        trail=latest(request, resource, final, ENTRIES) if final else (),
        trail_size=final.size if final else 0,
        finality=finality(request, final) if final else None,
        pdfs=_pdfs(request, agreement),
        seal=None if seal is None else seal_line(request, seal, f"{url}/agreement.pdf"),
        on_paper=on_paper(request, resource, url),
        connected=tuple(connected_row(request, agreement, c) for c in connected),
        may_link=may_link,
        unlinked=may_link and bool(unlinked_references(db, agreement, every)),
        learning_points=_learning_points(agreement, definition),
        meetings=meetings_line(request, agreement, chronicle),
        archive=archive_button(request, resource),
        definition=request.say(Message(definition.title)),
        digest=agreement.digest,
    )


def _rounds(
    request: Request, resource: AgreementResource, people: tuple[Holder, ...], made: Sequence[Move]
) -> tuple[RoundView, ...]:
    """The rounds, newest first: open ones, complete ones, and those whose approvals became void."""
    agreement, definition = resource.agreement, resource.definition
    rows = request.dbsession.scalars(
        select(ApprovalRound).where(ApprovalRound.agreement_id == agreement.id).order_by(ApprovalRound.id)
    ).all()
    know_people(request, (key for r in rows for a in r.approvals for key in (a.person_id, a.acting_for)))
    counted: dict[str, int] = {}
    numbered = []
    for row in rows:
        counted[row.transition] = counted.get(row.transition, 0) + 1
        # A round that was closed before anybody approved took nothing from anyone.
        if row.transition in definition.transitions and (row.approvals or row.closed_at is None):
            numbered.append((row, counted[row.transition]))
    return tuple(
        round_view(request, agreement, definition, row, people, number, undone=undone(definition, row, made))
        for row, number in reversed(numbered[-ROUNDS:])
    )


def _attachments(request: Request, agreement: Agreement) -> tuple[AttachmentRow, ...]:
    url, signed = agreement_url(request, agreement.id), foreign.known(request.dbsession, agreement)
    return tuple(
        AttachmentRow(
            id=str(a.id),
            label=a.name,
            filename=a.media_type,
            size=file_size(request, a.size),
            sha256=a.sha256,
            href=f"{url}/attachments/{a.id}",
            signed=signed_file(request, signed.get(a.sha256)),
        )
        for a in attachments_of(request.dbsession, agreement)
    )


def _versions(request: Request, agreement: Agreement) -> tuple[VersionRow, ...]:
    url = agreement_url(request, agreement.id)
    rows = request.dbsession.execute(
        select(TextVersion.number, TextVersion.created_at, TextVersion.person_id, TextVersion.sha256)
        .where(TextVersion.agreement_id == agreement.id)
        .order_by(TextVersion.number.desc())
        .limit(VERSIONS)
    ).all()
    know_people(request, (r.person_id for r in rows))
    return tuple(
        VersionRow(
            number=r.number,
            when=moment(request, r.created_at),
            who=person_name(request, r.person_id) if r.person_id else request.say(msg("The system")),
            sha256=r.sha256,
            href=f"{url}/text?version={r.number}",
            current=r.number == agreement.text_number,
        )
        for r in rows
    )


def _pdfs(request: Request, agreement: Agreement) -> tuple[Link, ...]:
    url = agreement_url(request, agreement.id)
    newest = request.dbsession.execute(
        select(Matter.number, Matter.frozen_at)
        .where(Matter.agreement_id == agreement.id)
        .order_by(Matter.number.desc())
        .limit(1)
    ).first()
    links = [Link(f"{url}/agreement.pdf", request.say(msg("The agreement (PDF)")))]
    if newest is not None:
        note = msg("frozen") if newest.frozen_at else msg("draft")
        paper = request.say(msg("The paper for the kommunestyre (PDF)"))
        links.append(Link(f"{url}/referatsak.pdf", paper, request.say(note)))
    return tuple(links)


def _learning_points(agreement: Agreement, definition: Definition) -> tuple[str, ...]:
    """Shown while the text can still be written; a paragraph for each year."""
    if not definition.states[agreement.state].may.get(Permission.EDIT):
        return ()
    return tuple(p for p in (agreement.learning_points or "").split("\n\n") if p.strip())
