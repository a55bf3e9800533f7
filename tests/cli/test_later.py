"""What is put off at a start is there once somebody wants it, and is the same."""

import subprocess
import sys


def said(program: str) -> str:
    """Run a program in a process of its own, where nothing is loaded yet."""
    start = "import sys\nfrom cimodel_tui.cli.later import put_off\nput_off()\nimport textual.app\n"
    found = subprocess.run([sys.executable, "-c", start + program], capture_output=True, text=True, check=True)
    return found.stdout.strip()


def test_start_of_textual_loads_no_list_and_no_tree() -> None:
    assert (
        said("print([each for each in sys.modules if '_tree' in each or '_select' in each or each == 'ssl'])") == "[]"
    )


def test_every_name_of_what_was_put_off_is_that_of_the_whole_module() -> None:
    program = """
stand_in = sys.modules["textual.types"]
from textual.types import SelectType, CallbackType
whole = sys.modules["textual.types"]
others = [each for each in whole.__all__ if getattr(stand_in, each) is not getattr(whole, each)]
print(whole is stand_in, len(whole.__all__) > 15, others)
"""
    assert said(program) == "False True []"


def test_name_that_there_is_not_is_missed_as_ever() -> None:
    assert said("print(hasattr(sys.modules['textual.types'], 'Nothing'))") == "False"


def test_tls_can_be_loaded_afterwards() -> None:
    assert said("import ssl; print(ssl.SSLContext.__name__)") == "SSLContext"
