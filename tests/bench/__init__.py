"""Benchmarks, apart from the tests: figures beside the limits measured in the same run, never asserted."""
