"""What can go wrong with a workbook file, each as one sentence for the user."""

import errno
from pathlib import Path

from cimodel_tui.model.saving import StoreError

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the place is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EIO: "the disk reports an error",
    errno.ENOENT: "the folder is not there",
    errno.ENOTDIR: "the folder is not there",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EFBIG: "the file is larger than allowed here",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ELOOP: "the symbolic links form a loop",
}


def because(error: OSError) -> str:
    """Return in words why an operating system call failed."""
    return _WORDS.get(error.errno or 0) or (error.strerror or str(error)).lower()


class DamagedError(StoreError):
    """These bytes are not a sound workbook; the message gives reason and place, without the file's name."""


class RefusedFileError(StoreError):
    """This file is not opened as a workbook; it was left as it is."""

    def __init__(self, path: Path, words: str) -> None:
        """State which file and why."""
        super().__init__(f"{path} cannot be opened as a workbook: {words}.")
        self.path = path
        """The file."""
        self.words = words
        """Why, with the place."""
