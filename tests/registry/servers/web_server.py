"""A web on loopback with every way in which a link is broken, and with what only looks so."""

from __future__ import annotations

import datetime as dt
import gzip
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from itertools import count

from servers.loopback import Exchange, Loopback, Seen

Behaviour = Callable[["WebServer", Exchange, Seen], None]

_HTML = "text/html; charset=utf-8"


def page(title: str, body: str = "<p>Words.</p>") -> str:
    """A page of HTML."""
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


class WebServer(Loopback):
    """Behaves at each path as ROUTES says; at all others there is a page."""

    drip = 0.05
    """Seconds between two pieces of a slow body."""

    def answer(self, exchange: Exchange, seen: Seen) -> None:
        """Behaves as the path asks for."""
        first = f"/{seen.path.split('/')[1]}"
        behaviour = ROUTES.get(seen.path) or ROUTES.get(first)
        if behaviour:
            behaviour(self, exchange, seen)
        else:
            exchange.reply(200, page("A page"))

    def nth(self, seen: Seen) -> int:
        """How often a path was asked for by now."""
        return self.visits[seen.path]


ROUTES: dict[str, Behaviour] = {}


def _at(path: str) -> Callable[[Behaviour], Behaviour]:
    def entered(behaviour: Behaviour) -> Behaviour:
        ROUTES[path] = behaviour
        return behaviour

    return entered


def _status(status: int, phrase: str | None = None) -> Behaviour:
    return lambda web, exchange, seen: exchange.reply(status, page("Refused"), phrase=phrase)


def _redirect(status: int, location: str) -> Behaviour:
    return lambda web, exchange, seen: exchange.redirect(status, location)


for _code in (204, 400, 401, 403, 404, 405, 410, 418, 429, 451, 500, 503):
    ROUTES[f"/status/{_code}"] = _status(_code)
ROUTES["/status/999"] = _status(999, "Request denied")
ROUTES["/home/"] = _status(200)
ROUTES["/deep/gone"] = _redirect(302, "/")
ROUTES["/to-404"] = _redirect(302, "/status/404")
ROUTES["/loop/a"] = _redirect(302, "/loop/b")
ROUTES["/loop/b"] = _redirect(302, "/loop/a")
ROUTES["/itself"] = _redirect(302, "/itself")
ROUTES["/to-ftp"] = _redirect(302, "ftp://127.0.0.1/file")
ROUTES["/moved"] = _redirect(301, "/new/place")
ROUTES["/moved-308"] = _redirect(308, "/new/place")
ROUTES["/moved-then-elsewhere"] = _redirect(301, "/elsewhere-today")
ROUTES["/elsewhere-today"] = _redirect(302, "/new/place")
ROUTES["/for-now"] = _redirect(302, "/moved")
ROUTES["/moved-to-404"] = _redirect(301, "/status/404")


@_at("/nowhere")
def _nowhere(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reply(302)


@_at("/endless")
def _endless(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.redirect(302, f"/endless/{int(seen.path.removeprefix('/endless').strip('/') or 0) + 1}")


@_at("/nine")
def _nine(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    hop = int(seen.path.removeprefix("/nine").strip("/") or 0)
    if hop < 9:
        exchange.redirect(302, f"/nine/{hop + 1}")
    else:
        exchange.reply(200, page("The end"))


@_at("/head-says-fine")
def _head_says_fine(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reply(200 if seen.method == "HEAD" else 404, page("Gone"))


@_at("/head-says-gone")
def _head_says_gone(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reply(404 if seen.method == "HEAD" else 200, page("Here"))


@_at("/no-reply")
def _no_reply(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.hang_up()


@_at("/reset")
def _reset(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reset()


@_at("/reset-once")
def _reset_once(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    if web.nth(seen) == 1:
        exchange.reset()
    else:
        exchange.reply(200, page("Here again"))


@_at("/error-once")
def _error_once(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reply(500 if web.nth(seen) == 1 else 200, page("Here again"))


@_at("/busy-once")
def _busy_once(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    if web.nth(seen) == 1:
        exchange.reply(503, page("Wait"), Retry_After="1")
    else:
        exchange.reply(200, page("Here again"))


@_at("/too-many-once")
def _too_many_once(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    if web.nth(seen) == 1:
        soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)
        exchange.reply(429, page("Wait"), Retry_After=format_datetime(soon, usegmt=True))
    else:
        exchange.reply(200, page("Here again"))


@_at("/garbled")
def _garbled(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
    exchange.hang_up()


@_at("/hangs")
def _hangs(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    time.sleep(30)


@_at("/slow-head")
def _slow_head(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in count():
        exchange.wfile.write(f"X-{number}: drip\r\n".encode())
        exchange.wfile.flush()
        time.sleep(web.drip)


@_at("/slow-body")
def _slow_body(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    text = page("Slow", "<p>" + "word " * 20 + "</p>").encode()
    exchange.head(200, {"Content-Type": _HTML, "Content-Length": str(len(text))})
    for at in range(0, len(text), 16):
        exchange.wfile.write(text[at : at + 16])
        exchange.wfile.flush()
        time.sleep(web.drip)


@_at("/truncated")
def _truncated(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    text = page("Cut").encode()
    exchange.head(200, {"Content-Type": _HTML, "Content-Length": str(len(text) + 5000)})
    exchange.wfile.write(text[:-10])
    exchange.close_connection = True


@_at("/huge")
def _huge(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.head(200, {"Content-Type": _HTML, "Content-Length": str(2**40)})
    exchange.wfile.write(page("Huge").encode())
    for _ in range(64 * 1024):
        exchange.wfile.write(b" " * 16384)


@_at("/bomb")
def _bomb(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    """A gigabyte of spaces in a megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    begun = packer.compress(page("Bomb").encode()) + packer.flush(zlib.Z_SYNC_FLUSH)
    exchange.head(200, {"Content-Type": _HTML, "Content-Encoding": "gzip", "Connection": "close"})
    exchange.wfile.write(begun)
    for _ in range(1024):
        exchange.wfile.write(packer.compress(b" " * 2**20) + packer.flush(zlib.Z_SYNC_FLUSH))


@_at("/zipped")
def _zipped(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reply(200, gzip.compress(page("Zipped").encode()), Content_Encoding="gzip")


@_at("/badly-zipped")
def _badly_zipped(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reply(200, page("Not zipped"), Content_Encoding="gzip")


@_at("/chunked")
def _chunked(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.head(200, {"Content-Type": _HTML, "Transfer-Encoding": "chunked"})
    for piece in (page("In pieces").encode(), b""):
        exchange.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))


@_at("/no-longer-here")
def _soft_404(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reply(200, page("Page not found | Example Lab", "<h1>Sorry</h1>"))


@_at("/heading-404")
def _heading_404(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reply(200, page("Example Lab", "<h1>Oops! That page can’t be found.</h1>"))


@_at("/highway")
def _highway(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reply(200, page("Highway 404: Not Found on Maps | Atlas", "<h1>Highway 404</h1>"))


@_at("/cookie")
def _cookie(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    if "seen=yes" in seen.headers.get("cookie", ""):
        exchange.reply(200, page("Welcome back"))
    else:
        exchange.redirect(302, seen.target, Set_Cookie="seen=yes; Path=/")


@_at("/consent")
def _consent(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.redirect(302, "/behind-consent", Set_Cookie="agreed=1; Path=/")


@_at("/behind-consent")
def _behind_consent(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    agreed = "agreed=1" in seen.headers.get("cookie", "")
    exchange.reply(200 if agreed else 403, page("The article"))


@_at("/ever-new-cookie")
def _ever_new_cookie(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.redirect(302, seen.target, Set_Cookie=f"n={web.nth(seen)}; Path=/")


@_at("/sp%20ace")
def _escaped(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reply(200 if seen.target == "/sp%20ace/a%2Fb?q=%C3%A9+%26" else 404, page("Escaped"))


@_at("/caf%C3%A9")
def _accents(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.reply(200, page("Café"))


@_at("/to-accents")
def _to_accents(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.redirect(302, "/café".encode().decode("latin-1"))


@_at("/anchors")
def _anchors(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    text = '<h2 id="methods">A</h2><a name="old"></a><h2 id="user-content-readme">B</h2><p id="größe">'
    exchange.reply(200, page("Anchors", text))


@_at("/polite-only")
def _polite_only(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    named = "python-requests" not in seen.headers.get("user-agent", "python-requests")
    exchange.reply(200 if named else 403, page("For those who say who they are"))


@_at("/away")
def _away(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    """Sends the client to the address in the query."""
    exchange.redirect(302, seen.query["to"])


@_at("/away-for-good")
def _away_for_good(web: WebServer, exchange: Exchange, seen: Seen) -> None:
    exchange.redirect(301, seen.query["to"])


@dataclass(frozen=True)
class Case:
    """An address with what ought to be said of it."""

    name: str
    url: str
    verdict: str
    words: str = ""
    """What the reason holds."""


@dataclass
class Web:
    """The servers that the cases need."""

    plain: WebServer
    """For every address whose path decides."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """What is faulty as a whole, by name: `expired`, `self-signed`, `other-host`, `closed`, `no-host`."""

    def broken(self) -> list[Case]:
        """Twenty links that lead to nothing, or not to what was linked."""
        at, other = self.plain.url, self.addresses
        return [
            Case("not found", f"{at}/status/404", "broken", "404"),
            Case("gone", f"{at}/status/410", "broken", "410"),
            Case("no such host", other["no-host"], "broken", "no host"),
            Case("nobody listens", other["closed"], "broken", "refused"),
            Case("signed by nobody", other["self-signed"], "broken", "certificate"),
            Case("expired certificate", other["expired"], "broken", "expired"),
            Case("certificate of another host", other["other-host"], "broken", "certificate"),
            Case("redirects in a circle", f"{at}/loop/a", "broken", "circle"),
            Case("redirect to itself", f"{at}/itself", "broken", "circle"),
            Case("redirects without end", f"{at}/endless", "broken", "more than 10"),
            Case("redirect to a page that is not there", f"{at}/to-404", "broken", "404"),
            Case("redirect out of the web", f"{at}/to-ftp", "broken", "ftp"),
            Case("redirect to nowhere", f"{at}/nowhere", "broken", "nowhere"),
            Case("only HEAD finds it", f"{at}/head-says-fine", "broken", "404"),
            Case("always an error", f"{at}/status/500", "unsure", "500"),
            Case("never a reply", f"{at}/no-reply", "unsure", "without a reply"),
            Case("always reset", f"{at}/reset", "unsure", "cut off"),
            Case("breaks off", f"{at}/truncated", "suspect", "breaks off"),
            Case("says that it is not there", f"{at}/no-longer-here", "suspect", "Page not found"),
            Case("leads to the home page", f"{at}/deep/gone", "suspect", "home page"),
        ]

    def traps(self) -> list[Case]:
        """Fifteen links that are fine, and look otherwise to one checker or another."""
        at = self.plain.url
        return [
            Case("HEAD does not find it", f"{at}/head-says-gone", "ok"),
            Case("wants a cookie at itself", f"{at}/cookie", "ok"),
            Case("wants a cookie from before", f"{at}/consent", "ok"),
            Case("slow body", f"{at}/slow-body", "ok"),
            Case("busy, with seconds", f"{at}/busy-once", "ok"),
            Case("too many, with a date", f"{at}/too-many-once", "ok"),
            Case("an error once", f"{at}/error-once", "ok"),
            Case("a reset once", f"{at}/reset-once", "ok"),
            Case("huge body", f"{at}/huge", "ok"),
            Case("unpacks to a gigabyte", f"{at}/bomb", "ok"),
            Case("escaped signs", f"{at}/sp%20ace/a%2Fb?q=%C3%A9+%26", "ok"),
            Case("accents", f"{at}/café", "ok"),
            Case("nine redirects", f"{at}/nine", "ok"),
            Case("talks of 404", f"{at}/highway", "ok"),
            Case("wants to know who asks", f"{at}/polite-only", "ok"),
        ]
