"""Turn what people wrote and what judgings found into safe HTML."""
