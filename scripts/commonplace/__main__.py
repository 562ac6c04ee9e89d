"""`python -m commonplace` is `commonplace`."""

from commonplace.cli import main

main()
