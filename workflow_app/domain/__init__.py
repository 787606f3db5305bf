"""The pure heart of Avtaleflyt: what an agreement, a rule and a transition *are*.

Nothing in here knows Pyramid, SQLAlchemy, the clock or the disk. Everything
is a function of its arguments, so that the same answer can be given by a web
page, a command, a mail and an auditor three years later.
"""
