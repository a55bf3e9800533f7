"""One open workbook: every read and every change of its data goes through here."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from cimodel_tui import workbook
from cimodel_tui.model.agreement import is_typed, may_change, objection
from cimodel_tui.model.answer import Json, Row
from cimodel_tui.model.clock import Clock, moment, new_id
from cimodel_tui.model.improvement import Improvement, Title
from cimodel_tui.model.iteration import Documents, Iteration
from cimodel_tui.model.seal import Amendment
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.record import dataclass, with_values
from cimodel_tui.workbook.changes import (
    Edit,
    UndoHistory,
    UndoStep,
    amend_sealed_values,
    compare,
    undo_is_sound,
    value_at,
    with_value,
    without_loose_ends_of_rows,
)
from cimodel_tui.workbook.session import Session
from cimodel_tui.workbook.store import Document, Store

_EVERYWHERE = Place()


@dataclass(frozen=True, slots=True)
class Change:
    """What the listeners of a workbook are called with."""

    place: Place
    """Where something changed; an empty place means anywhere."""
    words: str = ""
    """What was done, for a message; empty for plain typing."""


class Listeners:
    """Those who listen, each with the place that it shows."""

    def __init__(self, has: Callable[[Place], bool]) -> None:
        self._has = has
        self._listening: list[tuple[Callable[[Change], None], Place]] = []

    def add(self, listener: Callable[[Change], None], place: Place) -> Callable[[], None]:
        """Call a listener at every change while its place exists; returns a function that ends that."""
        entry = (listener, place)
        self._listening.append(entry)

        def end() -> None:
            with suppress(ValueError):
                self._listening.remove(entry)

        return end

    def tell(self, change: Change) -> None:
        """Notify the listeners whose place exists, including those that unsubscribe meanwhile."""
        for listener, place in tuple(self._listening):
            if self._has(place):
                listener(change)


_CHANGED_SINCE = "this was changed since, so it stays as it is"


class RefusedError(Exception):
    """A change that cannot be made; its message says why in one sentence."""


class ReasonNeededError(RefusedError):
    """A change to something that was agreed: it is made as an amendment, and an amendment needs a reason."""


class Workbook:
    """One open workbook over its store."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        me: str = "",
        ids: Callable[[], str] = new_id,
        login: Callable[[], str] = str,
    ) -> None:
        """Take a store; an amendment is signed by `me`, or by what `login` returns where that is empty."""
        self.store = store
        self.clock = clock
        self.me = me
        self._login = login
        self.new_id = ids
        self.history = UndoHistory()
        self.session = Session(store)
        """Input on the screen that is not in a document yet."""
        self._listeners = Listeners(self.has)

    @property
    def documents(self) -> Documents:
        """Everything that is in memory."""
        return self.store.documents()

    @property
    def title(self) -> str:
        """What the workbook is called."""
        return self.documents.title.title

    def register(self, *, archived: bool = False) -> tuple[str, ...]:
        """Return the ids of the improvements in the order of their refs, archived ones only with `archived`."""
        documents = self.documents
        return tuple(each for each in documents.register if archived or each not in documents.archived)

    def improvements(self, *, archived: bool = False) -> tuple[Improvement, ...]:
        """Return the improvements in that order."""
        return tuple(self.improvement(each) for each in self.register(archived=archived))

    def improvement(self, improvement_id: str) -> Improvement:
        """Return one improvement; raises KeyError for an unknown id."""
        return self.documents.improvements[improvement_id]

    def iteration(self, iteration_id: str) -> Iteration:
        """Return one iteration; raises KeyError for an unknown id."""
        return self.documents.iterations[iteration_id]

    def iterations(self, improvement_id: str) -> tuple[Iteration, ...]:
        """Return the iterations of an improvement, in their order."""
        return tuple(self.iteration(each) for each in self.documents.lineage.get(improvement_id, ()))

    def latest(self, improvement_id: str) -> Iteration:
        """Return the latest iteration of an improvement."""
        return self.iteration(self.documents.lineage[improvement_id][-1])

    def of(self, place: Place) -> tuple[Improvement, Iteration]:
        """Return the improvement and the iteration of a place, the latest one where it names none."""
        iteration = self.iteration(place.iteration) if place.iteration else self.latest(place.improvement)
        return self.improvement(iteration.improvement), iteration

    def has(self, place: Place) -> bool:
        """Return whether the improvement and the iteration of a place are there; the workbook itself always is."""
        improvements, iterations = self.documents.improvements, self.documents.iterations
        if place.iteration not in iterations:
            return not place.iteration and (not place.improvement or place.improvement in improvements)
        owner = iterations[place.iteration].improvement
        return owner in improvements and place.improvement in ("", owner)

    def answer(self, place: Place) -> object:
        """Return the answer at a place: the value of a field, or of a column of one of its rows."""
        value = getattr(self._holder(place), place.field)
        if not place.row:
            return value
        row = next((row for row in value if row.id == place.row), None)
        return getattr(row, place.column, "") if place.column else row

    def _holder(self, place: Place) -> object:
        if place.step == REGISTER:
            return self.improvement(place.improvement)
        return self.iteration(place.iteration).part(place.step)

    def may_change(self, place: Place) -> bool:
        """Return whether an answer can be changed: the file can be written, and what it belongs to is not immutable."""
        if self.store.read_only or not is_typed(place) or self._is_history(place):
            return False
        check = self.iteration(place.iteration).check if place.step == "check" else None
        return not (check and check.verified and place.field in ("verified_by", "verified_on"))

    def _is_history(self, place: Place) -> bool:
        if place.step == REGISTER or not place.iteration:
            return False
        iteration = self.iteration(place.iteration)
        successor = self.latest(iteration.improvement).id != iteration.id
        return not may_change(iteration, place.step, place.field, has_successor=successor)

    def change(self, place: Place, value: object, *, why: str = "", words: str = "") -> None:
        """Put an answer in its place: a field's value, or the value of a column of one of its rows.

        Raises ReasonNeededError where it was agreed and no reason is given, and RefusedError where it is history.
        """
        if not is_typed(place):
            raise RefusedError("this is calculated and cannot be edited")
        if place.row:
            rows: Sequence[Row] = getattr(self._holder(place), place.field)
            changed = [_with_column(row, place.column, value) if row.id == place.row else row for row in rows]
            value = tuple(changed)
        path = (place.field,) if place.step == REGISTER else (place.step, place.field)
        before: Document = (
            self.improvement(place.improvement) if place.step == REGISTER else self.iteration(place.iteration)
        )
        self.commit(place, [with_value(before, path, value)], why=why, words=words)

    def commit(
        self,
        place: Place,
        documents: Sequence[Document],
        *,
        why: str = "",
        words: str = "",
        removed: Sequence[str] = (),
    ) -> None:
        """Store changed documents: add amendments, record the undo step, and notify the listeners."""
        if self.store.read_only:
            raise RefusedError(self.store.read_only)
        if self._is_history(place):
            raise RefusedError("this iteration is history: the next one has begun")

        self._check_immutability(documents)
        documents = self._with_amendments(without_loose_ends_of_rows(self.documents, documents), why)
        before = [self._current(each.id) for each in documents]
        edits = [edit for old, new in zip(before, documents, strict=True) for edit in compare(old, new)]
        edits += [Edit(each, (), self._current(each), None) for each in removed]
        if not edits:
            return
        self.store.put(documents, removed)
        self.history.record(UndoStep(place, words, tuple(edits), self.clock.now()))
        self.tell(Change(place, words))

    def _check_immutability(self, documents: Sequence[Document]) -> None:
        known = self.documents.iterations
        opened = [each.id for each in documents if isinstance(each, Iteration) and each.id not in known]
        for each in documents:
            before = known.get(each.id)
            if (
                isinstance(each, Iteration)
                and before
                and (words := objection(before, each, self.clock.today(), opened))
            ):
                raise RefusedError(words)
            if isinstance(each, Iteration) and before is not None and kinds_of(before) != kinds_of(each):
                self._check_kinds(before, each, documents)

    def _check_kinds(self, before: Iteration, after: Iteration, documents: Sequence[Document]) -> None:
        given = {each.id: each for each in documents}
        improvement = given.get(after.improvement) or self.improvement(after.improvement)
        if isinstance(improvement, Improvement) and (
            words := workbook.measure.objection_to_kind(improvement, before, after)
        ):
            raise RefusedError(words)

    def _current(self, document_id: str) -> Document | None:
        documents = self.documents
        if documents.title.id == document_id:
            return documents.title
        return documents.improvements.get(document_id) or documents.iterations.get(document_id)

    def _with_amendments(self, documents: Sequence[Document], why: str) -> list[Document]:
        """Account for every sealed value that the change touches, in whichever iteration of the improvement."""
        by = self.me

        def amend(path: tuple[str, ...], before: Json, after: Json) -> Amendment:
            nonlocal by
            by = by or (self._login() if why.strip() else "")
            at, on = moment(self.clock.now()), self.clock.today().isoformat()
            return Amendment(id=self.new_id(), at=at, on=on, by=by, path=path, before=before, after=after, why=why)

        amended, needed = amend_sealed_values(self.documents, documents, amend)
        if needed and not why.strip():
            raise ReasonNeededError(needed)
        return amended

    def undo(self) -> UndoStep | None:
        """Take the last step back and return it, or None; raises RefusedError where it was changed since."""
        return self._apply_step(self.history.undo_steps, self.history.redo_steps, forward=False)

    def redo(self) -> UndoStep | None:
        """Do the last undone step again, on the same terms."""
        return self._apply_step(self.history.redo_steps, self.history.undo_steps, forward=True)

    def _apply_step(self, source: list[UndoStep], other: list[UndoStep], *, forward: bool) -> UndoStep | None:
        self.history.pause()
        if self.store.read_only:
            raise RefusedError(self.store.read_only)
        if not source:
            return None
        step = source.pop()
        changed: dict[str, Document | None] = {}
        for edit in step.edits:
            self._revert(edit, changed, forward=forward)
        if not undo_is_sound(self.documents, changed):
            raise RefusedError(_CHANGED_SINCE)
        other.append(step)
        documents = [each for each in changed.values() if each is not None]
        self.store.put(documents, [key for key, each in changed.items() if each is None])
        self.tell(Change(step.place, step.words or "typing"))
        return step

    def _revert(self, edit: Edit, changed: dict[str, Document | None], *, forward: bool) -> None:
        expected, wanted = (edit.before, edit.after) if forward else (edit.after, edit.before)
        current = changed[edit.document] if edit.document in changed else self._current(edit.document)
        if value_at(current, edit.path) != expected:
            raise RefusedError(_CHANGED_SINCE)
        if not edit.path:
            changed[edit.document] = wanted if isinstance(wanted, Title | Improvement | Iteration) else None
        elif current is not None:
            changed[edit.document] = with_value(current, edit.path, wanted)

    def subscribe(self, listener: Callable[[Change], None], place: Place = _EVERYWHERE) -> Callable[[], None]:
        """Call a listener at every change while its place exists; returns a function that ends that."""
        return self._listeners.add(listener, place)

    def tell(self, change: Change) -> None:
        """Notify all listeners."""
        self._listeners.tell(change)


def _with_column(row: Row, column: str, value: object) -> Row:
    return with_values(row, {column: value})


def kinds_of(iteration: Iteration) -> dict[str, str]:
    """Return the kind of each metric by its id."""
    return {metric.id: metric.kind for metric in iteration.baseline.metrics}


_PEOPLE = ("owner", "sponsor", "raised_by")


def known_values(book: Workbook, kind: str) -> tuple[str, ...]:
    """Return the distinct values of a kind (`person`, or an attribute of the entry or of a metric), sorted."""
    return tuple(sorted({value.strip() for value in _values(book, kind) if value.strip()}))


def _values(book: Workbook, kind: str) -> Iterator[str]:
    names = _PEOPLE if kind == "person" else (kind,)
    for improvement in book.improvements(archived=True):
        yield from (getattr(improvement, name) for name in names if hasattr(improvement, name))
        for iteration in book.iterations(improvement.id):
            if kind == "objective":
                yield iteration.vision.objective
            if kind == "person":
                yield from (action.owner for action in iteration.plan.actions)
                yield from (iteration.baseline.agreed_by, iteration.target.agreed_by, iteration.check.verified_by)
                yield from (metric.collector for metric in iteration.baseline.metrics)
            else:
                yield from (getattr(metric, kind, "") for metric in iteration.baseline.metrics)
