"""Linking: which report is of which event, as pure functions over frozen values."""
