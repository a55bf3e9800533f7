"""The digest of small things is the SHA-256 that every other program reckons."""

import hashlib
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from cimodel_tui.model.seal import digest


@given(st.binary(max_size=300))
def test_digest_is_the_sha_256(data: bytes) -> None:
    assert digest(data) == hashlib.sha256(data).hexdigest()


def test_digest_of_something_small_does_not_load_openssl() -> None:
    code = "import sys; from cimodel_tui.model.seal import digest; digest(b'x'); sys.exit('_hashlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
