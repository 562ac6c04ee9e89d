"""Servers on loopback that behave, and misbehave, as the registries and the web do."""
