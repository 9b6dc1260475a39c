"""The books: entries, lines, seals, periods. Written by service.py alone."""
