"""Bytes from the terminal that are no text become a mark, instead of ending the app."""

from codecs import getincrementaldecoder


def _gentle_decoder(encoding: str) -> object:
    """Return what makes decoders of this encoding that stumble over nothing."""
    strict = getincrementaldecoder(encoding)
    return lambda: strict(errors="replace")


def read_gently() -> None:
    """Have Textual's driver decode so; it offers no setting for it (textual issue 6456).

    Windows hands over characters, not bytes, and has another driver.
    """
    try:
        from textual.drivers import linux_driver  # noqa: PLC0415 - it cannot be imported on Windows
    except ImportError:
        return
    vars(linux_driver)["getincrementaldecoder"] = _gentle_decoder
