"""Benchmarks: scripts that measure and print ratios; never a timed test."""
