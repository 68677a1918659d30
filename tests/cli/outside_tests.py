"""Files from outside that are not what they should be: each is refused at once, by its name, with the next step."""
import os
import socket
import threading

from bench import DONE, RFC_SECRET, USAGE, equal, expect, fails, test


def strange_files(deck):
    """Path, and what the program has to say of it where only an ordinary file will do."""
    path = lambda name: os.path.join(deck.folder, name)
    os.mkfifo(path("a-pipe"))
    os.mkdir(path("a-folder"))
    with socket.socket(socket.AF_UNIX) as made:
        os.chdir(deck.folder)  # a socket's name has to be short
        made.bind("a-socket")
    os.symlink("loop", path("loop"))
    with open(path("a-huge-file"), "wb") as file:
        file.truncate(1 << 40)
    return [(path("a-pipe"), "ordinary file"), (path("a-folder"), "folder"), (path("a-socket"), "ordinary file"),
            (path("loop"), "read"), (path("a-huge-file"), str(1 << 40)), ("/dev/zero", "ordinary file"),
            ("/dev/full", "ordinary file")]


@test
def a_picture_that_is_no_ordinary_file_is_refused_at_once(deck):
    for path, words in strange_files(deck):
        fails(deck.raw("scan", path, timeout=20), USAGE, os.path.basename(path), words)
        fails(deck.admin("add", "--image", path, timeout=20), USAGE, os.path.basename(path), words)


@test
def a_simulated_tokens_state_that_is_no_ordinary_file_is_refused_at_once(deck):
    for path, words in strange_files(deck):
        fails(deck.raw(f"--simulate=pro:{path}", "status", timeout=20), USAGE, path, words)


@test
def the_files_beside_a_simulated_tokens_state_are_refused_at_once_if_they_are_no_ordinary_ones(deck):
    for ending in (".power", ".lock"):
        os.mkfifo(deck.file + ending)
        fails(deck.run("status", timeout=20), USAGE, deck.file + ending, "ordinary file")
        expect(os.path.exists(deck.file + ending), "it is gone")
        os.remove(deck.file + ending)
        equal(deck.run("status").code, DONE, "after it is gone")


@test
def the_file_that_steers_simulated_tokens_is_refused_at_once_if_it_is_no_ordinary_one(deck):
    for path, words in strange_files(deck):
        run = deck.run("status", env={"TOKENDECK_SIMULATE_CONTROL": path}, timeout=20)
        fails(run, USAGE, path, words)


@test
def secrets_and_pins_come_from_files_pipes_and_standard_input_with_a_limit(deck):
    os.mkfifo(os.path.join(deck.folder, "pipe"))

    def run_with_pipe(content, *arguments):
        path = os.path.join(deck.folder, "pipe")

        def write():
            try:
                with open(path, "wb") as pipe:
                    pipe.write(content)
            except BrokenPipeError:
                pass  # it read what it needed to know that this is too much

        writer = threading.Thread(target=write)
        writer.start()
        run = deck.run(*arguments, timeout=60)
        writer.join()
        return run

    pin = deck.write("pin", "Adm1n-Secret-9\n")
    add = ("add", "--name", "a", "--overwrite", "--slot", "totp:1")
    equal(run_with_pipe(RFC_SECRET.encode() + b"\n", *add, "--pin-file", pin, "--secret-file", "pipe").code, DONE, "a pipe")
    equal(run_with_pipe(b"Adm1n-Secret-9\n", *add, "--pin-file", "pipe", "--secret-file",
                        deck.write("secret", RFC_SECRET)).code, DONE, "a pipe with the PIN")
    huge = b"x" * 1_000_000
    for option in ("--secret-file", "--uri-file"):
        fails(run_with_pipe(huge, *add, "--pin-file", pin, option, "pipe"), USAGE, option, "pipe", "too large", "65536")
        fails(deck.run(*add, "--pin-file", pin, option, "-", stdin=huge), USAGE, option, "standard input", "too large", "65536")
        fails(deck.run(*add, "--pin-file", pin, option, "/dev/zero"), USAGE, option, "/dev/zero", "too large", "65536")
        fails(deck.run(*add, "--pin-file", pin, option, deck.write("big", huge)), USAGE, option, "big", "1000000", "65536")
    fails(deck.run("remove", "a", "--pin-file", "/dev/zero"), USAGE, "--pin-file", "/dev/zero", "too large")
    fails(deck.run("pin", "user", "--pin-file", pin, "--new-pin-file", "/dev/zero"), USAGE, "--new-pin-file", "too large")
    for path, _ in strange_files(deck)[1:5]:
        fails(deck.run(*add, "--pin-file", pin, "--secret-file", path), USAGE, "--secret-file", os.path.basename(path))
        fails(deck.run("remove", "a", "--pin-file", path), USAGE, "--pin-file", os.path.basename(path))
