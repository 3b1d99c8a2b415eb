"""A signature is valid only for its purpose and its site."""

from hypothesis import given
from hypothesis import strategies as st

from service.signing import Signer

SIGNER = Signer(b"a secret of the tests")


@given(st.binary(min_size=12, max_size=12))
def test_a_readers_token_is_recognised_on_its_site(random):
    token = SIGNER.reader_token("news", random)
    reader = SIGNER.reader("news", token)
    assert reader is not None
    assert reader == SIGNER.reader("news", token)
    assert SIGNER.reader("blog", token) is None
    assert Signer(b"another secret").reader("news", token) is None


@given(st.text())
def test_rubbish_is_no_token_and_no_receipt(rubbish):
    assert SIGNER.reader("news", rubbish) is None
    assert not SIGNER.is_receipt("news", "c1", rubbish)


def test_a_receipt_is_for_one_comment():
    receipt = SIGNER.receipt("news", "c1")
    assert SIGNER.is_receipt("news", "c1", receipt)
    assert not SIGNER.is_receipt("news", "c2", receipt)
    assert not SIGNER.is_receipt("blog", "c1", receipt)


def test_a_pseudonym_does_not_show_the_person():
    assert "192" not in SIGNER.pseudonym("news", "address", "192.0.2.1")
    assert SIGNER.pseudonym("news", "address", "192.0.2.1") != SIGNER.pseudonym(
        "blog", "address", "192.0.2.1"
    )
