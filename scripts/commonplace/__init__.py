"""A reading-notes knowledge base: notes, one registry of references, checks, pages."""
