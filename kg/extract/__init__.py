"""Extraction: from a parsed document to events, by the patterns of the event-type files."""
