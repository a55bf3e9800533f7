"""The SHA-256 of small things, as the interpreter has it: `hashlib` loads OpenSSL first, 5 ms and 3 MB of a start."""

try:
    from _sha2 import sha256  # type: ignore[import-not-found,unused-ignore]  # Python 3.12 and later
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from hashlib import sha256


def digest(data: bytes) -> str:
    """Return the SHA-256 in hexadecimal characters."""
    found: str = sha256(data).hexdigest()
    return found
