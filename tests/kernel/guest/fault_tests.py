"""The plug is pulled in the middle of something."""
import functools

from bench import *
from operation_tests import ME, account, add, slots

SEND_DATA, COMMIT, GET_CODE = "17", "01", "04"


def an_account_is_there(token, backend):
    plug_only(token)
    good(add(backend, account("totp", "old"), "totp:4"), "add")


def broken_write(token, backend, fault, code, *words):
    """What was said, and the name of the account that is in the slot afterwards. Before, it is that of "old"."""
    plug_only(token)
    token.fault(fault)
    run = fails(add(backend, account("totp", "new", OTHER_SECRET), "totp:4"), code, *words)
    token.replug()
    return run, slots(backend)["totp:4"]["name"]


def pulled_before_the_commit(token, backend):
    run, name = broken_write(token, backend, f"unplug_at={SEND_DATA}:1", NO_TOKEN, "unplugged")
    equal(name, "old", "the account in the slot")
    expect("unsure" not in run.err, f"the slot is as it was, and yet called unsure: {run.err!r}")


def pulled_at_the_commit(token, backend):
    _, name = broken_write(token, backend, f"unplug_at={COMMIT}:1", FAILED, "unsure", "totp:4")
    equal(name, "old", "the account in the slot")


def pulled_after_the_commit(token, backend):
    _, name = broken_write(token, backend, f"unplug_after={COMMIT}:1", FAILED, "unsure", "totp:4")
    equal(name, "new", "the account in the slot")
    status = good(tokendeck(ME, backend, "status", "--json"), "status").json()
    equal(status["admin_tries"], 3, "PIN tries")


def pulled_while_a_code_is_asked_for(token, backend):
    plug_only(token)
    token.fault(f"unplug_at={GET_CODE}:1")
    fails(tokendeck(ME, backend, "code", "totp:4"), NO_TOKEN, "unplugged")
    token.replug()
    good(tokendeck(ME, backend, "code", "totp:4"), "code, after it was plugged in again")


def tests(backend):
    made = []
    for token in (PRO, STORAGE):
        made.append((f"{token.simulated} over {backend}: an account is there to begin with",
                     functools.partial(an_account_is_there, token, backend), None))
        for function in (pulled_before_the_commit, pulled_at_the_commit, pulled_after_the_commit,
                         pulled_while_a_code_is_asked_for):
            what = function.__name__.replace("_", " ")
            made.append((f"{token.simulated} over {backend}: {what}, it says so and can be used again",
                         functools.partial(function, token, backend), [token.simulated, what, backend]))
    return made
