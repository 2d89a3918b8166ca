# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
#
# Precompiled headers: parsing the standard library, Asio and GoogleTest is most of the work on most files.
# Only headers of others are in them, so that no change of ours invalidates one, and each is built once and
# shared by several targets. They must not hide a missing #include: t2t_headers never uses them, those of
# the tests hold only what every test of the kind includes itself or through its fixture, and any preset can be
# configured without them (-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON) to see whether the sources still compile.

set(T2T_PCH_STD
    <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <optional> <string> <string_view>
    <unordered_map> <utility> <variant> <vector> <boost/system/result.hpp>)
set(T2T_PCH_ASIO
    <boost/asio/as_tuple.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
    <boost/asio/io_context.hpp> <boost/asio/ip/tcp.hpp> <boost/asio/steady_timer.hpp>
    <boost/asio/use_awaitable.hpp>)
set(T2T_PCH_TEST <gmock/gmock.h> <gtest/gtest.h>)

# t2t_pch_<name>: compiles the headers, and nothing else, with the options of `libraries`.
function(t2t_add_pch name headers libraries)
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/pch/${name}.cpp CONTENT "" @ONLY)
    add_library(t2t_pch_${name} OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/pch/${name}.cpp)
    target_link_libraries(t2t_pch_${name} PRIVATE t2t_options ${libraries})
    target_precompile_headers(t2t_pch_${name} PRIVATE ${headers})
endfunction()

# The targets must have those options too: a difference that matters is an error (-Winvalid-pch).
function(t2t_use_pch name)
    foreach(target ${ARGN})
        target_precompile_headers(${target} REUSE_FROM t2t_pch_${name})
    endforeach()
endfunction()
