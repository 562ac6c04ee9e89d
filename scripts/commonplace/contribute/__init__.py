"""Puts new works into a library: one by its identifier, or many from a reading list; asks nobody itself."""
