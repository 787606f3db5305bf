"""How much the reader reads of clauses it was not built on (``make recall``)."""
