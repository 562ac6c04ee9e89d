"""Gears: a figure that cannot be drawn."""


def it_works() -> str:
    """It works (§2)."""
    return "it does"


def figure(axes) -> None:
    """Gears.

    Two gears that turn each other.
    """
    axes.plt([1, 2])


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
