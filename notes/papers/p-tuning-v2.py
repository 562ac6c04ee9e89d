"""P-tuning v2: prompts in every layer, what they cost and how far they reach."""

import numpy as np

LAYERS, WIDTH = 24, 1024  # BERT-large
L, D = 4, 8  # a small frozen network for the other checks


def _bert_large() -> int:
    """The parameters of BERT-large: embeddings, layers with a feed-forward width of 4096, pooler."""
    d, ff = WIDTH, 4 * WIDTH
    embeddings = (30_522 + 512 + 2) * d + 2 * d
    layer = 4 * (d * d + d) + (d * ff + ff) + (ff * d + d) + 4 * d
    return embeddings + LAYERS * layer + (d * d + d)


def deep_prompt(p: int) -> int:
    """A key and a value for each of p prompt tokens at every layer."""
    return 2 * LAYERS * p * WIDTH


def attention_layer(theta, X, K, V, causal: bool) -> np.ndarray:
    """Rows of X attend to keys K and values V; theta holds the query, key, value and output maps."""
    S = X @ theta[0] @ K.T / np.sqrt(D)
    if causal:
        S = np.where(np.tri(*S.shape, k=len(K) - len(X)), S, -np.inf)
    W = np.exp(S - S.max(axis=1, keepdims=True))
    return X + np.tanh(W / W.sum(axis=1, keepdims=True) @ V @ theta[3])


def shallow(network, H, X, causal: bool = False) -> tuple[np.ndarray, list]:
    """A prompt H at the input; also the keys and values that arise at its positions."""
    Z, seen = np.concatenate([H, X]), []
    for theta in network:
        K, V = Z @ theta[1], Z @ theta[2]
        seen.append((K[: len(H)], V[: len(H)]))
        Z = attention_layer(theta, Z, K, V, causal)
    return Z[len(H) :], seen


def deep(network, prompts, X, causal: bool = False) -> np.ndarray:
    """Prompt keys and values of its own at each layer, in front of those of the tokens."""
    for theta, (K, V) in zip(network, prompts, strict=True):
        keys, values = np.concatenate([K, X @ theta[1]]), np.concatenate([V, X @ theta[2]])
        X = attention_layer(theta, X, keys, values, causal)
    return X


def directions(f, P: np.ndarray) -> int:
    """Rank of the derivative of f at P: in how many directions the prompt can push the outputs."""
    steps = 1e-5 * np.eye(P.size).reshape(P.size, *P.shape)
    J = np.array([(f(P + step) - f(P - step)).ravel() / 2e-5 for step in steps])
    return int(np.linalg.matrix_rank(J, tol=1e-7))


def cost_of_a_prompt() -> str:
    """A prompt token costs 49,152 numbers in BERT-large; 20 and 100 of them lie within 0.1% to 3% (§3.2)."""
    assert deep_prompt(1) == 49_152, f"one token takes {deep_prompt(1):,}"
    assert _bert_large() == 335_141_888, f"BERT-large has {_bert_large():,} parameters"
    shares = [f"{deep_prompt(p) / _bert_large():.2%}" for p in (20, 100)]
    assert shares == ["0.29%", "1.47%"], f"the shares are {shares}"
    return f"20 tokens {shares[0]}, 100 tokens {shares[1]} of {_bert_large():,}"


def deep_prompts_reach_further() -> str:
    """At equal length a prompt at each layer moves the outputs in 2L times as many directions (§3.2)."""
    rng = np.random.default_rng(0)
    network, X = rng.normal(size=(L, 4, D, D)) / np.sqrt(D), rng.normal(size=(16, D))
    at_input = directions(lambda H: shallow(network, H, X)[0], rng.normal(size=(1, D)))
    at_each = directions(lambda P: deep(network, P, X), rng.normal(size=(L, 2, 1, D)))
    assert (at_input, at_each) == (D, 2 * L * D), f"{at_input} and {at_each} directions"
    return f"one prompt token: {at_input} directions from the input, {at_each} from all {L} layers"


def input_prompt_adapts_to_the_input() -> str:
    """Fixed prompts at each layer replace one at the input in a causal model, not a bidirectional one."""
    rng = np.random.default_rng(0)
    network, H = rng.normal(size=(L, 4, D, D)) / np.sqrt(D), rng.normal(size=(3, D))
    X, other = rng.normal(size=(2, 10, D))

    def gap(causal: bool) -> float:
        prompts = shallow(network, H, X, causal)[1]
        return np.abs(deep(network, prompts, other, causal) - shallow(network, H, other, causal)[0]).max()

    assert gap(causal=True) < 1e-12, f"in the causal model the outputs differ by {gap(causal=True):.1e}"
    assert gap(causal=False) > 0.01, f"in the bidirectional model by only {gap(causal=False):.1e}"
    return "on another input: equal to 1e-12 if causal, different if bidirectional"


def figure(axes) -> None:
    """How much of BERT-large is trained, by length of the prompt.

    Two rising lines over prompt lengths from 1 to 150, on a logarithmic axis. Prompts at every layer enter
    the band of 0.1% to 3% at 7 tokens; prompts at the input alone stay 48 times lower and never reach it.
    """
    p = np.arange(1, 151)
    axes.axhspan(0.1, 3, color="C2", alpha=0.15, linewidth=0, label="0.1% to 3%")
    axes.semilogy(p, 100 * deep_prompt(p) / _bert_large(), label="at every layer")
    axes.semilogy(p, 100 * p * WIDTH / _bert_large(), label="at the input")
    axes.set(xlabel="prompt tokens", ylabel="trained (% of parameters)", ylim=(1e-4, 40))
    axes.legend(ncols=3, loc="upper center")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
