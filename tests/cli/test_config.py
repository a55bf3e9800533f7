"""What the user sets in config.toml: read, checked before any screen, and every error names its line."""

import sys
from pathlib import Path

import pytest
from ptyprocess import PtyProcess  # type: ignore[import-untyped]  # it has no types
from textual.app import App
from textual.screen import Screen

from cimodel_tui.cli.config import Config, read_config
from cimodel_tui.cli.desk import FileDesk
from cimodel_tui.cli.keymap import bindings_of, check, classes_used_by, kinds, normal, places
from cimodel_tui.model.clock import SystemClock
from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.paths import UserFolders


def config_of(folder: Path, text: str) -> Config:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    config = read_config(folder)
    check(config)
    return config


def problem_of(folder: Path, text: str) -> str:
    with pytest.raises(StoreError) as raised:
        config_of(folder, text)
    return str(raised.value).removeprefix(f"{folder / 'config.toml'}")


def test_no_file_sets_nothing(tmp_path: Path) -> None:
    assert read_config(tmp_path) == Config()


def test_time_for_esc_is_read_and_25_ms_where_nothing_is_said(tmp_path: Path) -> None:
    assert config_of(tmp_path, 'name = "Ada"\n').escape_ms == 25
    assert config_of(tmp_path, "escape_ms = 200\n").escape_ms == 200


@pytest.mark.parametrize("value", ["0", "-1", "5001", "true", '"25"', "2.5"])
def test_time_for_esc_that_cannot_be_is_named_with_its_line(tmp_path: Path, value: str) -> None:
    found = problem_of(tmp_path, f'name = "Ada"\nescape_ms = {value}\n')
    assert found == ", line 2: escape_ms is a number of milliseconds, 1 to 5000"


def test_name_theme_and_keys_are_read(tmp_path: Path) -> None:
    config = config_of(tmp_path, 'name = "Ada"\ntheme = "nord"\n[keys]\n"app.undo" = "alt+u, f7"\n')
    assert (config.name, config.theme, config.keys) == ("Ada", "nord", {"app.undo": "alt+u, f7"})


def test_charts_are_drawn_without_braille_where_that_is_set_or_the_console_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = UserFolders(config=tmp_path, data=tmp_path, state=tmp_path)
    for setting, term, plain in (
        ('charts = "ascii"\n', "xterm-256color", True),
        ("", "xterm-256color", False),
        ("", "linux", True),
        ('charts = "braille"\n', "linux", False),
    ):
        monkeypatch.setenv("TERM", term)
        assert FileDesk(places, config_of(tmp_path, setting), SystemClock()).plain_charts is plain


def test_charts_of_another_kind_are_refused(tmp_path: Path) -> None:
    assert 'charts is "ascii" or "braille"' in problem_of(tmp_path, 'charts = "sixel"\n')


def test_ids_need_no_quotes_and_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes('\ufeff[keys]\napp.undo = "ctrl+u"\n'.encode())
    assert read_config(tmp_path).keys == {"app.undo": "ctrl+u"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('name = "Ada\n', "line 1"),
        ('name = "Ada"\nnmae = "Ada"\n', ', line 2: there is no setting "nmae"'),
        ("\n\nname = 7\n", ", line 3: name is a text in quotes"),
        ('name = "Ada"\nkeys = "x"\n', ", line 2: keys is a table"),
        ('# mine\n[keys]\n"app.undo" = "ctrl+u"\n"app.redo" = 3\n', ", line 4: a key is a text in quotes"),
        ('[keys]\n"app.undone" = "ctrl+u"\n', ', line 2: there is no key called "app.undone"'),
        ('[keys]\napp.undone = "ctrl+u"\n', ', line 2: there is no key called "app.undone"'),
        ('\nkeys = { "app.undo" = "f7", "app.redo" = "crtl+r" }\n', ', line 2: "crtl+r" is not a key'),
        ('[keys]\n\n"app.undo" = "crtl+u"\n', ', line 3: "crtl+u" is not a key'),
        ('[keys]\n"app.undo" = ""\n', ', line 2: "" is not a key'),
        ('[keys]\n"app.undo" = "f7,"\n', ', line 2: "" is not a key'),
        ('[keys]\n"register.add" = "shift+a"\n', ', line 2: no terminal sends "shift+a"'),
        ('[keys]\n"app.undo" = "u"\n', ', line 2: "u" is needed for typing'),
        ('[keys]\n"app.undo" = "?"\n', ', line 2: "?" is needed for typing'),
        ('[keys]\n"app.undo" = "ctrl+y"\n', ', line 2: "ctrl+y" is the key of app.redo'),
        ('[keys]\n"app.undo" = "f7"\n"app.redo" = "f7"\n', ', line 3: "f7" is the key of app.undo'),
        ('[keys]\n"register.add" = "e"\n', ', line 2: "e" is the key of register.edit'),
        ('[keys]\n"register.add" = "j"\n', ', line 2: "j" is the key of table.down'),
        ('[keys]\n"register.add" = "?"\n', ', line 2: "question_mark" is the key of page.help'),
        ('[keys]\n"rows.add" = "f4"\n', ', line 2: "f4" is the key of step.dashboard'),
    ],
)
def test_error_names_the_line_and_says_what_is_wrong(tmp_path: Path, text: str, words: str) -> None:
    problem = problem_of(tmp_path, text)
    assert words in problem
    assert "\n" not in problem


def test_two_keys_can_be_swapped(tmp_path: Path) -> None:
    swapped = '[keys]\n"register.add" = "e"\n"register.edit" = "a"\n'
    assert config_of(tmp_path, swapped).keys == {"register.add": "e", "register.edit": "a"}


def test_one_key_serves_in_two_places(tmp_path: Path) -> None:
    assert config_of(tmp_path, '[keys]\n"home.new" = "7"\n"register.add" = "7"\n').keys


def test_no_two_keys_of_the_program_itself_get_in_each_others_way() -> None:
    for place in places():
        taken: dict[str, str | None] = {}
        for binding in place:
            assert taken.setdefault(normal(binding.key), binding.id) == binding.id, place


def test_every_key_of_the_program_can_be_set_to_itself(tmp_path: Path) -> None:
    own: dict[str, list[str]] = {}
    for binding in (each for kind in kinds() for each in bindings_of(kind)):
        keys = own.setdefault(str(binding.id), [])
        if binding.key not in keys:
            keys.append(binding.key)
    lines = (f'"{name}" = "{",".join(keys)}"' for name, keys in own.items())
    assert len(config_of(tmp_path, "\n".join(("[keys]", *lines))).keys) == len(own)


@pytest.mark.parametrize(
    ("text", "words"),
    [('[keys]\n"app.undone" = "f7"\n', "app.undone"), ('\ntheme = "neon"\n', 'line 2: there is no theme "neon"')],
)
def test_wrong_configuration_ends_the_program_before_any_screen(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "cimodel-tui").mkdir()
    (tmp_path / "cimodel-tui" / "config.toml").write_text(text)
    env = {f"XDG_{name}_HOME": str(tmp_path) for name in ("CONFIG", "DATA", "STATE")} | {"TERM": "xterm-256color"}
    program = PtyProcess.spawn([sys.executable, "-m", "cimodel_tui"], env=env, cwd=str(Path(__file__).parents[2]))
    result = b""
    while program.isalive() or result == b"":
        try:
            result += program.read()
        except EOFError:
            break
    assert program.wait() == 2
    assert words in result.decode()
    assert "\x1b" not in result.decode()
    assert result.decode().count("\n") == 1


@pytest.mark.parametrize(
    ("widget", "screen"),
    [("RowsTable", "StepScreen"), ("More", "EntryScreen"), ("Table", "HomeScreen"), ("FilterLine", "RegisterScreen")],
)
def test_widgets_of_a_screen_are_found_by_what_it_imports(widget: str, screen: str) -> None:
    kind = next(each for each in kinds() if each.__name__ == screen)
    assert widget in classes_used_by(kind)


def test_every_widget_with_keys_stands_on_a_screen() -> None:
    screens = [each for each in kinds() if issubclass(each, Screen)]
    widgets = [each for each in kinds() if not issubclass(each, Screen | App)]
    assert all(any(each.__qualname__ in classes_used_by(screen) for screen in screens) for each in widgets)


def test_linux_console_has_the_theme_of_sixteen_colours_unless_another_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = UserFolders(config=tmp_path, data=tmp_path, state=tmp_path)
    monkeypatch.setenv("TERM", "linux")
    assert FileDesk(places, config_of(tmp_path, ""), SystemClock()).theme == "ansi-dark"
    assert FileDesk(places, config_of(tmp_path, 'theme = "nord"\n'), SystemClock()).theme == "nord"
    monkeypatch.setenv("TERM", "xterm-256color")
    assert FileDesk(places, config_of(tmp_path, ""), SystemClock()).theme == ""
