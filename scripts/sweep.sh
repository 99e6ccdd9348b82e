# shellcheck shell=bash
# What scripts/sweep.parallel and scripts/sweep.slurm share: the shards of one check, their files and what
# becomes of them. Sourced.

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

shards=64
folder=$root/results/sweep
inputs=all
selection=()
accuracy=$root/build/release/bin/ulpfront-accuracy

# take_argument WORD NEXT_WORD: understands one of the options that both scripts have; sets `taken` to the
# number of words that it was, 0 where it is none of them.
# shellcheck disable=SC2034 # used by the scripts that source this
take_argument() {
    taken=2
    case $1 in
        --shards | --folder | --inputs | --function | --kernel | --isa | --method | --dtype | --kernels)
            [ $# -ge 2 ] || die "$exit_usage" "$1 needs a value; try $self --help"
            ;;
    esac
    case $1 in
        --shards) shards=$2 ;;
        --folder) folder=$(realpath -m -- "$2") ;;
        --inputs) inputs=$2 ;;
        --kernels) selection+=("$1" "$(realpath -m -- "$2")") ;;
        --function | --kernel | --isa | --method | --dtype) selection+=("$1" "$2") ;;
        *) taken=0 ;;
    esac
}

# begin: the folder is there, and there is something to run.
begin() {
    [[ $shards =~ ^[1-9][0-9]{0,5}$ ]] || die "$exit_usage" "--shards '$shards': say how many, such as 64"
    [ -x "$accuracy" ] || die "$exit_unavailable" "there is no ${accuracy#"$root/"}; run scripts/run first"
    mkdir -p -- "$folder" 2>/dev/null || die "$exit_cannot_write" "cannot make the folder '$folder'"
}

shard_file() { printf '%s/shard.%s-of-%s.json' "$folder" "$1" "$shards"; }

# unfinished: the numbers of the shards that have no whole file yet, one a line.
unfinished() {
    local part
    for ((part = 0; part < shards; part++)); do
        grep -qsFx '"complete": true,' "$(shard_file "$part")" || printf '%d\n' "$part"
    done
}

# check_shard PART [OPTION...]: does one shard, or what is left of it. A kernel that breaks its promise or
# crashes is a result like any other: it stands in the shard, and what is merged tells of it.
check_shard() {
    local part=$1 status=0
    shift
    "$accuracy" check "${selection[@]}" --inputs "$inputs" --shard "$part/$shards" \
        --out "$(shard_file "$part")" "$@" || status=$?
    case $status in 2 | 3) status=0 ;; esac
    return "$status"
}

# merge_shards: the result of them all, as one machine would have written it.
merge_shards() {
    local part files=()
    for ((part = 0; part < shards; part++)); do files+=("$(shard_file "$part")"); done
    "$accuracy" merge -o "$folder/accuracy.json" "${files[@]}"
}
