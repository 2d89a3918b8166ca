# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
#
# Compiler, linker and warning flags of our own code (t2t_options). Third-party code and generated
# code never link t2t_options, so -Werror speaks only about what we wrote.

find_program(T2T_CCACHE ccache)
if(T2T_CCACHE)
    # Without these ccache leaves out every file that uses a precompiled header (its manual, "Precompiled
    # headers"). A header's content still counts, and nothing here uses __TIME__.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${T2T_CCACHE})
    if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
    else()
        add_compile_options(-fpch-preprocess)
    endif()
endif()

# The binary that is shipped is to be small: gold (of binutils) folds functions that became the same code,
# where no address of theirs is compared, which takes off 2 %. Everything else is to be linked soon.
find_program(T2T_GOLD ld.gold)
find_program(T2T_MOLD mold)
if(T2T_STATIC AND T2T_GOLD)
    add_link_options(-fuse-ld=gold -Wl,--icf=safe)
elseif(T2T_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

if(T2T_SANITIZE)
    set(T2T_SANITIZE_FLAGS -fsanitize=${T2T_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND T2T_SANITIZE MATCHES "undefined")
        # Checks of every access through a pointer: a third of the compile time. ASan sees a null pointer and
        # a wrong object as well, and the preset 'fuzz' checks the pure code for all of it.
        list(APPEND T2T_SANITIZE_FLAGS -fno-sanitize=null,alignment,object-size,vptr)
    endif()
    # Third-party code is instrumented as well: a stack or a race is only whole when both sides are.
    add_compile_options(${T2T_SANITIZE_FLAGS})
    add_link_options(${T2T_SANITIZE_FLAGS})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND T2T_SANITIZE MATCHES "address")
        # Every test is a process, and half of its start was moving the tables of ASan to where it is loaded.
        add_compile_options(-fno-pie)
        add_link_options(-no-pie)
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND T2T_SANITIZE MATCHES "thread")
        # Asio uses atomic_thread_fence, which g++ cannot model under TSan.
        add_compile_options(-Wno-tsan)
    endif()
endif()
if(T2T_FUZZ)
    if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        message(FATAL_ERROR "T2T_FUZZ needs clang (libFuzzer); use the preset 'fuzz'")
    endif()
    # Numbers that are compared are not noted for the fuzzer: that took a third of the time, most of it in tables
    # of letters. Strings that are compared still are.
    add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp)
endif()

add_library(t2t_options INTERFACE)
target_compile_features(t2t_options INTERFACE cxx_std_20)
target_compile_options(t2t_options INTERFACE
    -Wall -Wextra -Wshadow -Wconversion -Wpedantic -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # With -O2 g++ 12 sees reads beyond std::string's inner buffer that are none (GCC bugs 105329 and 105651).
    # ASan, which runs all tests, would see real ones.
    target_compile_options(t2t_options INTERFACE
        -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-maybe-uninitialized)
endif()
target_include_directories(t2t_options INTERFACE ${PROJECT_SOURCE_DIR}/include)
