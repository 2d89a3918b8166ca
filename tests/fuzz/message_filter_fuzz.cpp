// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// A viewer's comment or name, and in front of it a word that a moderator listed: nothing throws, what may be
// said is clean and bounded, and judged again it stays as it is. Lists and patterns that no input changes are
// compiled once; patterns of an operator are filter_patterns_fuzz's. The first byte chooses.

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

void check_verdict(const relay::verdict& first, const relay::event& event) {
    if (first.what != relay::verdict::kind::pass) {
        require(!first.reason.empty(), "no reason");
        return;
    }
    check_said(first.text, event.text.size());
    check_said(first.name.value_or(""), event.from.nickname.size());
    check_said(first.unique_id.value_or(""), event.from.unique_id.size());
}

void check_final(relay::message_filter& filter, const relay::verdict& first, relay::event event) {
    const bool same = first.text == event.text && !first.name && !first.unique_id;
    if (same || first.what != relay::verdict::kind::pass)
        return;
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using relay::filter_action;
    using relay::link_action;
    static auto masking = make(filter_action::mask, link_action::defang);
    static auto stripping = make(filter_action::drop, link_action::strip);
    if (size == 0)
        return 0;
    std::string_view written(reinterpret_cast<const char*>(data) + 1, size - 1);
    relay::message_filter& filter = (data[0] & 1) == 0 ? masking : stripping;
    if ((data[0] & 2) != 0) {
        const std::string_view word = written.substr(0, written.find('\n'));
        filter.set_extra_words({std::string(word)});
        written.remove_prefix(std::min(word.size() + 1, written.size()));
    }
    constexpr std::size_t longest_name = 80;
    relay::event event;
    switch ((data[0] >> 2) % 4) {
        case 0:
            event.from.nickname = written.substr(0, longest_name);
            break;
        case 1:
            event.from.unique_id = written.substr(0, longest_name);
            break;
        default:
            event.text = written;
    }
    const relay::verdict verdict = filter.judge(event, {});
    if ((data[0] & 16) != 0)
        check_verdict(verdict, event);
    else
        check_final(filter, verdict, event);
    filter.set_extra_words({});
    return 0;
}
