"""The name of everything but the library that a page's HTML depends on: settings, theme, code, versions."""

from __future__ import annotations

from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from commonplace.package import code_digest, files
from commonplace.site.shell import CONFIGURATION, Shell

_RENDERERS = ("mkdocs", "mkdocs-material", "jinja2", "pyromark", "nh3", "pygments", "math-core")


def look(shell: Shell, root: Path, shard: str) -> str:
    """A digest that changes with whatever could make a page of the same text look another way."""
    name = blake2b(digest_size=16)
    told = (shell.config.site_name, shell.config.site_url, shell.config.repo_url, shell.config.copyright)
    versions = [f"{each} {version(each)}" for each in _RENDERERS]
    for said in (code_digest(), shard, *map(str, told), *versions):
        name.update(f"{said}\0".encode())
    folder = shell.config.theme.custom_dir
    for path in (root / CONFIGURATION, *(sorted(files(Path(folder))) if folder else ())):
        name.update(f"{path.name}\0".encode())
        name.update(path.read_bytes())
    return name.hexdigest()
