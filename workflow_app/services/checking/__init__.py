"""Answering whoever holds something of ours: is this bundle, this paper, this checkpoint what it claims?

Open to strangers, so an answer never tells more than the thing itself that is
asked about: whoever holds a file knows what is in it. That it is ours, since
when, and whether it is final is the answer; whose agreement it belongs to is
told to those who may see that agreement, and to nobody else. Nothing here
writes anything, and what is uploaded is forgotten with the answer.
"""

from __future__ import annotations
