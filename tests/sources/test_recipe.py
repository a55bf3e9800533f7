"""A recipe as JSON."""

import pytest

from cimodel_tui.model.agreement import counting
from cimodel_tui.sources.recipe import Recipe, SourceError, recipe_of


def test_a_recipe_goes_to_json_and_back() -> None:
    recipe = Recipe(measure="p90", where=("priority=1|2",), zone="Europe/Berlin", settle=7)
    document = recipe.to_json()
    assert document == {"zone": "Europe/Berlin", "measure": "p90", "where": ["priority=1|2"], "settle": 7}
    assert recipe_of({**document, "later": "unknown"}) == recipe
    assert Recipe().to_json() == {}
    assert "settle" not in counting(document)


@pytest.mark.parametrize("document", [{"where": "x"}, {"zone": 1}, {"settle": "soon"}, {"settle": True}])
def test_a_recipe_of_the_wrong_shape_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(SourceError, match="recipe"):
        recipe_of(document)
