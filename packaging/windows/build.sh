#!/usr/bin/env bash
# From a checkout to a tested installer, on Debian or on Windows (Git Bash):
#
#     bash packaging/windows/build.sh WORKDIR [step ...]
#
# Steps, all in this order if none is named: room interpreter test freeze pack prove. Each can be run again by itself.
# What is built is the commit (HEAD, or $COMMIT), not the work tree. Results lie in WORKDIR/out.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mkdir -p "${1:?which work folder}" && cd "$1" && pwd)
shift
steps=("$@")
[ ${#steps[@]} -gt 0 ] || steps=(room interpreter test freeze pack prove)

# Two at once would share one screen, and the first to end would end the other's programs.
if [ -e "$work/running" ] && kill -0 "$(cat "$work/running")" 2>/dev/null; then
    echo "另一个 build.sh 正在使用 $work" >&2
    exit 3
fi
echo $$ >"$work/running"

. "$here/room.sh"

build=$drive/build
python=$build/python/python.exe
out=$work/out
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/pyproject.toml")
mkdir -p "$out"

say() { echo "[$(date +%T)] $*"; }

# This machine's Python and pip choose and check the files; they run nothing that is for Windows.
host_python() {
    local bin=$work/tools/bin
    [ "$native" = no ] || bin=$work/tools/Scripts
    [ -d "$bin" ] || python3 -m venv "$work/tools" 2>/dev/null || python -m venv "$work/tools"
    "$bin/python" "$@"
}
pip() { host_python -m pip --disable-pip-version-check -q "$@"; }

commit_into() {
    rm -rf "$1"
    mkdir -p "$1"
    git -C "$root" archive "${COMMIT:-HEAD}" | tar -x -C "$1"
}

step_room() { make_room; }

step_interpreter() {
    rm -rf "$build/python" "$work/download"
    mkdir -p "$build" "$work/download"
    # To learn its name pip runs the archive's setup.py, which was read and only unpacks; the hash holds it to that.
    pip download --no-deps --no-binary :all: --require-hashes -d "$work/download" -r "$here/interpreter.lock"
    host_python "$here/interpreter.py" "$work"/download/*.tar.gz "$build/python"
    verify_signatures
    for lock in requirements tools tests; do
        pip install --require-hashes --no-deps --no-compile --platform win_amd64 --python-version 3.11 \
            --only-binary=:all: --upgrade --target "$build/python/Lib/site-packages" -r "$here/$lock.lock"
    done
    win 120 "$(wpath "$python")" -c "import sys, locale, sqlite3, numpy, pandas, PySide6.QtCore as qt
print('Python', sys.version.split()[0], 'numpy', numpy.__version__, 'pandas', pandas.__version__, 'Qt', qt.qVersion(), locale.getpreferredencoding())"
}

# At the time of signing, without asking anybody. Debian's certificates do not include the root of Microsoft's own
# signatures, so the two files of Microsoft's C runtime pass with the archive's hash alone.
verify_signatures() {
    local file good=0
    if [ "$native" = yes ]; then
        powershell -NoProfile -Command "Get-ChildItem -Recurse -Include *.exe,*.dll,*.pyd '$(wpath "$build/python")' |
            Get-AuthenticodeSignature | Where-Object { \$_.Status -ne 'Valid' } | ForEach-Object { \$_.Path; \$bad = 1 }
            exit [int]\$bad"
        return
    fi
    while IFS= read -r file; do
        tool osslsigncode verify -in "$(tpath "$file")" -ignore-cdp -ignore-crl -ignore-timestamp \
            -time "$(date -d 2024-04-03 +%s)" -CAfile /etc/ssl/certs/ca-certificates.crt >"$work/signature.txt" 2>&1 || true
        if ! grep -q '^Succeeded' "$work/signature.txt" || ! grep -q 'CN=Python Software Foundation' "$work/signature.txt"; then
            echo "签名核验不通过：$file" >&2
            exit 1
        fi
        good=$((good + 1))
    done < <(find "$build/python" \( -name '*.exe' -o -name '*.dll' -o -name '*.pyd' -o -name '*.cat' \) ! -name 'vcruntime140*')
    say "signatures of the Python Software Foundation verified: $good files"
}

# One folder with two programs. Python's own hash seed and the commit's time, so that a second run gives the same bytes
# wherever PyInstaller can.
step_freeze() {
    local source=$build/source python_name
    python_name=$(wpath "$python")
    commit_into "$source"
    rm -rf "$build/dist" "$build/freeze"
    win 120 "$python_name" "$(wpath "$source/packaging/windows/icons.py")" "$(wpath "$build/icons")"
    win 1500 PYTHONUTF8=1 PYTHONHASHSEED=0 ECOSCORE_ICONS="$(wpath "$build/icons")" \
        SOURCE_DATE_EPOCH="$(git -C "$root" log -1 --format=%ct "${COMMIT:-HEAD}")" \
        "$python_name" -m PyInstaller --noconfirm --log-level WARN --distpath "$(wpath "$build/dist")" \
        --workpath "$(wpath "$build/freeze")" "$(wpath "$source/packaging/windows/ecoscore.spec")" | tee "$work/freeze.log"
    [ -f "$build/dist/EcoScore/EcoScore.exe" ]
    if grep -E "module named '?(ecoscore|ui|PySide6)\b.*imported by .*\b(ecoscore|ui)\." "$build/freeze/ecoscore/warn-ecoscore.txt"; then
        echo "上列模块在这个提交里找不到" >&2
        exit 1
    fi
    # What Wine lends is for Wine only.
    if grep -rlE 'Wine (builtin|placeholder) DLL' "$build/dist"; then
        echo "上列文件是 Wine 的，不得装入安装包" >&2
        exit 1
    fi
    du -sh "$build/dist/EcoScore"
}

step_pack() {
    local folder=$build/dist/EcoScore name=EcoScore-$version-win64
    host_python "$here/components.py" "$folder" "$build/python" "$here/requirements.lock" "$version" "$out/$name.cdx.json"
    rm -f "$out/$name"*.exe "$out/$name"*.zip
    host_python "$here/portable.py" "$folder" "EcoScore-$version" "$out/$name-portable.zip"
    cp "$here/installer.nsi" "$build/"
    tool makensis -V2 -INPUTCHARSET UTF8 -DVERSION="$version" -DKILOBYTES="$(du -sk "$folder" | cut -f1)" \
        -DFOLDER="$(tpath "$folder")" -DICONS="$(tpath "$build/icons")" -DOUTPUT="$(tpath "$build/EcoScore-setup.exe")" \
        "$(tpath "$build/installer.nsi")"
    mv "$build/EcoScore-setup.exe" "$out/$name-setup.exe"
    (cd "$out" && sha256sum "$name"*.exe "$name"*.zip "$name".cdx.json >SHA256SUMS && ls -l "$name"* && cat SHA256SUMS)
}

. "$here/test.sh"
. "$here/prove.sh"

{ # read as a whole before it runs: this file may change in the hour that it takes
    for step in "${steps[@]}"; do
        say "== $step"
        [ "$step" = room ] || make_room
        "step_$step"
    done
    say "done"
    exit
}
