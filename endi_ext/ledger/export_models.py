"""What was handed to the accounting software: one row for each file, never one for each entry."""

from sqlalchemy import CheckConstraint, Date, Index, Integer, String, UniqueConstraint

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact


class ExportMark(Base):
    """One file made for the accounting software (marque d'export): who, when, what, how much.

    The file held entries of the days from `starts_on` to `ends_on`, of the sequences from `first_sequence` to
    `last_sequence`: since entries are only ever added, an entry of those days is exported when its sequence
    is not beyond. `repeated_count` of them had been exported before in that shape; `attempt` tells apart the
    files that end at the same entry.
    """

    __tablename__ = "endi_ext_export_mark"
    __table_args__ = (
        UniqueConstraint(
            "shape", "starts_on", "ends_on", "last_sequence", "attempt", name="uq_endi_ext_export_mark_place"
        ),
        CheckConstraint("first_sequence <= last_sequence", name="begins_before_it_ends"),
        CheckConstraint("entry_count > 0", name="is_not_empty"),
        CheckConstraint("repeated_count >= 0 AND repeated_count <= entry_count", name="repeated_fits"),
        Index("ix_endi_ext_export_mark_days", "ends_on", "starts_on", "last_sequence"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    shape = Column(exact(10), nullable=False)
    span = Column(String(10), nullable=False)
    starts_on = Column(Date, nullable=False)
    ends_on = Column(Date, nullable=False)
    first_sequence = Column(BigInt, nullable=False)
    last_sequence = Column(BigInt, nullable=False)
    attempt = Column(Integer, nullable=False, default=1)
    entry_count = Column(BigInt, nullable=False)
    repeated_count = Column(BigInt, nullable=False, default=0)
    file_name = Column(String(190), nullable=False)
    file_digest = Column(String(64), nullable=False)
    made_at = Column(Instant, nullable=False)
    made_by = Column(String(190), nullable=False)
