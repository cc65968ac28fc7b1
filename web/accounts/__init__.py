"""Registration, sign-in, and what belongs to an account."""
