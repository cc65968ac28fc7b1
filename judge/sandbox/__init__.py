"""Runs other people's code behind walls, and brings back what was seen of it."""
