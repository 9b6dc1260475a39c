"""How the tables of refusals are written."""

# Any action, or any role, that has no sentence of its own.
ANY = "*"
