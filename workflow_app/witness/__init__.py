"""The witness: a small program on a party's own machine that looks after the log on its behalf."""
