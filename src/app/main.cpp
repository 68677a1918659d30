#include "app/run_window.hpp"
#include "cli/program.hpp"

int main(int argc, char** argv) {
    return tokendeck::cli::run_program(argc, argv, tokendeck::app::run_window);
}
