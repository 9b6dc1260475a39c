"""A cooperative's year, simulated: seeded people who work for each other, and proofs after each step."""
