// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// The first line is a word or a pattern that an operator might list, the rest a text: it is refused with a
// sentence, or what it finds is masked until nothing is left to find. The first byte chooses between a word,
// a pattern, and now and then a whole filter with both, which takes long to compile.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/filter/message_filter.hpp"
#include "tiktok2twitch/relay/filter/patterns.hpp"
#include "tiktok2twitch/relay/filter/text_rules.hpp"

namespace {

namespace core = tiktok2twitch::core;
namespace relay = tiktok2twitch::relay;

void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "broken: %s\n", what);
        std::abort();
    }
}

relay::filter_options masking() {
    relay::filter_options options;
    options.starter_lists.clear();  // message_filter_fuzz has them
    options.words_action = options.patterns_action = relay::filter_action::mask;
    options.links = relay::link_action::allow;
    return options;
}

void check_masked(relay::message_filter& filter, std::string_view text) {
    relay::event event;
    event.text = text;
    const relay::verdict first = filter.judge(event, {});
    if (first.what != relay::verdict::kind::pass)
        return;
    require(core::clean_text(first.text) == first.text, "said text is not clean");
    event.text = first.text;
    require(filter.judge(event, {}).text == first.text, "not final");
}

void check_word(const std::string& word, std::string_view text) {
    static auto filter = relay::message_filter::compile(masking(), {}).value();
    filter.set_extra_words({word});
    check_masked(filter, text);
    filter.set_extra_words({});
}

void check_pattern(const std::string& pattern, std::string_view text) {
    std::string hint;
    const auto compiled = relay::pattern_set::compile({pattern}, &hint);
    if (!compiled) {
        require(!hint.empty(), "an error without a hint");
        return;
    }
    constexpr int most_rounds = 4;  // what is found in the end, a filter drops
    std::string clean = core::clean_text(text);
    for (int i = 0; i < most_rounds; ++i) {
        const auto found = compiled->find(clean, true);
        require(found.rule == compiled->find(clean, false).rule, "found in one way only");
        require(found.rule.empty() == found.where.empty(), "a match without a place");
        if (found.where.empty())
            return;
        for (const relay::text_range& place : found.where)
            require(place.begin < place.end && place.end <= clean.size(), "a place outside of the text");
        clean = relay::mask_ranges(clean, found.where);
        require(core::clean_text(clean) == clean, "said text is not clean");
    }
}

void check_filter(const std::string& entry, std::string_view text) {
    relay::filter_options options = masking();
    options.words.push_back(entry);
    options.patterns.push_back(entry);
    std::string hint;
    if (auto filter = relay::message_filter::compile(options, {}, &hint))
        check_masked(*filter, text);
    else
        require(!hint.empty(), "an error without a hint");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string entry(bytes.substr(0, bytes.find('\n')));
    const std::string_view text = bytes.substr(entry.size());
    if (data[0] == 0)
        check_filter(entry, text);
    else if (data[0] % 4 == 0)
        check_word(entry, text);
    else
        check_pattern(entry, text);
    return 0;
}
