"""The English sentences a rule carries with it: what was assumed, and why a clause gives no date.

Fixed sentences, keys of the catalogues. They are made with ``msg`` so that the
extraction of catalogues finds them.
"""

from __future__ import annotations

from workflow_app.domain.messages import msg

FROM_SIGNING = msg("counted from the signing date; the clause does not say").text
AT_A_TIME = msg("the clause says so long at a time; the first time is taken for the term").text
INCLUSIVE = msg("the last day named is counted in; the clause does not say").text
WHOLE_YEARS = msg("years without dates run from 1 January to 31 December").text
END_OF_MONTH = msg("the clause names a month only; its last day is used").text
END_OF_PART = msg("the clause names a part of the year only; its last day is used").text
AS_THE_FIRST = msg("the clause gives the day of the first time; the same day is used every year").text
SEASON_ONLY = msg("the clause names a season only; counted from the signing date").text
TITLE_PERIOD = msg("read from the title; no clause says how long the agreement is valid").text

FROM_BEGINNING = msg("counted from the day the agreement begins; the clause does not say").text

CONTINUOUS = msg("the clause says it is done continuously, so it has no date").text
YEARLY_UNDATED = msg("the clause says every year, but not when in the year").text
ON_EVENT = msg("the clause ties it to an event, not to a date").text
ON_REQUEST = msg("the clause says when needed or asked for, so it has no date").text
BY_AGREEMENT = msg("the clause says that the parties must agree, so it has no date").text
AFTER_ELECTION = msg("the clause ties it to an election, whose date it does not give").text
NO_INTERVAL = msg("the clause gives no interval").text
PARTIAL_DATE = msg("the text does not give the whole date of signing").text
BLANK_DATE = msg("the line for the date of signing is empty").text
AS_PARENT = msg("the clause follows the validity of another agreement").text
