import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from cimodel_tui.storage.merge import MergedDocuments, merge_documents
from cimodel_tui.storage.schema import Document, Key

IMPROVEMENT: Key = ("improvements", "i")
PASS: Key = ("iterations", "p")


def merge(base: Document, ours: Document, theirs: Document, key: Key = PASS) -> tuple[Document, list[tuple[str, ...]]]:
    result = merge_documents({key: base}, {key: ours}, {key: theirs})
    return result.documents[key], [path for _, path in result.conflicts]


def metric(row_id: str, **answers: str) -> Document:
    return {"id": row_id, "name": row_id.upper(), "unit": "", **answers}


def test_changes_of_different_fields_meet_without_conflict() -> None:
    base: Document = {"plan": {"why": "", "chosen": ""}, "reason": ""}
    ours: Document = {"plan": {"why": "us", "chosen": ""}, "reason": ""}
    theirs: Document = {"plan": {"why": "", "chosen": "them"}, "reason": "them"}
    assert merge(base, ours, theirs) == ({"plan": {"why": "us", "chosen": "them"}, "reason": "them"}, [])


def test_the_same_change_on_both_sides_is_none() -> None:
    assert merge({"reason": ""}, {"reason": "x"}, {"reason": "x"}) == ({"reason": "x"}, [])


def test_two_changes_of_one_field_keep_ours_and_lose_neither() -> None:
    document, conflicts = merge({"reason": "a"}, {"reason": "b"}, {"reason": "c"})
    assert conflicts == [("reason",)]
    assert document == {
        "reason": "b",
        "conflicts": [{"place": ["reason"], "base": "a", "ours": "b", "theirs": "c"}],
    }


def test_rows_merge_by_id_ours_first_then_what_is_new_with_them() -> None:
    base: Document = {"plan": {"actions": [{"id": "a", "what": "", "due": ""}, {"id": "b", "what": "", "due": ""}]}}
    ours: Document = {
        "plan": {"actions": [{"id": "b", "what": "", "due": ""}, {"id": "c"}, {"id": "a", "what": "w", "due": ""}]}
    }
    theirs: Document = {
        "plan": {
            "actions": [{"id": "d"}, {"id": "a", "what": "", "due": "2026-01-01"}, {"id": "b", "what": "", "due": ""}]
        }
    }
    document, conflicts = merge(base, ours, theirs)
    assert document["plan"] == {
        "actions": [
            {"id": "b", "what": "", "due": ""},
            {"id": "c"},
            {"id": "a", "what": "w", "due": "2026-01-01"},
            {"id": "d"},
        ]
    }
    assert conflicts == []


def test_row_that_one_side_removed_and_nobody_changed_is_gone() -> None:
    base: Document = {"plan": {"actions": [{"id": "a"}, {"id": "b"}]}}
    ours: Document = {"plan": {"actions": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}}
    theirs: Document = {"plan": {"actions": [{"id": "b"}]}}
    assert merge(base, ours, theirs) == ({"plan": {"actions": [{"id": "b"}, {"id": "c"}]}}, [])


def test_row_that_we_removed_and_they_changed_is_kept_beside() -> None:
    base: Document = {"plan": {"actions": [{"id": "a", "what": ""}]}}
    theirs: Document = {"plan": {"actions": [{"id": "a", "what": "x"}]}}
    document, conflicts = merge(base, {"plan": {"actions": []}}, theirs)
    assert document["plan"] == {"actions": []}
    assert conflicts == [("plan", "actions", "a")]
    entry = {"place": ["plan", "actions", "a"], "base": {"id": "a", "what": ""}, "theirs": {"id": "a", "what": "x"}}
    assert document["conflicts"] == [entry]


def test_lists_of_texts_are_one_value() -> None:
    document, conflicts = merge({"tags": ["a"]}, {"tags": ["a", "b"]}, {"tags": ["a", "c"]}, IMPROVEMENT)
    assert (document["tags"], conflicts) == (["a", "b"], [("tags",)])


def test_readings_of_two_people_meet_by_date() -> None:
    def reading(value: str) -> Document:
        return {"value": value, "note": "", "set_aside": None, "of": None, "was": []}

    base: Document = {"readings": {"m": {"2026-01-05": reading("7")}}}
    ours: Document = {"readings": {"m": {"2026-01-05": reading("7"), "2026-01-12": reading("8")}}}
    theirs: Document = {"readings": {"m": {"2026-01-05": reading("7.1")}, "n": {"2026-01-05": reading("1")}}}
    document, conflicts = merge(base, ours, theirs, IMPROVEMENT)
    assert conflicts == []
    assert document["readings"] == {
        "m": {"2026-01-05": reading("7.1"), "2026-01-12": reading("8")},
        "n": {"2026-01-05": reading("1")},
    }


def test_one_reading_is_one_value() -> None:
    base: Document = {"readings": {"m": {"d": {"value": "7", "note": ""}}}}
    ours: Document = {"readings": {"m": {"d": {"value": "8", "note": ""}}}}
    theirs: Document = {"readings": {"m": {"d": {"value": "7", "note": "odd"}}}}
    document, conflicts = merge(base, ours, theirs, IMPROVEMENT)
    assert document["readings"] == ours["readings"]
    assert conflicts == [("readings", "m", "d")]


def test_before_a_seal_metrics_merge_row_by_row() -> None:
    base: Document = {"baseline": {"seal": None, "metrics": [metric("a")]}}
    ours: Document = {"baseline": {"seal": None, "metrics": [metric("a", unit="h")]}}
    theirs: Document = {"baseline": {"seal": None, "metrics": [metric("a", source="log"), metric("b")]}}
    document, conflicts = merge(base, ours, theirs)
    assert document["baseline"] == {"seal": None, "metrics": [metric("a", unit="h", source="log"), metric("b")]}
    assert conflicts == []


def test_a_seal_and_what_it_covers_are_never_blended() -> None:
    base: Document = {"baseline": {"seal": None, "metrics": [metric("a")], "agreed_by": "", "works_well": ""}}
    ours: Document = {
        "baseline": {"seal": {"sha256": "1"}, "metrics": [metric("a")], "agreed_by": "Ann", "works_well": ""}
    }
    theirs: Document = {
        "baseline": {"seal": None, "metrics": [metric("a", unit="h")], "agreed_by": "", "works_well": "much"}
    }
    document, conflicts = merge(base, ours, theirs)
    assert conflicts == [("baseline", "seal")]
    assert document["baseline"] == {**ours["baseline"], "works_well": "much"}  # type: ignore[dict-item]  # JSON
    theirs_of_conflict = document["conflicts"][0]["theirs"]  # type: ignore[index,call-overload]  # JSON
    assert theirs_of_conflict == {"seal": None, "metrics": [metric("a", unit="h")], "agreed_by": ""}


def test_a_seal_that_only_one_side_touched_is_taken_whole() -> None:
    base: Document = {"target": {"seal": None, "targets": [{"id": "a", "value": ""}], "sentence": ""}}
    ours: Document = {"target": {"seal": None, "targets": [{"id": "a", "value": ""}], "sentence": "s"}}
    theirs: Document = {"target": {"seal": {"by": "B"}, "targets": [{"id": "a", "value": "5"}], "sentence": ""}}
    document, conflicts = merge(base, ours, theirs)
    assert document["target"] == {"seal": {"by": "B"}, "targets": [{"id": "a", "value": "5"}], "sentence": "s"}
    assert conflicts == []


def test_document_removed_here_and_changed_there_stays_until_settled() -> None:
    result = merge_documents({IMPROVEMENT: {"title": "a"}}, {}, {IMPROVEMENT: {"title": "b"}})
    assert result.conflicts == ((IMPROVEMENT, ()),)
    entry = {"place": [], "base": {"title": "a"}, "theirs": {"title": "b"}}
    assert result.documents == {IMPROVEMENT: {"title": "b", "conflicts": [entry]}}


def test_document_removed_here_and_left_alone_there_is_gone() -> None:
    assert merge_documents({IMPROVEMENT: {"title": "a"}}, {}, {IMPROVEMENT: {"title": "a"}}).documents == {}


def entry(ref: str, **more: list[str]) -> Document:
    return {"ref": ref, "was": [], **more}  # type: ignore[dict-item]  # JSON


def test_two_improvements_with_one_ref_are_told_apart_and_theirs_is_named() -> None:
    old = {("improvements", "o"): entry("CI-0001", was=["CI-0007"])}
    ours = {**old, ("improvements", "a"): entry("CI-0002")}
    theirs = {**old, ("improvements", "b"): entry("CI-0002"), ("improvements", "c"): entry("CI-0003")}
    result = merge_documents(old, ours, theirs)
    assert result.conflicts == ()
    assert [(each.id, each.was, each.ref) for each in result.renumbered] == [("b", "CI-0002", "CI-0008")]
    assert result.documents["improvements", "b"] == entry("CI-0008", was=["CI-0002"])
    assert result.documents["improvements", "c"]["ref"] == "CI-0003"
    assert result.documents["improvements", "a"]["ref"] == "CI-0002"


def test_conflicts_that_one_side_settled_are_settled() -> None:
    open_one: Document = {"place": ["reason"], "base": "a", "ours": "b", "theirs": "c"}
    other: Document = {"place": ["x"], "base": "1", "ours": "2", "theirs": "3"}
    base: Document = {"reason": "b", "conflicts": [open_one]}
    ours: Document = {"reason": "b", "conflicts": [open_one, other], "why": "us"}
    theirs: Document = {"reason": "c"}
    assert merge(base, ours, theirs) == ({"reason": "c", "why": "us", "conflicts": [other]}, [])


def test_files_made_apart_keep_one_workbook_document() -> None:
    result = merge_documents(
        {}, {("workbook", "a"): {"format": 1, "title": "A"}}, {("workbook", "b"): {"format": 1, "title": "B"}}
    )
    assert list(result.documents) == [("workbook", "a")]
    assert result.conflicts == ((("workbook", "a"), ("title",)),)


TEXT = st.sampled_from("abc")
ROWS = st.dictionaries(st.sampled_from("xyz"), TEXT, max_size=3).map(
    lambda rows: [{"id": row_id, "what": text} for row_id, text in rows.items()]
)
PART = st.fixed_dictionaries({"why": TEXT, "chosen": TEXT, "actions": ROWS})
DOCUMENT = st.fixed_dictionaries({"reason": TEXT, "plan": PART}, optional={"unknown": st.dictionaries(TEXT, TEXT)})
DOCUMENTS = st.dictionaries(st.sampled_from([("iterations", "p"), ("iterations", "q")]), DOCUMENT, max_size=2)


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_merging_keeps_the_laws_that_everybody_expects(
    base: dict[Key, Document], ours: dict[Key, Document], theirs: dict[Key, Document]
) -> None:
    before = copy.deepcopy((base, ours, theirs))
    result = merge_documents(base, ours, theirs)
    assert (base, ours, theirs) == before
    assert merge_documents(base, ours, base) == MergedDocuments(ours, (), ())
    assert merge_documents(base, base, theirs).documents == theirs
    assert merge_documents(base, ours, ours).documents == ours
    if not result.conflicts:
        back = merge_documents(base, theirs, ours)
        assert not back.conflicts
        assert sorted_rows(back.documents) == sorted_rows(result.documents)


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_what_a_side_typed_is_in_the_merge_or_among_its_conflicts(
    base: dict[Key, Document], ours: dict[Key, Document], theirs: dict[Key, Document]
) -> None:
    result = merge_documents(base, ours, theirs)
    for side in (ours, theirs):
        for key, document in side.items():
            for name in ("why", "chosen"):
                typed = document["plan"][name]  # type: ignore[index,call-overload]  # JSON
                untouched = key in base and base[key]["plan"][name] == typed  # type: ignore[index,call-overload]  # JSON
                if not untouched:
                    assert repr(typed) in repr(result.documents[key])


def sorted_rows(documents: dict[Key, Document]) -> object:
    def ordered(value: object) -> object:
        if isinstance(value, dict):
            return {name: ordered(each) for name, each in value.items()}
        return sorted(value, key=repr) if isinstance(value, list) else value

    return ordered(documents)
