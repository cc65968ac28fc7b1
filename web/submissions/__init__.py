"""Answers on their way, judged, looked up, compared."""
