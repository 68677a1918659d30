// The command line as a program of its own: it links and works without anything that a window needs.
#include "cli/program.hpp"

int main(int argc, char** argv) {
    return tokendeck::cli::run_program(argc, argv, {});
}
