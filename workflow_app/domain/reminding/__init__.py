"""When a deadline is put in front of somebody, and of whom: the habits of a careful secretary.

:mod:`ladder` counts the days of the reminders and says which of them is due;
:mod:`responsible` says whose they are. Neither knows a mail, a clock or a
database, so any sequence of days, nights missed and clocks that jump can be
played through them.
"""
