"""Whisper: from sound to 1,500 positions, and what its averages average."""

import numpy as np

RATE, WINDOW, STRIDE, MELS = 16_000, 400, 160, 80  # windows of 25 ms every 10 ms (§2.2)
# word error rates (%) on thirteen data sets, of two systems with 2.7 on LibriSpeech test-clean (Table 2)
# fmt: off
SETS = ["Artie", "Common Voice", "Fleurs", "TED-LIUM", "CHiME-6", "VoxPopuli", "CORAAL",
        "AMI IHM", "Switchboard", "CallHome", "WSJ", "AMI SDM1", "LibriSpeech other"]
# fmt: on
WAV2VEC = np.array([24.5, 29.9, 14.6, 10.5, 65.8, 17.9, 35.6, 37.0, 28.3, 34.8, 7.7, 67.6, 6.2])
WHISPER = np.array([6.2, 9.0, 4.4, 4.0, 25.5, 7.3, 16.2, 16.9, 13.8, 17.6, 3.9, 36.4, 5.2])


def _mel_corners() -> np.ndarray:
    """Corners in Hz of 80 overlapping triangles, evenly spaced on the mel scale up to half the rate."""
    top = 2595 * np.log10(1 + RATE / 2 / 700)
    return 700 * (10 ** (np.linspace(0, top, MELS + 2) / 2595) - 1)


def log_mel(sound: np.ndarray) -> np.ndarray:
    """The log-magnitude mel spectrogram: 80 channels by one frame for every 10 ms."""
    padded = np.pad(sound, WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::STRIDE][: len(sound) // STRIDE]
    power = np.abs(np.fft.rfft(frames * np.hanning(WINDOW))) ** 2
    low, mid, high = (_mel_corners()[i : i + MELS, None] for i in range(3))
    hertz = np.fft.rfftfreq(WINDOW, 1 / RATE)
    triangles = np.clip(np.minimum((hertz - low) / (mid - low), (high - hertz) / (high - mid)), 0, None)
    return np.log10(np.maximum(triangles @ power.T, 1e-10))


def parameters(layers: int, width: int) -> int:
    """Weights of both stacks, the two convolutions, and the tied embeddings of tokens and of 448 places."""
    tokens = 50_257 + 99 + 1_501 + 7  # GPT-2's, languages, times every 20 ms, tasks and marks
    return (12 + 16) * layers * width**2 + 3 * width * (MELS + width) + (tokens + 448) * width


def thirty_seconds_make_1500_positions() -> str:
    """Thirty seconds are 80 × 3,000 numbers, then 1,500 positions of 20 ms after the stride of 2 (§2.2)."""
    time = np.arange(30 * RATE) / RATE
    spectrogram = log_mel(np.sin(2 * np.pi * 1000 * time))
    assert spectrogram.shape == (80, 3000), f"the spectrogram is {spectrogram.shape}"
    assert np.isclose(_mel_corners()[-1], 8000), f"the channels end at {_mel_corners()[-1]:.0f} Hz"
    loudest = _mel_corners()[1:-1][spectrogram[:, 1500].argmax()]
    assert abs(loudest - 1000) < 50, f"a tone of 1,000 Hz is loudest at {loudest:.0f} Hz"
    positions = spectrogram[:, ::2].shape[1]
    assert 30_000 / positions == 20, f"a position covers {30_000 / positions} ms"
    return f"{spectrogram.shape[0]} × {spectrogram.shape[1]:,}, then {positions:,} positions of 20 ms"


def reductions_are_averaged_not_errors() -> str:
    """The 55.2% is the mean of thirteen relative reductions; the mean error falls by 56.3% (Table 2)."""
    mean_of_reductions = np.mean(1 - WHISPER / WAV2VEC)
    reduction_of_means = 1 - WHISPER.mean() / WAV2VEC.mean()
    found = (
        f"{mean_of_reductions:.1%} as a mean of reductions, {reduction_of_means:.1%} as a reduction of means"
    )
    assert abs(mean_of_reductions - 0.552) < 0.0006, found
    assert abs(reduction_of_means - 0.563) < 0.0006, found
    return found


def sizes_follow_from_depth_and_width() -> str:
    """A count of the weights from layers and width stays within 6% of the five sizes (Table 1)."""
    table = {(4, 384): 39, (6, 512): 74, (12, 768): 244, (24, 1024): 769, (32, 1280): 1550}
    ratios = [parameters(*shape) / 1e6 / stated for shape, stated in table.items()]
    assert min(ratios) > 0.94, f"one count is {min(ratios):.1%} of the stated size"
    assert max(ratios) <= 1, f"one count is {max(ratios):.1%} of the stated size"
    return f"the counts are {min(ratios):.1%} to {max(ratios):.1%} of the stated sizes"


def figure(axes) -> None:
    """Two systems with the same error on LibriSpeech test-clean, on thirteen other data sets.

    One row for each data set, with two dots for the word error rate: wav2vec 2.0 between 6 and 68 percent,
    Whisper between 4 and 36. Whisper is lower in every row, in most by half or more, in the last by little.
    """
    axes.hlines(SETS, WHISPER, WAV2VEC, color=axes.xaxis.label.get_color(), lw=0.8)
    axes.plot(WAV2VEC, SETS, "o", label="wav2vec 2.0 Large")
    axes.plot(WHISPER, SETS, "o", label="Whisper Large V2, zero-shot")
    axes.set(xlabel="word error rate, %", xlim=(0, 75))
    axes.invert_yaxis()
    axes.tick_params(axis="y", labelsize=8)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
