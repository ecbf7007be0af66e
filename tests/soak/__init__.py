"""Long runs that try to break the book: ``python -m tests.soak`` lists them, ``python -m tests.soak NAME`` runs one."""
