"""Finished Markdown to the HTML that readers see, page by page."""

from commonplace.rendering.html import Heading, Rendered, render

__all__ = ["Heading", "Rendered", "render"]
