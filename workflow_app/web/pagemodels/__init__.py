"""What each page shows: plain, frozen, already in the reader's language.

Views fill these from services and hand them to a template as ``page`` (beside
``layout``). That keeps three things apart that grow into each other otherwise:
what is true (services), how it is said (views, which translate and format) and
how it looks (templates, which do neither). It also lets every page be drawn,
looked at and checked for accessibility without a database.

A template of the same name draws each: ``WorklistPage`` → ``pages/worklist.pt``.
Optional parts default to "nothing", and the template leaves them out.
"""

from __future__ import annotations

from workflow_app.web.pagemodels.agreement import (
    AgreementPage,
    DiagramState,
    Holder,
    InForce,
    NextStep,
    PartyView,
    TransitionRow,
)
from workflow_app.web.pagemodels.clauses import Mark, MarkedBlock, MarkedSection, TextRun
from workflow_app.web.pagemodels.common import (
    AgreementHead,
    ApprovalRow,
    Capacity,
    Choice,
    Clause,
    DeadlineRow,
    Link,
    Moment,
    Pager,
    Problem,
    RoundView,
    Silence,
    VersionRow,
    Waiting,
)
from workflow_app.web.pagemodels.entrance import AccessibilityPage, DemoAccount, ErrorPage, Kept, LoginPage
from workflow_app.web.pagemodels.evaluation import EvaluationPage, EvaluationView
from workflow_app.web.pagemodels.layout import Flash, Layout, SignedIn
from workflow_app.web.pagemodels.lists import (
    AddPage,
    AgreementRow,
    AgreementsPage,
    PartiesPage,
    PartyRow,
    WaitingItem,
    WorkItem,
    WorklistPage,
)
from workflow_app.web.pagemodels.matters import (
    ExcerptRow,
    HandlingRow,
    KommuneMatters,
    MatterPage,
    MattersPage,
    MatterView,
    Offer,
)
from workflow_app.web.pagemodels.proof import (
    CheckLine,
    CheckResult,
    Cosigned,
    Finality,
    KeyRow,
    LogPage,
    VerifyPage,
    WitnessRow,
)
from workflow_app.web.pagemodels.records import (
    AttachmentRow,
    AttachmentsPage,
    DeadlinesPage,
    Detail,
    TrailEntry,
    TrailPage,
)
from workflow_app.web.pagemodels.rules import (
    Order,
    Preview,
    PreviewChange,
    Proposal,
    Question,
    RuleField,
    RuleForm,
    RuleRow,
    RulesPage,
    Unread,
)
from workflow_app.web.pagemodels.steps import (
    Approved,
    TransitionPage,
    TransitionsPage,
)
from workflow_app.web.pagemodels.texts import (
    Comparison,
    DiffRow,
    TextBlock,
    TextEdit,
    TextPage,
    TextSection,
)

__all__ = [
    "AccessibilityPage",
    "AddPage",
    "AgreementHead",
    "AgreementPage",
    "AgreementRow",
    "AgreementsPage",
    "ApprovalRow",
    "Approved",
    "AttachmentRow",
    "AttachmentsPage",
    "Capacity",
    "CheckLine",
    "CheckResult",
    "Choice",
    "Clause",
    "Comparison",
    "Cosigned",
    "DeadlineRow",
    "DeadlinesPage",
    "DemoAccount",
    "Detail",
    "DiagramState",
    "DiffRow",
    "ErrorPage",
    "EvaluationPage",
    "EvaluationView",
    "ExcerptRow",
    "Finality",
    "Flash",
    "HandlingRow",
    "Holder",
    "InForce",
    "Kept",
    "KeyRow",
    "KommuneMatters",
    "Layout",
    "Link",
    "LogPage",
    "LoginPage",
    "Mark",
    "MarkedBlock",
    "MarkedSection",
    "MatterPage",
    "MatterView",
    "MattersPage",
    "Moment",
    "NextStep",
    "Offer",
    "Order",
    "Pager",
    "PartiesPage",
    "PartyRow",
    "PartyView",
    "Preview",
    "PreviewChange",
    "Problem",
    "Proposal",
    "Question",
    "RoundView",
    "RuleField",
    "RuleForm",
    "RuleRow",
    "RulesPage",
    "SignedIn",
    "Silence",
    "TextBlock",
    "TextEdit",
    "TextPage",
    "TextRun",
    "TextSection",
    "TrailEntry",
    "TrailPage",
    "TransitionPage",
    "TransitionRow",
    "TransitionsPage",
    "Unread",
    "VerifyPage",
    "VersionRow",
    "Waiting",
    "WaitingItem",
    "WitnessRow",
    "WorkItem",
    "WorklistPage",
]
