# The window of the installed program, as a person at the desk goes through it, on Debian under Wine. Sourced by prove.sh.
#
# Keys and files only, no places on the screen: pages by Ctrl+digit, a page's main button by Ctrl+Enter, sheets by
# dropping them on the program's icon (a second start hands them to the window that is there). For choosing a folder
# Qt's own dialog stands in for the system's (its documented setting dialogs=none): it opens where the last one ended, and
# Enter takes it. The system's is met once, for opening a file by a name that can be typed.

# Not through win: a program that stays would keep the pipe open as long as it lives.
launch() { "${inside[@]}" "${settings[@]}" timeout 60 /usr/lib/wine/wine64 start "$@" </dev/null >/dev/null 2>&1; }
settings=(WINEQT_QPA_PLATFORM=windows:dialogs=none)

keys() {
    tool timeout 20 xdotool windowactivate --sync "$window" || true  # a dialog of it may be in front
    tool timeout 20 xdotool key --delay 60 "$@"
}

picture() { tool timeout 20 import -window root "/proof.png" && mv "$room/proof.png" "$proof/$1.png"; }

# Waits for a window by a part of its title; its number is in $window then.
await_window() {
    local n
    for n in $(seq 60); do
        window=$(tool timeout 20 xdotool search --onlyvisible --name "$1" 2>/dev/null | tail -1 || true)
        [ -n "$window" ] && return 0
        sleep 1
    done
    picture failed
    echo "没有等到窗口：$1" >&2
    exit 1
}

await_no_window() {
    local n
    for n in $(seq 60); do
        [ -z "$(tool timeout 20 xdotool search --onlyvisible --name "$1" 2>/dev/null || true)" ] && sleep 3 && return 0
        sleep 1
    done
    picture failed
    echo "窗口没有关闭：$1" >&2
    exit 1
}

# Until nothing has moved for some seconds: while the program works, it says so in its bar.
await_still() {
    local n last="" now
    sleep 2
    for n in $(seq 40); do
        now=$(tool timeout 20 import -window root rgb:- | md5sum)
        [ "$now" = "$last" ] && return 0
        last=$now
        sleep 3
    done
    picture failed
    echo "两分钟后窗口还在忙" >&2
    exit 1
}

await_file() {
    local n
    for n in $(seq 120); do
        [ -n "$(find "$1" -name "$2" -print -quit 2>/dev/null)" ] && return 0
        sleep 1
    done
    picture failed
    echo "没有等到文件：$1 $2" >&2
    exit 1
}

look() { await_still && picture "$1"; }

prove_window() {
    prove_first_start
    prove_system_dialog
    prove_year
    prove_refusal
    prove_scales
}

prove_first_start() {
    say "window: first start, the example"
    local documents="$drive/users/$person/Documents"
    rm -rf "$documents/EcoScore 示例"
    win 60 reg delete 'HKCU\Software\EcoScore' /f >/dev/null || true  # there is none where nobody has used it
    launch "$(wpath "$program/EcoScore.exe")"
    await_window "绿色政绩考核"
    look 1-start
    keys ctrl+shift+e
    await_window "示例.ecos"
    must test -f "$documents/EcoScore 示例/示例.ecos"
    look 2-example
    keys ctrl+7
    look 3-example-results
    keys ctrl+q
    await_no_window "示例.ecos"
}

prove_system_dialog() {
    say "window: the system's file dialog"
    local settings=()
    mkdir -p "$desk/打 开"
    cp "$desk/某市 考核.ecos" "$desk/打 开/2024.ecos"
    win 60 reg add 'HKCU\Software\EcoScore\EcoScore' /v folder /d "$(wpath "$desk/打 开" | tr '\\' /)" /f >/dev/null
    launch "$(wpath "$program/EcoScore.exe")"
    await_window "绿色政绩考核"
    await_still
    keys ctrl+o
    await_window "打开考核文件"
    sleep 2
    tool timeout 20 xdotool type --delay 80 2024.ecos
    sleep 1
    picture 3-system-dialog
    tool timeout 20 xdotool key Return
    await_window "2024.ecos"
    keys ctrl+q
    await_no_window "2024.ecos"
}

# From an empty file to papers, and the same scores as the command line's.
prove_year() {
    say "window: a file by double-click, a folder of sheets on the program's icon"
    local file="$desk/乙市 考核.ecos" key
    # Windows looks for a file's program among the user's own registrations first; Wine 10 does not know these, so what
    # the installer wrote is copied to where it looks.
    for key in .ecos EcoScore.Assessment; do
        win 60 reg copy "HKCU\\Software\\Classes\\$key" "HKLM\\Software\\Classes\\$key" /s /f >/dev/null
    done
    mkdir -p "$desk/窗口出件"
    win 60 reg add 'HKCU\Software\EcoScore\EcoScore' /v folder /d "$(wpath "$desk/窗口出件" | tr '\\' /)" /f >/dev/null
    launch "$(wpath "$file")"
    await_window "乙市 考核"
    look 4-empty-file
    must same 0 "$(exit_code win 60 "$(wpath "$program/EcoScore.exe")" "$(wpath "$desk/报送")")"
    look 5-import-plan
    keys ctrl+Return
    look 6-imported
    cli score "$(wpath "$file")" --period 2024 >"$proof/score-window.txt"
    must diff <(sed 1d "$proof/score.txt") <(sed 1d "$proof/score-window.txt")

    say "window: scores, papers"
    keys ctrl+7
    look 7-results
    keys ctrl+8
    look 8-scorecard
    keys ctrl+Return
    sleep 3
    picture 9-folder
    tool timeout 20 xdotool key Return
    await_file "$desk/窗口出件" '*成绩单.pdf'
    look 10-exported
    must test -n "$(find "$desk/窗口出件" -name '*成绩单.xlsx')"
    must test -n "$(find "$desk/窗口出件" -name '排名汇总表*.pdf')"
}

# While the window is open neither installer nor uninstaller touches anything, and both say why; the file is whole.
prove_refusal() {
    say "window: installer and uninstaller while it runs"
    local file="$desk/乙市 考核.ecos" before
    before=$(digest "$file")
    must same 2 "$(exit_code win 120 "$(wpath "$build/EcoScore-setup.exe")" /S)"
    must same 2 "$(exit_code uninstall)"
    launch "$(wpath "$build/EcoScore-setup.exe")"
    await_window "安装"
    sleep 2
    picture 11-installer
    keys Return
    sleep 4
    picture 12-installer-refuses
    tool timeout 20 xdotool key Return
    await_no_window "安装"
    must test -f "$program/EcoScore.exe"
    must same "$before" "$(digest "$file")"
    await_window "乙市 考核"
    keys ctrl+q
    await_no_window "乙市 考核"
    cli check "$(wpath "$file")"
}

# Windows of a desk at 125 % and 150 %, as the system tells it to programs: read anew only when Wine starts anew.
prove_scales() {
    local percent
    for percent in 125 150; do
        say "window: $percent %"
        set_scale "$percent"
        launch "$(wpath "$desk/某市 考核.ecos")"
        await_window "某市 考核"
        keys ctrl+7
        look "13-results-at-$percent"
        keys ctrl+8
        look "14-scorecard-at-$percent"
        keys ctrl+q
        await_no_window "某市 考核"
    done
    set_scale 100
}

set_scale() {
    win 60 reg add 'HKCU\Control Panel\Desktop' /v LogPixels /t REG_DWORD /d $((96 * $1 / 100)) /f >/dev/null
    stop_services
    start_services
}
