"""A job to which anything may happen: the job with its model, and what may happen, by kind."""
