# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
#
# Everything comes from Debian 12 (docs/decisions.md §9).

if(T2T_STATIC)
    set(OPENSSL_USE_STATIC_LIBS ON)
    set(Protobuf_USE_STATIC_LIBS ON)
    set(ZLIB_USE_STATIC_LIBS ON)
endif()

find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED CONFIG)
find_package(OpenSSL 3.0 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Protobuf REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
# Header path only: Debian's toml++ is a shared library, and one binary is the product.
find_path(T2T_TOML_INCLUDE toml++/toml.h REQUIRED)
find_path(T2T_UTF8PROC_INCLUDE utf8proc.h REQUIRED)
find_path(T2T_RE2_INCLUDE re2/re2.h REQUIRED)
# Static in every build: it is small, and Debian's libqrencode has no static library at all.
find_path(T2T_QRCODEGEN_INCLUDE qrcodegen/qrcodegen.hpp REQUIRED)
find_library(T2T_QRCODEGEN_LIBRARY NAMES libqrcodegencpp.a REQUIRED)
if(T2T_STATIC)
    find_library(T2T_UTF8PROC_LIBRARY NAMES libutf8proc.a REQUIRED)
    find_library(T2T_RE2_LIBRARY NAMES libre2.a REQUIRED)
else()
    find_library(T2T_UTF8PROC_LIBRARY NAMES utf8proc REQUIRED)
    find_library(T2T_RE2_LIBRARY NAMES re2 REQUIRED)
endif()
