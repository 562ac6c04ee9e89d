"""Dials."""


def it_works() -> str:
    """It works (§2)."""
    return "it does"


def scaled(x: float) -> float:
    """Twice as much."""
    return 2 * x


def _hidden() -> str:
    return "it is none"


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
