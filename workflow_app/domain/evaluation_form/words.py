"""What the evaluation asks, in our own words, and what is chosen between.

The keys are stored with the answers and never change; the words may. They stay
close to what the clauses ask for: the effect of the measures, what was learnt,
and what is carried on to the year after.
"""

from __future__ import annotations

from workflow_app.domain.messages import Message, msg

PARTS: dict[str, Message] = {
    "measures": msg("What was done"),
    "effect": msg("What has changed, and how we know"),
    "learning": msg("What was learnt, and what is carried on"),
}
"""What is written of each goal, in the order it is asked."""

ASSESSMENTS: dict[str, Message] = {
    "reached": msg("Reached"),
    "partly": msg("Partly reached"),
    "not_reached": msg("Not reached"),
    "cannot_be_judged": msg("Cannot be judged"),
}
"""How far a goal was reached; what nobody can judge is said to be so, and why stands in the effect."""

QUESTIONS: dict[str, Message] = {
    "situation": msg("How the situation has developed"),
    "meetings": msg("The meetings of the politiråd"),
    "tasks": msg("What the agreement asks for each year"),
    "preparedness": msg("Preparedness and public safety"),
    "cooperation": msg("How kommune and police have worked together"),
    "conclusion": msg("Conclusion"),
}
"""What is asked besides the goals."""

HELP: dict[str, Message] = {
    "situation": msg(
        "What does the year's picture of crime and safety show, compared with the year before, and from"
        " which figures or reports is it known?"
    ),
    "meetings": msg("Were they held as agreed, did the right people come, and what came of the decisions?"),
    "tasks": msg("What was done, when, and what did it show?"),
    "preparedness": msg("Which exercises, plans or measures were there, and what did they change?"),
    "cooperation": msg("What has worked, what has not, and what do the two sides expect of each other?"),
    "conclusion": msg("What does all of it come to, and why does the agreement go on as it is or not?"),
}
"""What to think of when answering."""

REQUIRED = ("cooperation", "conclusion")
"""The questions that nobody can approve without an answer to."""
