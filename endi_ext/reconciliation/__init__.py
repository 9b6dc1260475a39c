"""Two sides of the same exchanges held against each other: what agrees, what does not, and why."""
