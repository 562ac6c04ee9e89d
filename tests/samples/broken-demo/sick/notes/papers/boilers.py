"""Boilers: nothing is checked."""


def scaled(x: float) -> float:
    """Twice as much."""
    return 2 * x


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
