"""The Celery side: hints in, claims from the database, results back."""
