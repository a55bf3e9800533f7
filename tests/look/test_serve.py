"""The app in a browser: this machine's, on a page that needs no other machine, and that no other page can drive."""

import asyncio
import base64
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from tests.look.conftest import Sample
from tests.screens.conftest import Room

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)

PATIENCE = 60

FOCUS = "document.querySelector('.xterm-helper-textarea').focus()"

BINARY = 2
"""The kind of frame in which the app draws."""


def run(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cimodel_tui", *arguments]
    return subprocess.run(command, env=environment(folder, **more), capture_output=True, text=True, check=False)


def environment(folder: Path, **more: str) -> dict[str, str]:
    homes = {f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "STATE")}
    return {**os.environ, **homes, "PYTHONPATH": str(Path(__file__).parents[2]), **more}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(path: Path, *options: str) -> Iterator[int]:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "cimodel_tui",
        "--today=2026-11-23",
        "serve",
        str(path),
        f"--port={port}",
        *options,
    ]
    with subprocess.Popen(command, env=environment(path.parent), stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert f"http://127.0.0.1:{port}" in server.stdout.readline()
            yield port
        finally:
            server.terminate()


def get(port: int, path: str = "/", **headers: str) -> tuple[int, str]:
    for _ in range(PATIENCE * 10):
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                return answer.status, answer.read().decode()
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("nobody answers")


def test_page_needs_no_other_machine_and_answers_no_other_page(sample: Sample) -> None:
    with served(sample.room.copy_of_sample()) as port:
        status, page = get(port)
        assert status == 200
        assert f"ws://127.0.0.1:{port}/ws" in page
        assert "googleapis" not in page
        addresses = [part.split('"')[0] for part in page.split("http://")[1:] if not part.startswith("www.w3.org")]
        assert addresses
        assert all(each.startswith(f"127.0.0.1:{port}/") for each in addresses)
        assert get(port, Origin="http://evil.example")[0] == 403
        assert get(port, "/ws", Origin="http://evil.example")[0] == 403
        assert get(port, Host=f"evil.example:{port}")[0] == 403


def test_workbook_that_cannot_be_read_is_not_served(tmp_path: Path) -> None:
    done = run("serve", str(tmp_path / "none.json"), folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "none.json" in done.stderr


@pytest.mark.parametrize("port", ["0", "70000", "eighty", "-1"])
def test_port_that_is_none_is_wrong_use(tmp_path: Path, port: str) -> None:
    done = run("serve", "desk.json", f"--port={port}", folder=tmp_path)
    assert done.returncode == 2
    assert "is not a port" in done.stderr


def test_without_the_extra_one_sentence_says_how_to_get_it(sample: Sample) -> None:
    folder = sample.room.folder
    (folder / "textual_serve.py").write_text("raise ImportError('not installed')")
    path = sample.room.copy_of_sample()
    done = run("serve", str(path), folder=folder, PYTHONPATH=f"{folder}:{Path(__file__).parents[2]}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "cimodel-tui: serve needs the extra `web`: pip install 'cimodel-tui[web]'\n"


def test_another_address_than_this_machine_is_warned_about(sample: Sample) -> None:
    done = run("serve", str(sample.room.copy_of_sample()), "--host=203.0.113.1", folder=sample.room.folder)
    assert done.returncode == 2, "nobody can listen at that address"
    warning, problem = done.stderr.splitlines()
    assert "203.0.113.1 can be reached from other machines" in warning
    assert "203.0.113.1" in problem


class Browser:
    """A page in a headless Chromium, driven by its own protocol."""

    def __init__(self, page: aiohttp.ClientWebSocketResponse) -> None:
        self._page = page
        self._sent = 0
        self.asked: list[str] = []
        self.received = b""

    async def do(self, method: str, **how: object) -> dict[str, object]:
        """Send a command, and wait for its answer."""
        self._sent += 1
        await self._page.send_json({"id": self._sent, "method": method, "params": how})
        while True:
            told = await self._page.receive_json(timeout=PATIENCE)
            if told.get("id") == self._sent:
                return dict(told.get("result", {}))
            self._note(told)

    def _note(self, told: dict[str, Any]) -> None:
        if told["method"] == "Network.requestWillBeSent":
            self.asked.append(told["params"]["request"]["url"])
        if told["method"] == "Network.webSocketFrameReceived":
            frame = told["params"]["response"]
            self.received += base64.b64decode(frame["payloadData"]) if frame["opcode"] == BINARY else b""

    async def until(self, words: str) -> None:
        """Wait until the app has sent words to the page."""
        for _ in range(PATIENCE * 5):
            if words.encode() in self.received:
                return
            await self.do("Runtime.evaluate", expression="0")
            await asyncio.sleep(0.2)
        raise AssertionError(f"{words!r} never comes")

    async def type(self, text: str) -> None:
        """Type a text, Enter for every new line."""
        for each in text:
            key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13} if each == "\n" else {"key": each}
            await self.do("Input.dispatchKeyEvent", type="keyDown", text="\r" if each == "\n" else each, **key)
            await self.do("Input.dispatchKeyEvent", type="keyUp", **key)
            await asyncio.sleep(0.05)


@asynccontextmanager
async def browsing(folder: Path, address: str) -> AsyncIterator[Browser]:
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--window-size=1200,800")
    command = (CHROMIUM, *options, f"--user-data-dir={folder / 'profile'}", address)
    chromium = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    try:
        assert chromium.stderr is not None
        while not (line := (await chromium.stderr.readline()).decode()).startswith("DevTools listening on "):
            pass
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://{urlsplit(line.split()[-1]).netloc}/json") as listed:
                page = next(each for each in await listed.json() if each["type"] == "page")
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket_:
                yield Browser(socket_)
    finally:
        chromium.terminate()
        await chromium.wait()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
async def test_what_is_typed_in_a_browser_is_in_the_file(room: Room) -> None:
    path = room.new("Served to a browser")
    with served(path) as port:
        await asyncio.to_thread(get, port)
        async with browsing(room.folder, "about:blank") as browser:
            await browser.do("Network.enable")
            await browser.do("Page.navigate", url=f"http://127.0.0.1:{port}/")
            await browser.until("No improvement yet")
            await browser.do("Runtime.evaluate", expression=FOCUS)
            await browser.type("a")
            await browser.until("Enter save")
            await browser.type("Typed in a page\n")
            await browser.until("register entry")
            picture = await browser.do("Page.captureScreenshot", format="png")
            assert len(str(picture["data"])) > 20_000, "a page of text is no blank page"
            assert {urlsplit(each).netloc for each in browser.asked} <= {f"127.0.0.1:{port}", ""}
            await wait_for(path, "Typed in a page")


async def wait_for(path: Path, words: str) -> None:
    for _ in range(PATIENCE * 5):
        if words in await asyncio.to_thread(path.read_text, encoding="utf-8"):
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"{words!r} is never in the file")
