"""The witness: a small program for a kommune's or the police's own machine, off the server.

It remembers the largest tree it has seen of one log, and cosigns a new head
only when that head's tree begins with the one it remembers. Whoever rewrites
the log on the server can then no longer get that signature, and when the
witnesses of both sides have signed the same head, both have seen the same history.

It needs the verifier (``workflow_app.domain.trail``), the standard library and
``cryptography``, and nothing of the server, so that it can be installed without it.
"""
