"""Texts by area and language; nothing here but words."""
