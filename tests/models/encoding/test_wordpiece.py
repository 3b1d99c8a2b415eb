"""Words are split into the longest pieces that the vocabulary knows."""

import pytest

from models.encoding.wordpiece import LONGEST_WORD, WordPiece
from tests.models.encoding.artifact import VOCABULARY


@pytest.fixture(scope="module")
def wordpiece():
    return WordPiece(VOCABULARY)


@pytest.mark.parametrize(
    ("chunk", "pieces"),
    [
        ("clown", "clown"),
        ("fart", "f ##a ##rt"),
        ("clowning", "clown ##ing"),
        ("idiot!!", "idiot ! !"),
        ("a.b,c", "a . b , c"),
        ("don't", "d ##o ##n ' t"),
        ("clownish☺", "[UNK]"),
        ("你you", "[UNK] you"),
        ("the\ufffdfox", "the fox"),
        ("a" * LONGEST_WORD, " ".join(["a", *["##a"] * (LONGEST_WORD - 1)])),
        ("a" * (LONGEST_WORD + 1), "[UNK]"),
        ("", ""),
    ],
)
def test_the_longest_piece_comes_first(wordpiece, chunk, pieces):
    [found] = wordpiece.pieces([chunk])
    assert [VOCABULARY[piece.id] for piece in found] == pieces.split()


@pytest.mark.parametrize("chunk", ["clowning,", "don't", "你you☺", "fart."])
def test_pieces_cover_their_chunk(wordpiece, chunk):
    [found] = wordpiece.pieces([chunk])
    assert "".join(chunk[piece.start : piece.end] for piece in found) == chunk


def test_a_vocabulary_without_special_pieces_is_refused():
    with pytest.raises(ValueError, match="MASK"):
        WordPiece([piece for piece in VOCABULARY if piece != "[MASK]"])


def test_a_vocabulary_is_read_from_a_file(tmp_path, wordpiece):
    path = tmp_path / "pieces.txt"
    path.write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")

    assert len(WordPiece.load(path)) == len(VOCABULARY)
    assert WordPiece.load(path).pieces(["clown?"]) == wordpiece.pieces(["clown?"])
