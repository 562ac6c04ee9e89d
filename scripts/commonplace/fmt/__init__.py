"""The canonical form of what people write by hand: the registry and the front matter."""
