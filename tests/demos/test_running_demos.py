"""What a demo does to itself or to others ends with it: it is told, and it leaves nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from small_demos import check, demo, library, ran

from commonplace.demo import Demo
from commonplace.demo_settings import DemoSettings
from commonplace.demos.running import cores, runs

BRIEF = 2.0
"""Seconds that are enough for a demo that does nothing, on a busy machine too."""
IMPORTS = "import os, signal, sys, time\n\n\n"


def is_gone(pid: int) -> bool:
    """Whether a process that was told to end does so soon."""
    for _ in range(1000):
        if _has_ended(pid):
            return True
        time.sleep(0.01)
    return False


def _has_ended(pid: int) -> bool:
    """Whether it has ended, though nobody may yet have asked how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def pid_in(file: Path) -> int:
    """The number that a demo writes into a file, once it has."""
    while not (file.exists() and file.read_text()):
        time.sleep(0.01)
    return int(file.read_text())


def forever(pid: Path) -> str:
    """Code that says its process in a file, heeds no request to end, and never does."""
    return (
        f"signal.signal(signal.SIGTERM, signal.SIG_IGN)\nopen({str(pid)!r}, 'w').write(str(os.getpid()))\n"
        "while True:\n    time.sleep(1)\n"
    )


def test_a_check_that_holds_says_what_it_found() -> None:
    run = ran(check("assert 1 + 1 == 2\nreturn 'two'"))
    [finding] = run.findings
    assert (finding.name, finding.passed, finding.said, run.fault) == ("it_works", True, "two", None)


def test_checks_run_in_their_order_and_one_that_fails_stops_no_other() -> None:
    run = ran(check("assert 1 > 2, 'no'", "first") + check("return 'yes'", "second"))
    assert [(each.name, each.passed, each.said) for each in run.findings] == [
        ("first", False, "no"),
        ("second", True, "yes"),
    ]


def test_a_failure_names_the_last_line_of_the_demo_that_led_to_it() -> None:
    code = "import json\n\n\ndef _read():\n    return json.loads('{')\n\n\n" + check("return _read()")
    [finding] = ran(code).findings
    assert finding.line == 5
    assert finding.said.startswith("JSONDecodeError: ")


def test_an_assertion_without_a_message_is_told_as_it_stands() -> None:
    assert ran(check("x = 1\nassert x > 2")).findings[0].said == "it does not hold: x > 2"


@pytest.mark.parametrize("value", ["None", "1", "''", "' '"])
def test_a_check_that_gives_no_line_back_fails(value: str) -> None:
    assert not ran(check(f"return {value}")).findings[0].passed


def test_a_finding_is_one_line_of_bounded_length_whatever_the_check_gives_back() -> None:
    said = ran(check("return 'a\\n b\\x00\\ud800' * 1_000_000")).findings[0].said
    assert len(said) < 600
    assert said.encode()
    assert "\n" not in said


def test_time_that_is_up_names_the_check_and_the_setting() -> None:
    code = IMPORTS + check("return 'yes'", "first") + check("while True:\n    pass", "second")
    run = ran(code, seconds=BRIEF)
    assert [finding.name for finding in run.findings] == ["first"]
    assert run.fault
    assert run.fault.line == demo(code).by_name["second"].line
    assert "`seconds` under [tool.commonplace.demos]" in run.fault.message


def test_memory_that_is_not_granted_names_the_check_and_the_setting() -> None:
    run = ran(check("return 'yes'", "first") + check("return str(len(bytearray(2**31)))"), gigabytes=0.5)
    assert [finding.name for finding in run.findings] == ["first"]
    assert run.fault
    assert "more than 0.5 GB" in run.fault.message
    assert "`gigabytes` under [tool.commonplace.demos]" in run.fault.message


def test_what_heeds_no_request_to_end_is_ended_all_the_same(tmp_path: Path) -> None:
    assert ran(IMPORTS + check(forever(tmp_path / "pid")), seconds=BRIEF).fault
    assert is_gone(pid_in(tmp_path / "pid"))


def test_what_a_demo_leaves_running_ends_with_it(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    child = f"if os.fork() == 0:\n{textwrap.indent(forever(pid), '    ')}"
    waiting = f"while not os.path.exists({str(pid)!r}):\n    time.sleep(0.01)\n"
    run = ran(IMPORTS + check(f"{child}{waiting}return 'left'"))
    assert [finding.said for finding in run.findings] == ["left"]
    assert is_gone(pid_in(pid))


def test_a_fork_that_goes_on_by_itself_tells_nothing() -> None:
    run = ran(IMPORTS + check("return 'parent' if os.fork() else 'child'") + check("return 'yes'", "second"))
    assert [finding.said for finding in run.findings] == ["parent", "yes"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("os._exit(0)", "its process ended itself with code 0"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "its process was ended by signal 11"),
    ],
)
def test_a_process_that_goes_away_is_told_with_what_it_was_doing(body: str, message: str) -> None:
    code = IMPORTS + check("return 'yes'", "first") + check(body)
    run = ran(code)
    assert [finding.name for finding in run.findings] == ["first"]
    assert run.fault
    assert run.fault.message.startswith(message)
    assert run.fault.line == demo(code).by_name["it_works"].line


@pytest.mark.parametrize("way", ["sys.exit(3)", "raise KeyError('x')"])
def test_a_check_that_gives_up_fails_and_the_next_one_runs(way: str) -> None:
    run = ran(IMPORTS + check(way, "first") + check("return 'yes'", "second"))
    assert [finding.passed for finding in run.findings] == [False, True]
    assert not run.fault


def test_what_a_demo_prints_is_not_taken_for_what_it_came_to() -> None:
    body = """
        for stream in (sys.stdout, sys.stderr):
            print('{"finding": ["it_works", false, "printed", 0, 1]}' * 200_000, file=stream)
        return 'returned'
    """
    assert [finding.said for finding in ran(IMPORTS + check(body)).findings] == ["returned"]


def test_what_a_demo_writes_wherever_it_can_breaks_nothing() -> None:
    body = """
        for number in range(3, 40):
            try:
                os.write(number, b'\\n\\xff{"at": "x"}\\n[1]\\n{"finding": ["it_works"]}\\n{"fault": 1}\\n')
            except OSError:
                pass
        return 'returned'
    """
    assert [finding.said for finding in ran(IMPORTS + check(body)).findings] == ["returned"]


def test_a_demo_sees_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_TOKEN", "secret")
    assert ran(IMPORTS + check("return str('SOME_TOKEN' in os.environ)")).findings[0].said == "False"


def test_a_demo_writes_beside_itself_and_nothing_of_it_stays() -> None:
    body = "open('left.txt', 'w').write('x')\nreturn os.path.abspath('left.txt')"
    assert not Path(ran(IMPORTS + check(body)).findings[0].said).parent.exists()


def test_a_demo_draws_the_same_numbers_at_each_run() -> None:
    """Where it takes them from the order of a set of words, too."""
    code = check("return ' '.join({str(n) + 'x' for n in range(20)})")
    assert ran(code).findings[0].said == ran(code).findings[0].said


@pytest.mark.parametrize(
    ("code", "line", "message"),
    [
        ("def it_works(:\n", 1, "no Python: "),
        ("x = 1\n", 1, "no check; "),
        ("\nimport nothing_of_that_name\n" + check("return 'x'"), 2, "ModuleNotFoundError: "),
        ("x = 1\n\n1 / 0\n" + check("return 'x'"), 3, "ZeroDivisionError: "),
    ],
)
def test_what_cannot_be_run_is_told_at_its_line(code: str, line: int, message: str) -> None:
    fault = demo(code).fault or ran(code).fault
    assert fault
    assert fault.line == line
    assert fault.message.startswith(message)


@pytest.mark.skipif(cores() < 2, reason="one core runs one demo at a time")
def test_demos_run_side_by_side(tmp_path: Path) -> None:
    """Two that wait for each other both come to their end."""

    def meeting(mine: str, other: str) -> Demo:
        here, there = str(tmp_path / mine), str(tmp_path / other)
        wait = f"while not os.path.exists({there!r}):\n    time.sleep(0.01)\n"
        return demo(IMPORTS + check(f"open({here!r}, 'w').close()\n{wait}return 'met'"), f"notes/{mine}.py")

    both = [meeting("a", "b"), meeting("b", "a")]
    assert [run.findings[0].said for _, run in runs(both, DemoSettings())] == ["met", "met"]


def test_an_interrupt_ends_every_demo_and_keeps_nothing_half_done(tmp_path: Path) -> None:
    library(tmp_path, {"works": IMPORTS + check(forever(tmp_path / "pid"))})
    command = [sys.executable, "-m", "commonplace", "demos"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)  # noqa: S603
    pid = pid_in(tmp_path / "pid")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 1
    assert "Traceback" not in errors
    assert is_gone(pid)
    assert not list(tmp_path.glob(".cache/demos/*"))
