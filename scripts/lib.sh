# shellcheck shell=bash
# What the scripts share: the project's folder, one-line errors, stages with their times. Sourced.

export LC_ALL=C.UTF-8

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
self=scripts/$(basename "$0")
logs=$root/build/log
verbose=0 # 1: stages show their output as it comes
progress=0 # 1: stages show what they say on standard error, such as a line of progress

# Exit codes, as in the tools (impls/tool.hpp).
# shellcheck disable=SC2034 # used by the scripts that source this
readonly exit_usage=64 exit_unavailable=69 exit_cannot_write=73

# die CODE MESSAGE: one line on standard error, then the end.
die() {
    local code=$1
    shift
    printf '%s: %s\n' "$self" "$*" >&2
    exit "$code"
}

# usage: the script's own opening comment is its help.
usage() { sed -n '2,${/^#/!q;s/^# \{0,1\}//;p}' "$0"; }

# stage NAME COMMAND...: runs the command with its output in build/log/NAME.log, prints how long it took
# and, on failure, the end of the log. Leaves the command's status in stage_status and returns 0: it is
# called plainly, never before || or in an if, where bash would not heed set -e.
stage() {
    local name=$1 log=$logs/$1.log begun=$SECONDS heading
    shift
    mkdir -p "$logs"
    printf -v heading '==> %-10s' "$name"
    printf '%s' "$heading"
    set +e
    case $verbose$progress in
        1*)
            printf '\n'
            (set -e; "$@") 2>&1 </dev/null | tee "$log"
            stage_status=${PIPESTATUS[0]}
            printf '%s' "$heading"
            ;;
        01)
            printf '\n'
            (set -e; "$@") >"$log" </dev/null
            stage_status=$?
            printf '%s' "$heading"
            ;;
        *)
            (set -e; "$@") >"$log" 2>&1 </dev/null
            stage_status=$?
            ;;
    esac
    set -e
    printf ' %4d s' "$((SECONDS - begun))"
    if [ "$stage_status" = 0 ]; then
        # A stage that had nothing to do says so last.
        printf '  %s\n' "$(tail -n 1 "$log" | grep '^skipped: ')" | sed 's/ *$//'
        return
    fi
    printf '  exit %d\n' "$stage_status"
    [ "$verbose$progress" != 00 ] || tail -n 60 "$log" | sed 's/^/    /'
    printf '    all of it: %s\n' "${log#"$PWD/"}"
}
