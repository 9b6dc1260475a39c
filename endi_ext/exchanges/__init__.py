"""Who owes what inside the cooperative: one record that both sides read, posted as one balanced entry."""
