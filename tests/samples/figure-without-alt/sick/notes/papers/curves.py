"""Curves."""


def it_works() -> str:
    """It works (§2)."""
    return "it does"


def figure(axes) -> None:
    """A line that rises."""
    axes.plot([1, 2, 3])


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
