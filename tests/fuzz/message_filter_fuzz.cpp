// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// The first line is a word and a pattern that an operator might list, the rest what a viewer wrote (and is
// called): nothing throws, what may be said is clean and bounded, and judged again it stays as it is.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "relay/link_finder.hpp"
#include "support/text_rules.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/message_filter.hpp"

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
    event.from.unique_id = name;
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t line = std::min(bytes.find('\n'), bytes.size());
    const std::string_view rest = bytes.substr(line);
    using relay::filter_action;
    using relay::link_action;
    static auto masking =
        relay::message_filter::compile(usual(filter_action::mask, link_action::defang), {}).value();
    static auto stripping =
        relay::message_filter::compile(usual(filter_action::drop, link_action::strip), {}).value();
    check(masking, bytes, rest);
    check(stripping, bytes, rest);

    auto own = usual(filter_action::mask, link_action::defang);
    own.words.emplace_back(bytes.substr(0, line));
    own.patterns.emplace_back(bytes.substr(0, line));
    std::string hint;
    if (auto filter = relay::message_filter::compile(own, {}, &hint)) {
        check(*filter, rest, bytes);
    } else {
        require(!hint.empty(), "an error without a hint");
    }
    return 0;
}
