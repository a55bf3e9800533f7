"""What was worked out for a document is not worked out again, and never taken for another one."""

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.workbook.measure import ResultCache


class Asked:
    """Counts how often it has to work something out."""

    def __init__(self) -> None:
        self.recent: ResultCache[str] = ResultCache(2)
        self.times = 0

    def of(self, document: object, name: str = "") -> str:
        def work_out() -> str:
            self.times += 1
            return f"{self.times}. {name}"

        return self.recent.of((document,), name, work_out)


def test_the_same_document_is_worked_out_once() -> None:
    asked, one = Asked(), Improvement(id="a", ref="CI-0001")
    assert asked.of(one) == asked.of(one)
    assert asked.times == 1


def test_another_document_is_worked_out_even_where_it_says_the_same() -> None:
    asked = Asked()
    first = asked.of(Improvement(id="a", ref="CI-0001"))
    assert asked.of(Improvement(id="a", ref="CI-0001")) != first


def test_what_else_is_asked_of_it_is_another_result() -> None:
    asked, one = Asked(), Improvement(id="a", ref="CI-0001")
    assert asked.of(one, "m1") != asked.of(one, "m2")


def test_only_the_last_ones_are_kept() -> None:
    asked = Asked()
    one, two, three = (Improvement(id=each, ref="CI-0001") for each in "abc")
    for each in (one, two, three, three, two):
        asked.of(each)
    assert asked.times == len((one, two, three))
    asked.of(one)
    assert asked.times == len((one, two, three, one))
