"""What was worked out for a document is not worked out again, and never taken for another one."""

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.workbook.measure import ResultCache


class CountingCache:
    """Counts how often it has to work something out."""

    def __init__(self) -> None:
        self.results: ResultCache[str] = ResultCache(2)
        self.times = 0

    def of(self, document: object, name: str = "") -> str:
        def compute() -> str:
            self.times += 1
            return f"{self.times}. {name}"

        return self.results.of((document,), name, compute)


def test_the_same_document_is_worked_out_once() -> None:
    cache, one = CountingCache(), Improvement(id="a", ref="CI-0001")
    assert cache.of(one) == cache.of(one)
    assert cache.times == 1


def test_another_document_is_worked_out_even_where_it_says_the_same() -> None:
    cache = CountingCache()
    first = cache.of(Improvement(id="a", ref="CI-0001"))
    assert cache.of(Improvement(id="a", ref="CI-0001")) != first


def test_what_else_is_asked_of_it_is_another_result() -> None:
    cache, one = CountingCache(), Improvement(id="a", ref="CI-0001")
    assert cache.of(one, "m1") != cache.of(one, "m2")


def test_only_the_last_ones_are_kept() -> None:
    cache = CountingCache()
    one, two, three = (Improvement(id=each, ref="CI-0001") for each in "abc")
    for each in (one, two, three, three, two):
        cache.of(each)
    assert cache.times == len((one, two, three))
    cache.of(one)
    assert cache.times == len((one, two, three, one))
