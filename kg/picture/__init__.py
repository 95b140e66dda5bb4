"""Pictures as SVG: pure functions from values to text, the same bytes for the same values."""
