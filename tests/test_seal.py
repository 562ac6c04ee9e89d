"""What is kept between runs is believed only where the same person's runs kept it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from commonplace.seal import ForeignSealError, sealed, unsealed

SEAL = "import sys; from commonplace.seal import sealed; sys.stdout.buffer.write(sealed(b'kept'))"


def by_another_run(home: Path) -> bytes:
    """What a run with its home in this folder seals."""
    environment = {"XDG_CACHE_HOME": str(home), "PYTHONPATH": ":".join(sys.path)}
    command = [sys.executable, "-c", SEAL]
    answer = subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603 - ours
    return answer.stdout


def test_what_was_sealed_is_opened() -> None:
    assert unsealed(sealed(b"kept")) == b"kept"


@pytest.mark.parametrize(
    "data", [b"", b"kept", bytes(32) + b"kept", sealed(b"kept")[:-1], sealed(b"kept") + b"!"]
)
def test_what_was_not_sealed_so_is_not_opened(data: bytes) -> None:
    with pytest.raises(ForeignSealError):
        unsealed(data)


def test_runs_of_one_person_believe_each_other_and_nobody_else(tmp_path: Path) -> None:
    assert by_another_run(tmp_path / "one") == by_another_run(tmp_path / "one")
    assert by_another_run(tmp_path / "one") != by_another_run(tmp_path / "two")
    assert (tmp_path / "one/commonplace/seal").stat().st_mode & 0o777 == 0o600


def test_where_no_secret_can_be_kept_runs_do_not_believe_each_other(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert by_another_run(tmp_path / "file") != by_another_run(tmp_path / "file")
