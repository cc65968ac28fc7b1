"""The side that runs inside the walls.

It knows no answers, no secrets, and imports nothing of ours but ``judge.sandbox.protocol``.
"""
