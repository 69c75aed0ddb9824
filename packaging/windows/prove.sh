# The proof run of the installed program. Sourced by build.sh; stops at the first thing that is not as it must be, and
# no step waits longer than it says.
#
#   the portable zip runs where it was unpacked · installs in silence · the command line goes the whole way (reading
#   process, scoring, PDF, Excel) · the window goes it too (prove_window.sh) · upgrades after it closed · uninstalls,
#   files stay
#
# Pictures and papers are left in WORKDIR/out/proof, to be looked at: a machine does not see a wrong font.

proof=$out/proof
desk="$drive/测试 目录/桌 面"

must() { "$@" || { echo "不符：$*" >&2; exit 1; }; }
absent() { [ ! -e "$1" ]; }
same() { [ "$1" = "$2" ]; }
exit_code() { local code=0; "$@" || code=$?; echo "$code"; }
digest() { sha256sum <"$1"; }

# The folder a program is installed into, as the registry tells it.
installed_folder() {
    upath "$(win 60 reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\EcoScore' /v InstallLocation |
        iconv -f GBK -t UTF-8 | sed -n 's/.*REG_SZ *//p' | tr -d '\r')"
}

# By a batch file, where a folder may come last with its spaces and without quotes; no argument passed here can have that.
batch() {
    printf '@%s\r\n@exit /b %%ERRORLEVEL%%\r\n' "$1" | iconv -f UTF-8 -t GBK >"$build/run.cmd"
    win 300 cmd /c "$(wpath "$build/run.cmd")"
}

# With _?= the uninstaller runs where it is and its exit code can be had; else it goes on from a copy of its own.
uninstall() { batch "\"$(wpath "$program")\\uninstall.exe\" /S _?=$(wpath "$program")"; }

install_into() { batch "\"$(wpath "$build/EcoScore-setup.exe")\" /S /D=$(wpath "$1")"; }

. "$here/prove_window.sh"

step_prove() {
    local setup=$build/EcoScore-setup.exe
    rm -rf "$proof" "$desk"
    mkdir -p "$proof" "$desk"
    cp "$out/EcoScore-$version-win64-setup.exe" "$setup"
    cp -r "$root/resources/demo/报送" "$root/resources/demo/区县名单.xlsx" "$desk/"

    prove_portable

    say "install"
    win 300 "$(wpath "$setup")" /S
    program=$(installed_folder)
    must test -f "$program/EcoScore.exe"
    echo "$program"
    du -sh "$program"

    prove_command_line
    [ "$native" = yes ] || prove_share
    [ "$native" = yes ] || prove_profiles
    [ "$native" = yes ] || prove_window
    prove_upgrade
    prove_uninstall
    [ "$native" = yes ] || prove_elsewhere  # the builder on Windows need not have Chinese for its code page
}

cli() { win "${seconds:-300}" "$(wpath "$program/ecoscore-cli.exe")" "$@"; }

prove_portable() {
    say "portable"
    host_python -m zipfile -e "$out/EcoScore-$version-win64-portable.zip" "$desk/免安装"
    program="$desk/免安装/EcoScore-$version"
    cli schemes
    rm -r "$desk/免安装"
}

prove_command_line() {
    say "command line"
    local file="$desk/某市 考核.ecos"
    cli new "$(wpath "$file")" --scheme jiangsu-green --districts "$(wpath "$desk/区县名单.xlsx")"
    cp "$file" "$desk/乙市 考核.ecos"
    cli import "$(wpath "$file")" "$(wpath "$desk/报送")"
    cli score "$(wpath "$file")" --period 2024 | tee "$proof/score.txt"
    cli report "$(wpath "$file")" --period 2024 -o "$(wpath "$desk/出件")" | tail -1
    must test -n "$(find "$desk/出件" -name '*.pdf')"
    must test -n "$(find "$desk/出件" -name '*.xlsx')"
    cli check "$(wpath "$file")"
    cp -r "$desk/出件" "$proof/"
    [ "$native" = yes ] || must same 0 "$(shells_started)"
}

# How often a command asks for the shell: a desk may forbid that (no_shell.py).
shells_started() { win 120 WINEDEBUG=+process "$(wpath "$program/ecoscore-cli.exe")" schemes | grep -aci 'cmd\.exe'; }

# A file by the name of a share, as Wine lets a folder be called.
prove_share() {
    say "a share"
    local file='\\server\共享\某市 考核.ecos'
    mkdir -p "$room/wine/dosdevices/unc/server" "$desk/共享"
    ln -sfn "$(tpath "$desk/共享")" "$room/wine/dosdevices/unc/server/共享"
    cli new "$file" --scheme jiangsu-green --districts "$(wpath "$desk/区县名单.xlsx")"
    cli import "$file" "$(wpath "$desk/报送")" | tail -1
    cli check "$file"
    must test -f "$desk/共享/某市 考核.ecos"
}

# A profile where nothing can be written (a file stands where the folder should be), then another account's.
prove_profiles() {
    say "a profile that takes nothing, another account"
    local file="$desk/丙市 考核.ecos" other='李 小红' backups
    local mine="$drive/users/$person/AppData/Local/EcoScore" hers="$drive/users/$other/AppData/Local/EcoScore"
    mv "$mine" "$mine.away"
    touch "$mine"
    cli new "$(wpath "$file")" --scheme jiangsu-green --districts "$(wpath "$desk/区县名单.xlsx")"
    cli import "$(wpath "$file")" "$(wpath "$desk/报送")" >"$proof/no-backups.txt"
    must grep -q ECOSCORE_BACKUPS "$proof/no-backups.txt"
    rm "$mine"
    mv "$mine.away" "$mine"
    backups=$(find "$mine" -name '*.ecos')
    rm -rf "$drive/users/$other"
    sign_on "$other"
    cli import "$(wpath "$file")" "$(wpath "$desk/报送")" | tail -1
    must test -n "$(find "$hers/backups" -name '*.ecos')"
    must same "$backups" "$(find "$mine" -name '*.ecos')"
    sign_on "$person"
}

# Wine takes the account's name from here, once it starts anew.
sign_on() {
    stop_services
    sed -i "1s/.*/$1:x:0:0::\/root:\/bin\/sh/" "$room/etc/passwd"
    start_services
}

prove_upgrade() {
    say "upgrade in place"
    local file="$desk/某市 考核.ecos" before
    before=$(digest "$file")
    touch "$program/EcoScore-files/of an older version.dll" "$program/我的文件.xlsx"
    win 300 "$(wpath "$build/EcoScore-setup.exe")" /S
    must absent "$program/EcoScore-files/of an older version.dll"
    must test -f "$program/我的文件.xlsx"
    must same "$before" "$(digest "$file")"
    cli check "$(wpath "$file")"
}

prove_uninstall() {
    say "uninstall"
    cp "$desk/某市 考核.ecos" "$program/也存在这里.ecos"
    uninstall
    must absent "$program/EcoScore.exe"
    must absent "$program/EcoScore-files"
    must test -f "$program/也存在这里.ecos"
    must test -f "$program/我的文件.xlsx"
    must test -f "$desk/某市 考核.ecos"
    ! win 60 reg query 'HKCU\Software\Classes\.ecos' /ve >/dev/null || { echo "文件关联还在" >&2; exit 1; }
    [ "$native" = yes ] || must test -n "$(find "$drive/users/$person/AppData/Local/EcoScore/backups" -name '*.ecos')"
    rm -r "$program"
}

# Where the IT office says, and where nothing can be written.
prove_elsewhere() {
    say "another folder"
    program="$drive/单位软件/Eco Score"
    must same 0 "$(exit_code install_into "$program")"
    must same "$program" "$(installed_folder)"
    cli schemes >/dev/null
    must same 0 "$(exit_code uninstall)"
    must absent "$program/EcoScore.exe"
    mkdir -p "$desk/写不进"
    touch "$desk/写不进/EcoScore-files"  # a file where the folder should come: nobody can write there, root included
    must same 2 "$(exit_code install_into "$desk/写不进")"
}
