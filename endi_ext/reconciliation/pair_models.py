"""What was read of a host's documents: pairs frozen as they stood, and the readings that brought them in."""

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, Json, exact

RUNNING, DONE, STOPPED = "running", "done", "stopped"


class HostPair(Base):
    """A pair of the host's documents as it stood when it was last read (couple figé).

    The host forgets: a deleted order or a new invoice of a quotation takes a link away. `quotation_key` ties
    an invoice to the quotation it was made from; a quotation has no exchange of its own.
    """

    __tablename__ = "endi_ext_host_pair"
    __table_args__ = (
        UniqueConstraint("origin", "key", name="uq_endi_ext_host_pair_origin_key"),
        CheckConstraint("kind IN ('quotation', 'invoice', 'credit_note')", name="kind_is_known"),
        Index("ix_endi_ext_host_pair_exchange", "exchange_id", "id"),
        Index("ix_endi_ext_host_pair_quotation", "origin", "quotation_key", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    origin = Column(exact(20), nullable=False)
    key = Column(exact(60), nullable=False)
    kind = Column(exact(20), nullable=False)
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"))
    sale_number = Column(String(255), nullable=False, default="")
    purchase_key = Column(exact(60), nullable=False, default="")
    purchase_number = Column(String(255), nullable=False, default="")
    quotation_key = Column(exact(60))
    said_on = Column(Date, nullable=False)
    amount_cents = Column(BigInt, nullable=False)
    digest = Column(exact(64), nullable=False)
    read_at = Column(Instant, nullable=False)


class Adoption(Base):
    """One reading of the host's documents (reprise): a look only when `dry_run`, else they are adopted.

    It goes on batch by batch from `place`, the key of the last pair seen; `counts` are {kind: {what became
    of it, or why it was left out: how many}}. `request_key` makes one of a double click.
    """

    __tablename__ = "endi_ext_adoption"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'done', 'stopped')", name="state_is_known"),
        Index("ix_endi_ext_adoption_state", "state", "dry_run", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    request_key = Column(exact(64), nullable=False, unique=True)
    origin = Column(exact(20), nullable=False)
    dry_run = Column(Boolean(name="dry_run_is_boolean"), nullable=False)
    since = Column(Instant)
    state = Column(String(10), nullable=False, default=RUNNING)
    place = Column(exact(60), nullable=False, default="")
    expected = Column(Integer, nullable=False, default=0)
    seen = Column(Integer, nullable=False, default=0)
    counts = Column(Json, nullable=False)
    started_at = Column(Instant, nullable=False)
    started_by = Column(String(190), nullable=False)
    finished_at = Column(Instant)


class LeftOut(Base):
    """A pair that a reading left out, with the reason (laissé de côté)."""

    __tablename__ = "endi_ext_left_out"
    __table_args__ = (
        UniqueConstraint("adoption_id", "key", name="uq_endi_ext_left_out_adoption_id_key"),
        Index("ix_endi_ext_left_out_reason", "adoption_id", "reason", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    adoption_id = Column(ForeignKey("endi_ext_adoption.id"), nullable=False)
    key = Column(exact(60), nullable=False)
    kind = Column(exact(20), nullable=False)
    reason = Column(exact(40), nullable=False)
    number = Column(String(255), nullable=False, default="")
    said_on = Column(Date, nullable=False)
    amount_cents = Column(BigInt, nullable=False)
    seller_key = Column(String(60), nullable=False, default="")
    buyer_key = Column(String(60), nullable=False, default="")
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"))
