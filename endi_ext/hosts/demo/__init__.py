"""The small application that stands for a host."""
