"""Answering invitations to tender together: from a published notice to the money each member receives."""
