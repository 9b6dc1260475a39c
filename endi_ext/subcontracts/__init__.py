"""Agreements between a principal and a subcontractor, what is delivered, what is accepted."""
