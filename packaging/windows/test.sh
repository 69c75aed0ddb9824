# The project's own tests under Windows Python. Sourced by build.sh.
#
# Where they run a path has Chinese and a space, text files default to code page 936, and a file that is open cannot be
# replaced. What cannot run there is listed in tests/needs.py, each with its reason.
#
# Folder by folder, each in a process of its own: one that hangs costs its hour and not the others' results. The window's
# tests have the screen to themselves; on Debian a second lane takes the others meanwhile. What a folder's tests printed
# lies in WORKDIR/out/tests-COMMIT, with summary.txt. Run again for the same commit, only what has not passed is run.
# $TESTS (folders or files, with a space between) runs those alone, in any case.

step_test() {
    local tests="$drive/测试 目录/源码" commit results
    commit=$(git -C "$root" rev-parse --short "${COMMIT:-HEAD}")
    results=$out/tests-$commit
    mkdir -p "$results"
    commit_into "$tests"
    if [ -n "${TESTS:-}" ]; then
        rm -f "$results/some.txt"
        run_part some "$TESTS" || true
        tail -n 2 "$results/some.txt"
        grep -qx 'exit 0' "$results/some.txt"
        return
    fi
    local parts=(tests/cli tests/importing tests/reporting tests) part  # the longest first
    while IFS= read -r part; do
        [[ " ${parts[*]} tests/ui " == *" $part "* ]] || parts+=("$part")
    done < <(cd "$tests" && find tests -mindepth 2 -name 'test_*.py' | cut -d/ -f1-2 | sort -u)
    claims=$(mktemp -d "$work/claims.XXXXXX")
    # On Windows one after the other: programs of the other tests would take the keyboard from the window's.
    if [ "$native" = no ]; then
        run_parts "${parts[@]}" &
        beside=$!
    fi
    run_parts tests/ui "${parts[@]}"
    [ "$native" = yes ] || wait "$beside"
    rm -r "$claims"
    summary tests/ui "${parts[@]}" | tee "$results/summary.txt"
    ! grep -q '^NOT' "$results/summary.txt"
}

result_of() { printf '%s/%s.txt\n' "$results" "${1//\//.}"; }

# What the other lane has taken is passed over.
run_parts() {
    local part
    for part in "$@"; do
        mkdir "$claims/${part//\//.}" 2>/dev/null || continue
        grep -qxs 'exit 0' "$(result_of "$part")" && continue
        if [ "$part" = tests ]; then
            run_part tests "$(cd "$tests" && echo tests/test_*.py)"
        else
            run_part "$part" "$part"
        fi
    done
}

# Its last line says how it ended; while it is not finished there is none.
run_part() {
    local file code=0
    file=$(result_of "$1")
    # shellcheck disable=SC2086
    win 3600 "$(wpath "$python")" "$(wpath "$tests/packaging/windows/run_tests.py")" "$(wpath "$tests")" $2 >"$file" || code=$?
    mv "$file" "$file.raw"
    if [ "$native" = yes ]; then cat "$file.raw"; else iconv -c -f GBK -t UTF-8 "$file.raw" || true; fi | tr -d '\r' >"$file"
    rm "$file.raw"
    echo "exit $code" >>"$file"
    say "$1: $(tail -n 2 "$file" | head -n 1)"
}

# A line for each folder, the sums, what failed, and why what was left out was.
summary() {
    local part file
    for part in "$@"; do
        file=$(result_of "$part")
        grep -qxs 'exit 0' "$file" && printf '    ' || printf 'NOT '
        printf '%-24s %s\n' "$part" "$(tail -n 2 "$file" | head -n 1)"
    done
    for part in "$@"; do cat "$(result_of "$part")"; done >"$results/all.txt"
    grep -E '^[0-9]+ (passed|failed|skipped|error).* in [0-9.]+s' "$results/all.txt" | awk '{
        for (i = 2; i <= NF; i++) {
            if ($i ~ /^(passed|failed|skipped|error)/) { word = $i; gsub(/[s,]*$/, "", word); sum[word] += $(i - 1) }
            if ($i == "in") seconds += $(i + 1)
        }
    } END {
        printf "%d passed, %d failed, %d errors, %d skipped in %d minutes of work\n",
            sum["passed"], sum["failed"], sum["error"], sum["skipped"], seconds / 60
    }'
    grep -hE '^(FAILED|ERROR) ' "$results/all.txt" || true
    sed -n 's/^SKIPPED \[\([0-9]*\)\] [^ ]*: /\1 /p' "$results/all.txt" | awk '{
        n = $1; $1 = ""; count[$0] += n
    } END { for (why in count) printf "left out: %d,%s\n", count[why], why }' | sort
}
