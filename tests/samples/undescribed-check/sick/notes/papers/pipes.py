"""Pipes."""


def it_works() -> str:
    return "it does"


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
