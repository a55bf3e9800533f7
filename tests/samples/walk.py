"""Makes the sample workbook: three improvements and five ideas, walked through the facade act by act.

`python -m tests.samples.walk` writes `data/samples/sample.json` anew, always the same bytes.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from cimodel_tui.storage.open import create, open_store
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.storage.store import StorageContext
from cimodel_tui.workbook.workbook import Workbook
from tests.samples import access, articles, ideas, releases, stores
from tests.samples.pen import Pen, WalkingClock, steady_ids

TITLE = "Three improvements and five ideas"
SHIPPED = Path(__file__).parents[2] / "data" / "samples" / "sample.json"
DAY = "2026-11-23"


def walked(folder: Path) -> Workbook:
    """Return the sample workbook, open over a file in this folder, on its own day."""
    clock, ids = WalkingClock(), steady_ids()
    places = UserFolders(folder / "data", folder / "state", folder / "config")
    context = StorageContext(clock=clock, new_id=lambda: next(ids), debounce=None)
    path = folder / "sample.json"
    create(path, TITLE, places, context)
    book = Workbook(open_store(path, places, context), clock, ids=lambda: next(ids))
    stores.walk(Pen(book, clock))
    solved = Pen(book, clock)
    articles.walk(solved)
    access.walk(solved)
    releases.walk(Pen(book, clock))
    ideas.walk(Pen(book, clock))
    Pen(book, clock).on(DAY, "you")
    book.store.flush()
    return book


def main() -> None:
    """Write the sample workbook that ships."""
    with TemporaryDirectory() as folder:
        book = walked(Path(folder))
        SHIPPED.parent.mkdir(parents=True, exist_ok=True)
        SHIPPED.write_bytes(book.store.path.read_bytes())
        book.store.close()


if __name__ == "__main__":
    main()
