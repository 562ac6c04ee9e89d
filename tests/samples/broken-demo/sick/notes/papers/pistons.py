"""Pistons: code from another place."""

import steam_engines


def it_works() -> str:
    """It works (§2)."""
    return str(steam_engines)


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
