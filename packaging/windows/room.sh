# Where Windows programs run. Sourced by build.sh with $work set; gives
#   make_room        what is needed before the first program can run
#   win SECONDS [NAME=VALUE …] P …  run a Windows program, its output on ours
#   drive            the folder that is C:\ to these programs
#   wpath FILE       a file's name as they say it
#   upath NAME       the file that they call so
#   tpath FILE       a file's name as a Debian program of the room says it
#   tool P …         a Debian program of the room (makensis, osslsigncode, xdotool …); on Windows the system's own
#
# On Windows everything is as it is. On Debian (root is needed for the chroot) a Debian 13 is made under $work/room:
# its Wine 10 is the oldest whose `windows` platform Qt 6.9 starts on. Nothing there reaches a network.

case $(uname -s) in
MINGW* | MSYS* | CYGWIN*)
    native=yes
    drive=$work/c
    make_room() { mkdir -p "$drive"; }
    wpath() { cygpath -w "$1"; }
    upath() { cygpath -u "$1"; }
    tpath() { cygpath -w "$1"; }
    tool() { "$@"; }
    win() {
        local seconds=$1 settings=()
        shift
        while [[ $1 =~ ^[A-Z_0-9]+= ]]; do settings+=("$1"); shift; done
        # Git Bash would take /S for a folder and make a Windows path of it.
        env MSYS2_ARG_CONV_EXCL='*' "${settings[@]}" timeout "$seconds" "$@" </dev/null
    }
    ;;
*)
    native=no
    room=$work/room
    drive=$room/wine/drive_c
    display=:99
    person='王 小明'

    make_room() {
        if [ ! -e "$room/ready" ]; then
            [ "$(id -u)" -eq 0 ] || { echo "在 Debian 上构建需要 root（debootstrap、chroot）" >&2; exit 3; }
            command -v debootstrap >/dev/null || { echo "缺少 debootstrap：apt-get install -y debootstrap" >&2; exit 3; }
            rm -rf "$room"
            # The mirror this machine already uses, if it says so; debootstrap's own otherwise.
            local mirror
            mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -m1 '/debian$' || true)
            debootstrap --variant=minbase --include=ca-certificates trixie "$room" ${mirror:+"$mirror"} >"$work/room.log"
            cp /etc/ssl/certs/ca-certificates.crt "$room/etc/ssl/certs/"
            DEBIAN_FRONTEND=noninteractive chroot "$room" sh -c '
                apt-get update -qq
                apt-get install -y -qq --no-install-recommends wine64 nsis osslsigncode xvfb xauth openbox xdotool \
                    imagemagick locales fonts-wqy-zenhei
                localedef -i zh_CN -f UTF-8 zh_CN.UTF-8' >>"$work/room.log" 2>&1
            touch "$room/ready"
        fi
        # Windows programs see the user by this name: as on many a desk, Chinese, here with a space besides.
        grep -q "^$person:" "$room/etc/passwd" || sed -i "1i $person:x:0:0::/root:/bin/sh" "$room/etc/passwd"
        start_screen
        [ -e "$room/windows10" ] || { win 120 winecfg -v win10 && touch "$room/windows10"; }
    }

    # A zh_CN.UTF-8 locale makes Windows programs see code page 936. Wine drops QT_*, hence WINEQT_*.
    inside=(unshare --net --mount-proc="$room/proc" chroot "$room" /usr/bin/env -i HOME=/root PATH=/usr/bin:/bin
        LANG=zh_CN.UTF-8 LC_ALL=zh_CN.UTF-8 DISPLAY=$display XDG_RUNTIME_DIR=/tmp WINEPREFIX=/wine WINEARCH=win64
        WINEDEBUG=-all "WINEDLLOVERRIDES=mscoree,mshtml=;winemenubuilder.exe,winedbg.exe=d" WINEQT_QPA_PLATFORM=windows)

    # Through a pipe: Windows Python cannot open a plain file of ours as its output. What a program started besides, such
    # as Wine's desktop, may hold the pipe open after it: its end is not waited for.
    win() {
        local seconds=$1 settings=() pipe reader n code=0
        shift
        while [[ $1 =~ ^[A-Z_0-9]+= ]]; do settings+=("$1"); shift; done
        pipe=$(mktemp -u "$work/pipe.XXXXXX")
        mkfifo "$pipe"
        cat <"$pipe" &
        reader=$!
        "${inside[@]}" "${settings[@]}" timeout "$seconds" /usr/lib/wine/wine64 "$@" </dev/null >"$pipe" 2>&1 || code=$?
        rm "$pipe"
        for n in {1..30}; do
            kill -0 "$reader" 2>/dev/null || return "$code"
            sleep 0.1
        done
        kill -PIPE "$reader" 2>/dev/null || true
        return "$code"
    }

    tool() { "${inside[@]}" "$@"; }
    tpath() { printf '%s\n' "${1#"$room"}"; }

    upath() {
        local name=${1#?:}
        printf '%s\n' "$drive${name//\\//}"
    }

    wpath() {
        local name=${1#"$drive"}
        printf 'C:%s\n' "${name//\//\\}"
    }

    # Screen, window manager and Wine's own services live until build.sh ends. The services are started here, lest the
    # first program's output stay open in their hands.
    start_screen() {
        [ -z "${screen:-}" ] || return 0
        rm -f "$room/tmp/.X11-unix/X99" "$room/tmp/.X99-lock"
        "${inside[@]}" Xvfb $display -screen 0 1600x1000x24 -nolisten tcp >/dev/null 2>&1 &
        screen=$!
        trap stop_room EXIT
        sleep 2
        "${inside[@]}" openbox >/dev/null 2>&1 &
        manager=$!
        start_services
    }

    start_services() {
        "${inside[@]}" /usr/lib/wine/wineserver64 -p >/dev/null 2>&1 || true  # it runs already
        "${inside[@]}" /usr/lib/wine/wine64 wineboot -i </dev/null >/dev/null 2>&1
    }

    stop_services() {
        "${inside[@]}" /usr/lib/wine/wineserver64 -k >/dev/null 2>&1 || true
        "${inside[@]}" timeout 30 /usr/lib/wine/wineserver64 -w >/dev/null 2>&1 || true
    }

    stop_room() {
        [ -z "${beside:-}" ] || kill "$beside" 2>/dev/null || true  # the other lane of tests, if they are cut short
        stop_services
        kill "${manager:-}" "$screen" 2>/dev/null || true
    }
    ;;
esac
