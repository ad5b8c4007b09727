"""Benchmarks: each measures the work beside a peer in the same run, and how its cost grows."""
