"""Pathways: when a single controller keeps up, and what filling a pipeline costs."""

import numpy as np


def chain_time(nodes, compute, host, parallel):
    """Time for a chain of computations, each on its own host, whose preparation takes `host` (Figure 4)."""
    prepared = finished = 0.0
    for _ in range(nodes):
        prepared = host if parallel else prepared + host
        finished = max(finished, prepared) + compute
    return finished


def pipeline_use(stages, batches):
    """The share of time in which stages compute, if each of M micro-batches passes S stages in turn."""
    done = np.zeros((stages, batches), dtype=int)
    for s, m in np.ndindex(stages, batches):
        before = max(done[s - 1, m] if s else 0, done[s, m - 1] if m else 0)
        done[s, m] = before + 1
    return batches / done[-1, -1]


def parallel_dispatch_saves_host_work() -> str:
    """With 16 short computations, host work in parallel is paid once, in sequence 16 times (§4.5)."""
    compute, host = 0.1, 1.0
    one_by_one, at_once = (chain_time(16, compute, host, parallel) for parallel in (False, True))
    assert np.isclose(one_by_one, 16 * host + compute), f"sequential dispatch takes {one_by_one:.1f}"
    assert np.isclose(at_once, host + 16 * compute), f"parallel dispatch takes {at_once:.1f}"
    return f"{at_once:.1f} instead of {one_by_one:.1f} times the host work of one node"


def long_computations_hide_it_anyway() -> str:
    """Once a computation lasts as long as its preparation, both ways of dispatching take the same (§4.5)."""
    lengths = np.linspace(0.1, 2, 20)
    gaps = [chain_time(16, c, 1.0, False) - chain_time(16, c, 1.0, True) for c in lengths]
    for c, gap in zip(lengths, gaps, strict=True):
        assert (gap < 1e-9) == (c > 1 - 1e-9), f"at length {c:.1f} the gap is {gap:.2f}"
    return "a gap below length 1, none from there on"


def micro_batches_fill_the_pipeline() -> str:
    """Of M micro-batches in S stages a share M / (M + S - 1) of the time is used, 0.895 for 128 in 16."""
    batches = [16, 32, 64, 128]
    shares = [pipeline_use(16, M) for M in batches]
    for M, share in zip(batches, shares, strict=True):
        assert np.isclose(share, M / (M + 16 - 1)), f"{M} micro-batches: {share:.3f}"
    assert shares == sorted(shares), "more micro-batches use less"
    assert round(shares[-1], 3) == 0.895, f"128 micro-batches: {shares[-1]:.3f}"
    return ", ".join(f"M = {M}: {share:.3f}" for M, share in zip(batches, shares, strict=True))


def measured_loss_is_below_the_bubble() -> str:
    """From 4 stages to 16 the throughput falls by 1.7%; filling alone would cost 3.8% (Table 2)."""
    few, many = 133.7, 131.4  # thousand tokens a second, with S = 4, M = 16 and S = 16, M = 64
    measured, filling = 1 - many / few, 1 - pipeline_use(16, 64) / pipeline_use(4, 16)
    assert measured < filling, f"measured {measured:.1%}, by filling {filling:.1%}"
    assert (round(measured, 3), round(filling, 3)) == (0.017, 0.038), f"{measured:.3f} and {filling:.3f}"
    return f"measured {measured:.1%}, by filling alone {filling:.1%}"


def figure(axes) -> None:
    """Dispatching in parallel matters for short computations, and not at all for long ones.

    Total time of 16 computations in a chain against the length of each, in units of the host work for one.
    Sequential dispatch stays near 16 until length 1 and rises from there. Parallel dispatch starts at 1 and
    rises in a straight line; from length 1 on the two coincide.
    """
    lengths = np.linspace(0, 2, 81)
    for parallel, line, name in [(False, "C0-", "sequential"), (True, "C1--", "parallel")]:
        axes.plot(
            lengths, [chain_time(16, c, 1.0, parallel) for c in lengths], line, label=f"{name} dispatch"
        )
    axes.set(xlabel="length of one computation / host work", ylabel="total time / host work", ylim=(0, None))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
