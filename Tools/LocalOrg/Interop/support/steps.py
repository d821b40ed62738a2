"""Prints a line for each step, and ends the program at the first step that fails."""

import contextlib
import sys
import traceback


class Unexpected(Exception):
    """A failed expectation, with the expected and the actual value."""


class Steps:
    """The steps of one client."""

    def __init__(self, client):
        self.client = client

    @contextlib.contextmanager
    def __call__(self, name):
        try:
            yield
        except Unexpected as problem:
            self._fail(name, str(problem))
        except Exception as problem:
            traceback.print_exc()
            self._fail(name, f"{type(problem).__name__}: {problem}")
        print(f"{self.client}: ok      {name}", flush=True)

    def _fail(self, name, problem):
        print(f"{self.client}: FAILED  {name}: {problem}", flush=True)
        sys.exit(1)


def expect(what, expected, actual):
    """Fails the step unless both values are equal."""
    if expected != actual:
        raise Unexpected(f"{what}: expected {expected!r}, got {actual!r}")


def expect_true(what, condition, actual=None):
    """Fails the step unless the condition holds."""
    if not condition:
        raise Unexpected(f"{what}: expected, got {actual!r}")
