"""What the outside says of the library's addresses and identifiers; the only room that asks the web."""
