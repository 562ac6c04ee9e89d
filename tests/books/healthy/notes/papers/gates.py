"""Gates: one is enough, and it can be shut."""

GATES = [1.0, 0.0]  # `$x$`, [@nobody] and [[nothing]] are code here


def one_gate_suffices() -> str:
    """A gate of *one* leaves x unchanged (§3)."""
    x = [0.5, -2.0]
    assert [GATES[0] * each for each in x] == x, "the outputs differ"
    return "the outputs are <the same>"


def a_shut_gate_lets_nothing_through() -> str:
    """A gate of zero lets nothing through (§4)."""
    through = GATES[1] * 3.0
    assert through == 0, f"{through} comes through"
    return "nothing comes through"


def figure(axes) -> None:
    """What comes through a gate, by how far it is open & shut.

    A straight line from "nothing" [shut] to all of *it* & no <b>more</b>.
    """
    axes.plot([0, 1], [0, 1])
    axes.set(xlabel="gate", ylabel="output")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
