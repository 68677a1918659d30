"""How a test is told to tests/e2e/run: a function of one Box, with a sentence as its name."""

from dataclasses import dataclass
from typing import Callable

TESTS = []


@dataclass
class Test:
    name: str
    id: str        # "main_job.drop": file and function
    seconds: int   # it is ended after that time
    function: Callable


def test(sentence, seconds=60):
    def register(function):
        file = function.__module__.removesuffix("_tests")
        TESTS.append(Test(sentence, f"{file}.{function.__name__}", seconds, function))
        return function
    return register
