"""Views: each gathers, calls one service, answers."""
