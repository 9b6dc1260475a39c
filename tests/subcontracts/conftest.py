"""Two people at once, for every module of this folder."""

from .test_concurrency import both, made

__all__ = ["both", "made"]
