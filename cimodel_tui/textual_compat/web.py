"""The server behind `serve`: textual-serve, kept to this machine's browser and to its own address."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web
from jinja2 import FunctionLoader
from textual_serve.server import Server

_OUTSIDE = re.compile(r"<link[^>]*https?://[^>]*>")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebServer(Server):
    """Runs the app once for each page that is opened, and answers nobody who came from another page."""

    def __init__(self, command: str, host: str, port: int, *, loopback: bool) -> None:
        super().__init__(command, host=host, port=port, title="cimodel-tui")
        self._loopback = loopback

    def initialize_logging(self) -> None:
        """Keep quiet: what goes wrong is said on the page or in one line."""

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the command has said where it can be found."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        aiohttp_jinja2.setup(app, loader=FunctionLoader(self._page))
        app.middlewares.append(self._guard)
        return app

    def _page(self, name: str) -> str:
        """Return a page without its links to other machines: its font lies beside it, and nobody else is told."""
        return _OUTSIDE.sub("", Path(self.templates_path, name).read_text(encoding="utf-8"))

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse what another page sends: without this, any page open in the browser could type into the workbook."""
        origin = request.headers.get("Origin", "")
        if (origin and urlsplit(origin).netloc != request.host) or not self._is_ours(request.host):
            raise web.HTTPForbidden(text="This address serves its own page only.")
        self.public_url = f"http://{request.host}"
        return await handler(request)

    def _is_ours(self, host: str) -> bool:
        name = urlsplit(f"//{host}").hostname
        return not self._loopback or name in {self.host, "localhost", "127.0.0.1", "::1"}
