"""Bulbs."""


def it_works() -> str:
    """It works (§2)."""
    return "it does"


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
