"""The Celery side, from a later milestone on: tasks that claim a submission and judge it."""
