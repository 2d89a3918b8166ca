// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// libFuzzer calls this before it reads its options: inputs of the target have at most T2T_LONGEST_INPUT bytes
// (CMakeLists.txt), unless a -max_len on the command line says otherwise. ASan keeps four callers of what is
// allocated: to write down thirty takes a tenth of the time, and ASAN_OPTIONS=malloc_context_size=30 has
// them.

#include <string>
#include <vector>

extern "C" const char* __asan_default_options() {
    return "malloc_context_size=4";
}

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    static std::string longest = "-max_len=" + std::to_string(T2T_LONGEST_INPUT);
    static std::vector<char*> arguments(*argv, *argv + *argc);
    arguments.insert(arguments.begin() + 1, longest.data());
    *argc = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    *argv = arguments.data();
    return 0;
}
