"""Benches: how well kg reads, against files that people annotated."""
