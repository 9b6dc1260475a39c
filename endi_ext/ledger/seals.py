"""The chain: canonical JSON, digests, and signed checkpoints."""

GENESIS = "0" * 64
