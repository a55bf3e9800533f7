"""The digest of small things is the SHA-256 that every other program reckons."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from cimodel_tui.model.seal import digest


@given(st.binary(max_size=300))
def test_digest_is_the_sha_256(data: bytes) -> None:
    assert digest(data) == hashlib.sha256(data).hexdigest()
