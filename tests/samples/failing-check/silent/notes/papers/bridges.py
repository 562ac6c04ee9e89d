"""Bridges."""


def it_works() -> str:
    """It works (§2)."""
    assert 1 + 1 == 2, "it fails"
    return "it does"


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
