// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// The first line is a word and a pattern that an operator might list, the rest a text: they are refused with
// a sentence, or what they find is masked until nothing is left to find.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/filter/message_filter.hpp"

namespace {

namespace relay = tiktok2twitch::relay;

void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "broken: %s\n", what);
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t longest_pattern = 100;
    constexpr std::size_t longest_text = 150;
    if (size > longest_pattern + longest_text)
        return -1;  // not kept: the next inputs grow from shorter ones
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t line = std::min({bytes.find('\n'), bytes.size(), longest_pattern});
    relay::filter_options own;
    own.starter_lists.clear();  // message_filter_fuzz has them
    own.words_action = own.patterns_action = relay::filter_action::mask;
    own.links = relay::link_action::allow;
    own.words.emplace_back(bytes.substr(0, line));
    own.patterns.emplace_back(bytes.substr(0, line));
    std::string hint;
    auto filter = relay::message_filter::compile(own, {}, &hint);
    if (!filter) {
        require(!hint.empty(), "an error without a hint");
        return 0;
    }
    relay::event event;
    event.text = bytes.substr(line, longest_text);
    const relay::verdict first = filter->judge(event, {});
    if (first.what != relay::verdict::kind::pass)
        return 0;
    require(tiktok2twitch::core::clean_text(first.text) == first.text, "said text is not clean");
    event.text = first.text;
    require(filter->judge(event, {}).text == first.text, "not final");
    return 0;
}
