"""Money, errors, Base, workflow and Party: what every package stands on, and imports nothing of ours."""
