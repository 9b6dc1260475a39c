"""Colander schemas and widgets."""
