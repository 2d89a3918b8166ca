// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/config/policy.hpp"

#include <stdexcept>
#include <utility>

namespace tiktok2twitch::app {
namespace {

relay::formatter make_formatter(const config& settings, std::string_view room) {
    relay::template_set layouts;
    for (std::size_t i = 0; i < relay::event_kinds; ++i) {
        const auto kind = static_cast<relay::event_kind>(i);
        const auto& own = settings.events.of(kind).line_template;
        const auto& text = own.empty() ? settings.events.of(relay::event_kind::chat).line_template : own;
        layouts[i] = relay::parse_template(text, nullptr, relay::needs_of(kind)).value();
    }
    relay::formatter_options options{.badges = settings.badges, .emoji = settings.emoji};
    options.limits.line_code_points = settings.twitch.line_length;
    return {std::move(layouts), room, std::move(options)};
}

}  // namespace

egress::route_policy make_policy(const config& settings, std::string_view room, const event_set& wanted) {
    event_set carries;
    for (std::size_t i = 0; i < relay::event_kinds; ++i)
        carries[i] = wanted[i] && settings.events.kinds[i].enabled;
    std::string hint;
    auto filter = relay::message_filter::compile(settings.filter, settings.word_lists, &hint);
    if (!filter)
        throw std::logic_error("filters were not checked: " + hint);
    auto lines = make_formatter(settings, room);
    filter->set_lines(lines);
    return {carries, settings.events, std::move(lines), std::move(*filter), settings.emoji};
}

core::error_code check_filters(const config& settings, std::string* hint) {
    const auto filter = relay::message_filter::compile(settings.filter, settings.word_lists, hint);
    return filter ? core::error_code{} : filter.error();
}

}  // namespace tiktok2twitch::app
