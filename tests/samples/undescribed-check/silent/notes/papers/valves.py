"""Valves."""


def it_works() -> str:
    """It works (§2)."""
    return "it does"


def _half(x: float) -> float:
    return x / 2


def half(x: float) -> float:
    return x / 2


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
