"""Bytes to records and back: no SQL, no terminal, no clock."""
