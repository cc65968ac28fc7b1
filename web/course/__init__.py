"""Chapters and problems, as students read them."""
