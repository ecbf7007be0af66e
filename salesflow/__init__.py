"""Sales follow-up for reps: what to do today, and what the week brought."""

__version__ = "0.1.0"
