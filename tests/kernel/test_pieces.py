from sqlalchemy import LargeBinary
from sqlalchemy.orm import Session, declarative_base

from endi_ext.kernel import pieces
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.orm import BigInt, Column

Base = declarative_base()


class Piece(Base):
    __tablename__ = "piece"

    id = Column(BigInt, primary_key=True)
    file_id = Column(BigInt)
    position = Column(BigInt)
    content = Column(LargeBinary)


def test_a_file_comes_back_piece_by_piece_in_the_order_it_had(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_BYTES", 3)
    engine = make_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine, future=True) as session:
        session.add(Piece(file_id=1, position=3, content=b"!"))
        session.flush()
        pieces.store(session, Piece, 1, b"abcdefgh")
        pieces.store(session, Piece, 2, b"noise")
        pieces.store(session, Piece, 3, b"")
        assert list(pieces.read(session, Piece, 1)) == [b"abc", b"def", b"gh", b"!"]
        assert list(pieces.read(session, Piece, 3)) == []
    engine.dispose()


def test_a_piece_stays_below_the_largest_packet_of_a_server():
    assert pieces.PIECE_BYTES == 1024 * 1024
