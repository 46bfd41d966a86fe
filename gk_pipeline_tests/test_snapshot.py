"""No change of the code alters a fact of the sample reports unseen."""

from rich.console import Console
from snapshot import SNAPSHOT, facts_of_samples

from gk_pipeline.forms import shipped_forms
from gk_pipeline.pictures.terminal.difference import difference_picture
from gk_pipeline.storage.counted import counted_facts, uncounted
from gk_pipeline.storage.difference import difference


def test_the_facts_of_the_samples_are_those_that_were_reviewed():
    differing = difference(counted_facts(SNAPSHOT, shipped_forms()), uncounted(facts_of_samples()))
    console = Console(width=110)
    with console.capture() as shown:
        console.print(difference_picture(differing))
    advice = (
        "If all of it is meant, `make snapshot` writes the facts anew: look at its changes before they are committed."
    )
    assert differing.is_empty(), f"{shown.get()}\n{advice}"
