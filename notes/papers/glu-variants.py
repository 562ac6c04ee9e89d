"""GLU variants: a feed-forward layer whose activation is a product."""

import math

import numpy as np


def swish(z, beta=1.0):
    """The input times a sigmoid, z σ(βz); the clipping keeps the exponential from overflowing."""
    return z / (1 + np.exp(-np.clip(beta * z, -50, 50)))


def relu(z):
    """The positive part."""
    return np.maximum(z, 0)


def gated(activation, x, W, V, W2):
    """A gated layer: FFN_Bilinear, FFN_ReGLU, FFN_SwiGLU and so on (Eq. 6)."""
    return (activation(x @ W) * (x @ V)) @ W2


def _sample(d=12, d_ff=32):
    rng = np.random.default_rng(0)
    shapes = [(5, d), (d, d_ff), (d, d_ff), (d_ff, d)]
    return [rng.normal(size=shape) for shape in shapes]


def gate_costs_nothing() -> str:
    """Three matrices of width 2048 hold as many numbers as two of width 3072 (§3.1)."""
    d, d_ff = 768, 3072
    narrow = d_ff * 2 // 3
    two = sum(math.prod(shape) for shape in [(d, d_ff), (d_ff, d)])
    three = sum(math.prod(shape) for shape in [(d, narrow), (d, narrow), (narrow, d)])
    assert two == three, f"{two:,} against {three:,}"
    return f"width {narrow}: {three:,} parameters in both"


def swiglu_lies_between() -> str:
    """SwiGLU runs from half the bilinear layer at beta = 0 to ReGLU as beta grows (Eq. 5)."""
    x, W, V, W2 = _sample()
    low = gated(lambda z: swish(z, 1e-9), x, W, V, W2) - gated(lambda z: z, x, W, V, W2) / 2
    high = gated(lambda z: swish(z, 1e9), x, W, V, W2) - gated(relu, x, W, V, W2)
    gap = max(np.abs(low).max(), np.abs(high).max())
    assert gap < 1e-6, f"the limits are missed by {gap:.1e}"
    return "both limits are met within 1e-6"


def gates_are_quadratic() -> str:
    """Three times the input is nine times the output with a gate, three times without (Eqs. 2, 6)."""
    x, W, V, W2 = _sample()
    layers = {
        "bilinear": (lambda x: gated(lambda z: z, x, W, V, W2), 9),
        "ReGLU": (lambda x: gated(relu, x, W, V, W2), 9),
        "plain": (lambda x: relu(x @ W) @ W2, 3),
    }
    for name, (layer, factor) in layers.items():
        ratio = layer(3 * x) / layer(x)
        assert np.allclose(ratio, factor), f"{name}: ratios from {ratio.min():.3f} to {ratio.max():.3f}"
    return "factor 9 for the bilinear layer and ReGLU, 3 for the plain layer"


def llama_width() -> str:
    """Two thirds of 4d, rounded up to a multiple of 256, gives LLaMA 7B's width (LLaMA, §2.2)."""
    d, multiple = 4096, 256
    width = multiple * math.ceil(2 / 3 * 4 * d / multiple)
    assert width == 11_008, f"the width is {width:,}"
    return f"2/3 × 4 × 4096 = {2 / 3 * 4 * d:,.1f}, rounded up to {width:,}"


def figure(axes) -> None:
    """Swish turns from a straight line into ReLU as beta grows; GELU lies between.

    The gate's value against its input from -4 to 4. At beta 0 it is the straight line z/2. At beta 1 it
    dips to about -0.28 below zero and then rises towards the diagonal. At beta 8 it is nearly ReLU. GELU,
    dashed, has a shallower dip than beta 1.
    """
    z = np.linspace(-4, 4, 201)
    for beta in [0, 1, 8]:
        axes.plot(z, swish(z, beta), label=f"Swish, β = {beta}")
    gelu = z * (1 + np.vectorize(math.erf)(z / math.sqrt(2))) / 2
    axes.plot(z, gelu, linestyle="--", label="GELU")
    axes.set(xlabel="z", ylabel="value of the gate")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
