"""The fuzzer: mutated agreements by the thousand, each read in a process that may be killed.

``python -m tests.fuzz --count 100000`` is ``make fuzz``; the suite runs the first
two thousand seeds. A seed is an input, the same one as long as the examples it is
made of are the same, so that a failure is told by its number:
``python -m tests.fuzz --seed 4711`` shows it and reads it again.
"""
