"""Recordings: what explorers send to a page, for a page that has no kernel to ask."""
