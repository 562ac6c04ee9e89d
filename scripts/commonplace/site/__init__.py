"""The site: what is stale in it, and the rendering of that over the cores."""

from commonplace.site.build import Built, build
from commonplace.site.export import export
from commonplace.site.shards import WHOLE, join, parse_shard
from commonplace.site.shell import SiteError

__all__ = ["WHOLE", "Built", "SiteError", "build", "export", "join", "parse_shard"]
