"""The installation's seal on its papers, and reading the signatures that others have set on theirs."""
