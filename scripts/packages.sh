# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
#
# Sourced by the other scripts: installs the Debian packages that are missing, and nothing else.

build_packages=(
    g++ cmake ninja-build mold ccache
    libboost1.81-dev libssl-dev zlib1g-dev libprotobuf-dev protobuf-compiler
    libcli11-dev nlohmann-json3-dev libtomlplusplus-dev libutf8proc-dev
    libre2-dev
    libqrcodegencpp-dev
    ca-certificates
)
test_packages=(libgtest-dev libgmock-dev git python3)
ci_packages=(clang-19 libclang-rt-19-dev clang-format-14 libbenchmark-dev openssl)

install_missing() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "These packages are missing and sudo is not there to install them: ${missing[*]}" >&2
            return 1
        }
        as_root=(sudo)
    fi
    echo "Installing: ${missing[*]}" >&2
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
