"""Towers."""


def it_works() -> str:
    """It works (§2)."""
    return "it does"


def it_falls() -> str:
    """It falls (§3)."""
    height = 2
    assert height < 1, f"it stands {height} m high"
    return "it fell"


def it_stands() -> str:
    """It stands (§4)."""
    assert 1 + 1 == 3
    return "it stands"


def it_counts() -> str:
    """It counts (§5)."""
    return str([1, 2][2])


def it_is_told() -> None:
    """It is told (§6)."""
    print("told")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
