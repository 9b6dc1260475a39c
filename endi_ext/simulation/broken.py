"""What the simulation says when something that must hold does not."""


class Broken(Exception):
    """Something that must hold does not: (code, facts)."""
