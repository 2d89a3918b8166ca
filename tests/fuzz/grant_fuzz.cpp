// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// A stored login: any bytes are read without harm, and what is a grant survives being written and read; what
// it carries can go into a header and a protocol line as it is.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tiktok2twitch/twitch/login/grant.hpp"

namespace {

namespace twitch = tiktok2twitch::twitch;

void require(bool holds) {
    if (!holds)
        std::abort();
}

bool harmless(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = twitch::read_grant({reinterpret_cast<const char*>(data), size});
    if (!read)
        return 0;
    require(!read->access.empty() && harmless(read->access.reveal()) && harmless(read->refresh.reveal()));
    require(harmless(read->client_id) && harmless(read->login) && harmless(read->user_id));
    const auto again = twitch::read_grant(twitch::write_grant(*read));
    require(again && *again == *read);
    return 0;
}
