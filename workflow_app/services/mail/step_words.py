"""What each kind of news says: the subject and the sentence, as a careful secretary would write them."""

from __future__ import annotations

from workflow_app.domain.messages import Message, msg
from workflow_app.services.mail.news import News

SUBJECTS: dict[News, Message] = {
    News.DRAFT_AGAIN: msg("Back to draft: ${title}"),
    News.WITHDRAWN: msg("Withdrawn: ${title}"),
    News.TERMINATED: msg("Terminated: ${title}"),
    News.ENDED: msg("Run out: ${title}"),
    News.SIGNED: msg("Signed: ${title}"),
    News.TO_BE_REVISED: msg("To be revised: ${title}"),
    News.EXTENDED: msg("Extended: ${title}"),
    News.STANDS_AGAIN: msg("Stands again: ${title}"),
    News.BEFORE_COUNCIL: msg("Dealt with by the kommunestyre: ${title}"),
    News.EVALUATED: msg("The evaluation is approved: ${title}"),
    News.DONE: msg("Approved by all – ${step}: ${title}"),
    News.SENT_BACK: msg("Sent back by the kommunestyre: ${title}"),
    News.POSTPONED: msg("Postponed by the kommunestyre: ${title}"),
    News.VOIDED: msg("Your approval no longer counts: ${title}"),
    News.PAPER_READY: msg("The paper for the kommunestyre is ready: ${title}"),
}
"""News → the subject of the mail."""

BY_SOMEBODY: dict[News, Message] = {
    News.DRAFT_AGAIN: msg(
        "${who} has made the agreement a draft again. What was approved until now no longer counts."
    ),
    News.WITHDRAWN: msg("${who} has withdrawn the agreement. It will not be signed."),
    News.TERMINATED: msg("${who} has terminated the agreement."),
    News.SIGNED: msg("The agreement is signed by all; ${who} was the last."),
    News.TO_BE_REVISED: msg("The agreement is to be revised, and the draft of a new one is made (${who})."),
    News.EXTENDED: msg("All have approved that the agreement is extended; ${who} was the last."),
    News.BEFORE_COUNCIL: msg(
        "The agreement has been before every kommunestyre it concerns; ${who} recorded the last outcome."
    ),
    News.EVALUATED: msg("All have approved the evaluation for ${year}; ${who} was the last."),
    News.DONE: msg("All who were to approve “${step}” have done so; ${who} was the last."),
    News.SENT_BACK: msg(
        "The kommunestyre has sent the matter back. ${who} recorded it. The matter must come before it again."
    ),
    News.POSTPONED: msg("The kommunestyre has postponed the matter. ${who} recorded it."),
    News.VOIDED: msg(
        "Your approval of “${step}” no longer counts. ${because} The change was made by ${who}."
    ),
    News.PAPER_READY: msg("The paper for the kommunestyre is finished and is not changed any more (${who})."),
}
"""News → what was done, where a person did it."""

BY_THE_CLOCK: dict[News, Message] = {
    News.ENDED: msg("The agreement has run out, and is no longer in force."),
    News.STANDS_AGAIN: msg("The draft of a new agreement was withdrawn, so this agreement stands as before."),
}
"""News → what was done, where a date did it."""

REGISTERED = msg("The agreement, signed on paper, is registered; ${who} was the last to approve it.")
REPLACED = msg("An agreement that replaces this one is signed, so this one is no longer in force.")
IN_FORCE_UNTIL = msg("In force until")
EXTENDED_UNTIL = msg("Extended until")
SIGNED_ON = msg("Signed on")
REASON = msg("The reason given")
DECISION = msg("The decision of the kommunestyre")
KEPT_OUT = msg("The reason is kept out of public papers and of mail; it stands on the page.")

YOUR_TURN = msg("Your turn – ${step}: ${title}")
IT_IS_YOUR_TURN = msg("It is your turn: ${step}.")
AND_YOUR_TURN = msg("Something waits for you now: ${step}.")
WRITE_EVALUATION = msg("Write the evaluation for ${year}")
APPROVE_EVALUATION = msg("Approve the evaluation for ${year}: ${step}")
CLAUSE = msg("What the agreement says")

AGREEMENT, PARTIES, STANDS = msg("Agreement"), msg("Parties"), msg("Status")
OPEN_STEP = msg("Open the task")
OPEN_AGREEMENT = msg("Open the agreement")

ERASED = msg("somebody whose name is erased")
THE_CLOCK = msg("the system, by date")
NAMED = msg("${name} (${role}, ${party})")

WHY = msg("You get this because you are ${role} for ${party}.")
WHY_ACTING = msg("You get this because you act as ${role} for ${party}.")
