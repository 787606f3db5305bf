"""The clause tables: each module reads one family of clauses out of one sentence.

Every reader takes the page and a sentence and yields rules and questions. What
two clauses mean together (a start here and a notice there) is settled
afterwards, in ``reading.settle``.
"""
