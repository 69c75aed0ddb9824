# The proof run of the installed program. Sourced by build.sh; stops at the first thing that is not as it must be.
#
#   installs in silence · the command line goes the whole way (reading process, scoring, PDF, Excel) · a double-click on
#   a file opens the window · an installer refuses while it runs · upgrades after it closed · uninstalls, files stay
#
# Pictures and papers are left in WORKDIR/out/proof, to be looked at: a machine does not see a wrong font.

proof=$out/proof
desk="$drive/测试 目录/桌 面"

must() { "$@" || { echo "不符：$*" >&2; exit 1; }; }
absent() { [ ! -e "$1" ]; }

# The folder a program is installed into, as the registry tells it.
installed_folder() {
    win 60 reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\EcoScore' /v InstallLocation |
        sed -n 's/.*REG_SZ *C:\\//p' | tr -d '\r' | tr '\\' '/' | sed "s|^|$drive/|"
}

picture() { [ "$native" = yes ] || tool import -window root "/proof-$1.png" && { [ "$native" = yes ] || mv "$room/proof-$1.png" "$proof/$1.png"; }; }

step_prove() {
    local setup=$build/EcoScore-setup.exe
    rm -rf "$proof" "$desk"
    mkdir -p "$proof" "$desk"
    cp "$out/EcoScore-$version-win64-setup.exe" "$setup"
    cp -r "$root/resources/demo/报送" "$root/resources/demo/区县名单.xlsx" "$desk/"

    say "install"
    win 300 "$(wpath "$setup")" /S
    program=$(installed_folder)
    must test -f "$program/EcoScore.exe"
    du -sh "$program"

    prove_command_line
    [ "$native" = yes ] || prove_window
    prove_uninstall
}

cli() { win "${seconds:-300}" "$(wpath "$program/ecoscore-cli.exe")" "$@"; }

prove_command_line() {
    say "command line"
    local file="$desk/某市 考核.ecos"
    cli new "$(wpath "$file")" --scheme jiangsu-green --districts "$(wpath "$desk/区县名单.xlsx")"
    cli import "$(wpath "$file")" "$(wpath "$desk/报送")"
    cli score "$(wpath "$file")" --period 2024 | tee "$proof/score.txt"
    cli report "$(wpath "$file")" --period 2024 -o "$(wpath "$desk/出件")"
    must test -n "$(find "$desk/出件" -name '*.pdf')"
    must test -n "$(find "$desk/出件" -name '*.xlsx')"
    cli check "$(wpath "$file")"
    cp -r "$desk/出件" "$proof/"
}

# Waits for a window by a part of its title; its number is in $window then.
await_window() {
    local n
    for n in $(seq 90); do
        window=$(tool xdotool search --onlyvisible --name "$1" 2>/dev/null | tail -1 || true)
        [ -n "$window" ] && return 0
        sleep 1
    done
    picture no-window
    echo "没有等到窗口：$1" >&2
    return 1
}

await_no_window() {
    local n
    for n in $(seq 60); do
        [ -z "$(tool xdotool search --onlyvisible --name "$1" 2>/dev/null || true)" ] && return 0
        sleep 1
    done
    return 1
}

prove_window() {
    say "window, by double-click on a file"
    local file="$desk/某市 考核.ecos" code=0
    # Windows looks for a file's program among the user's own registrations first; Wine 10 does not know these, so what
    # the installer wrote is copied to where it looks.
    local key
    for key in .ecos EcoScore.Assessment; do
        win 60 reg copy "HKCU\\Software\\Classes\\$key" "HKLM\\Software\\Classes\\$key" /s /f >/dev/null
    done
    # Not through win: the program would keep the pipe open as long as it lives.
    "${inside[@]}" timeout 60 /usr/lib/wine/wine64 start "$(wpath "$file")" </dev/null >/dev/null 2>&1
    await_window "某市 考核"
    sleep 15
    picture window

    say "installer while the program runs"
    win 120 "$(wpath "$build/EcoScore-setup.exe")" /S || code=$?
    must test "$code" = 2
    code=0
    win 120 "$(wpath "$program/uninstall.exe")" /S "_?=$(wpath "$program")" || code=$?
    must test "$code" = 2
    must test -f "$program/EcoScore.exe"

    say "close, upgrade"
    tool xdotool windowactivate --sync "$window" key --window "$window" ctrl+q
    must await_no_window "某市 考核"
    win 300 "$(wpath "$build/EcoScore-setup.exe")" /S
    cli check "$(wpath "$file")"
}

prove_uninstall() {
    say "uninstall"
    cp "$desk/某市 考核.ecos" "$program/也存在这里.ecos"
    win 120 "$(wpath "$program/uninstall.exe")" /S "_?=$(wpath "$program")"
    must absent "$program/EcoScore.exe"
    must absent "$program/EcoScore-files"
    must test -f "$program/也存在这里.ecos"
    must test -f "$desk/某市 考核.ecos"
    ! win 60 reg query 'HKCU\Software\Classes\.ecos' /ve >/dev/null || { echo "文件关联还在" >&2; exit 1; }
    rm -r "$program"
}
