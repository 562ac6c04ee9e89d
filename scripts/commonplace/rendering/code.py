"""Colors the code of pages by the language that it names."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_BLOCK = re.compile(
    r'<pre><code class="language-(?P<language>[^"\s]+)">(?P<code>.*?)</code></pre>', re.DOTALL
)
_FORMATTER = HtmlFormatter(cssclass="highlight", wrapcode=True)


def highlighted(html: str) -> str:
    """The HTML with its blocks of code colored; code in an unknown language stays plain."""
    return _BLOCK.sub(lambda block: _colored(block["language"], block["code"]) or block[0], html)


@lru_cache(maxsize=1 << 10)
def _colored(language: str, code: str) -> str:
    lexer = _lexer(unescape(language))
    return str(highlight(unescape(code), lexer, _FORMATTER)) if lexer else ""


@lru_cache(maxsize=1 << 6)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
