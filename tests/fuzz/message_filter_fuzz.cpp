// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// The first line is a word that an operator might list, the second a name, the rest what a viewer wrote:
// nothing throws, what may be said is clean and bounded, and judged again it stays as it is. Lists and
// patterns that no input changes are compiled once; patterns of an operator are filter_patterns_fuzz's.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "support/text_rules.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/filter/links/link_finder.hpp"
#include "tiktok2twitch/relay/filter/message_filter.hpp"

namespace {

namespace core = tiktok2twitch::core;
namespace relay = tiktok2twitch::relay;
namespace test = tiktok2twitch::test;

void require(bool holds, std::string_view what) {
    if (!holds) {
        std::fprintf(stderr, "broken: %.*s\n", static_cast<int>(what.size()), what.data());
        std::abort();
    }
}

void check_said(const std::string& text, std::size_t source) {
    const std::string rule = test::broken_rule(text);
    require(rule.empty(), rule);
    require(core::clean_text(text) == text, "said text is not clean");
    require(text.size() <= source * 15 + 10,
            "said text is too long");  // U+FFFD for a byte, "(dot)" for a dot
    for (const relay::found_link& link : relay::find_links(text))
        require(!link.clickable, "a link is left");
}

void check(relay::message_filter& filter, std::string_view bytes, std::string_view name) {
    relay::event event;
    event.text = bytes;
    event.from.nickname = name;
    event.from.unique_id = "ann.b";
    const relay::verdict first = filter.judge(event, {});
    if (first.what != relay::verdict::kind::pass) {
        require(!first.reason.empty(), "no reason");
        return;
    }
    check_said(first.text, bytes.size());
    check_said(first.name.value_or(""), name.size());
    event.text = first.text;
    event.from.nickname = first.name.value_or(event.from.nickname);
    event.from.unique_id = first.unique_id.value_or(event.from.unique_id);
    const relay::verdict second = filter.judge(event, {});
    require(second.what == relay::verdict::kind::pass, "passes once and is refused the next time");
    require(second.text == first.text, "not final");
    require(!second.name && !second.unique_id, "name not final");
}

relay::filter_options usual(relay::filter_action action, relay::link_action links) {
    relay::filter_options options;
    options.words = {"bad", "so bad", "kill yourself", "ill", "傻逼", "🔥", "1488"};
    options.words_action = options.patterns_action = action;
    options.patterns = {"x.z", "(a|b)+c"};
    options.links = links;
    return options;
}

relay::message_filter make(relay::filter_action action, relay::link_action links) {
    return relay::message_filter::compile(usual(action, links), {}).value();
}

// A comment has 150 characters, a name 30 and a listed word some 20; what is longer only takes longer.
constexpr std::size_t longest_text = 150;
constexpr std::size_t longest_line = 40;

std::string_view take_line(std::string_view& rest) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    return line.substr(0, longest_line);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > longest_text + 2 * longest_line + 2)
        return -1;  // not kept: the next inputs grow from shorter ones
    using relay::filter_action;
    using relay::link_action;
    static auto masking = make(filter_action::mask, link_action::defang);
    static auto stripping = make(filter_action::drop, link_action::strip);
    std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string word(take_line(text));
    const std::string_view name = take_line(text);
    text = text.substr(0, longest_text);
    // Each input by one of the two; the next one has another size.
    relay::message_filter& filter = size % 2 == 0 ? masking : stripping;
    filter.set_extra_words({word});
    check(filter, text, name);
    return 0;
}
