"""Headers on every answer: nothing is kept by caches, framed, sniffed or referred to from elsewhere."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders

from sencoapp.council.limits import Message

NOTHING = "default-src 'none'; frame-ancestors 'none'"
PAGES = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action {to}"
)
_YEAR = 365 * 86400


class SafeHeaders:
    """Adds what an answer does not say itself."""

    def __init__(self, app: Callable[..., Awaitable[None]], secure: bool) -> None:
        self._app = app
        self._always = {
            "Cache-Control": "no-store",
            "Content-Security-Policy": NOTHING,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }
        if secure:
            self._always["Strict-Transport-Security"] = f"max-age={_YEAR}"

    async def __call__(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._always.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_safely)
