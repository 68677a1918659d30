# What the tools share; sourced by them. The working folder becomes the top of the tree.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# The comment at the top of a tool is its help.
show_help() { sed -n '2,/^[^#]/{/^#/!q; s/^# \{0,1\}//; p}' "$0"; }

# Those of the files and folders that are there.
existing() {
    local file
    for file in "$@"; do [ ! -e "$file" ] || echo "$file"; done
}

# One at a time writes into build/; the lock ends with the process that took it.
lock_build() {
    if command -v flock >/dev/null; then
        exec 9>build/.lock
        flock 9
    fi
}

premake() {
    if command -v premake5 >/dev/null; then
        premake5 "$@"
    else
        premake4 --file=premake5.lua "$@"
    fi
}

# The makefiles' dialect: premake5's own is gmake2 (called gmake in its newest versions), premake4 has gmake.
make_dialect() {
    if command -v premake5 >/dev/null && premake5 --help | grep -q '^ gmake2 '; then echo gmake2; else echo gmake; fi
}

# What was compiled before from the same text, in this clone or another, is taken from ccache where that is installed.
use_ccache() {
    [ -d /usr/lib/ccache ] || return 0
    export PATH=/usr/lib/ccache:$PATH CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
    export CCACHE_SLOPPINESS=include_file_mtime,include_file_ctime # a clone's files are all new; their text counts
}

# Compiles: build CONFIGURATION TARGET… Prints what it compiles on standard error, and nothing when nothing changed.
# It may stand before || or in an if, where bash goes on after a command that failed; its status is make's all the same.
build() (
    local configuration=$1
    shift
    lock_build || exit
    use_ccache
    make -C build --no-print-directory -k -j "$(nproc)" config="$configuration" "$@" 2>&1 |
        { grep --line-buffered -vE "^==== Building|^Creating |^make(\[[0-9]+\])?: (Nothing|Entering|Leaving)|^#?$|is up to date" >&2 || true; } ||
        fail "Not built ($configuration): $*. The reason is above."
)

# What a person starts, and the drop-in libraries where this system has them.
program_targets() {
    local makefile
    echo tokendeck
    for makefile in $(existing build/virtual_token_*.make); do basename "$makefile" .make; done
}
