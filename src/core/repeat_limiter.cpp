// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/repeat_limiter.hpp"

#include <algorithm>

#include "tiktok2twitch/core/words.hpp"

namespace tiktok2twitch::core {
namespace {

// What a kind is remembered by: enough to tell our own sentences apart.
constexpr std::size_t longest_key = 160;

std::string key_of(log_level level, std::string_view source, std::string_view text) {
    std::string key;
    key += static_cast<char>('0' + static_cast<int>(level));
    key += source;
    key += '\n';
    bool in_number = false;
    for (const char c : text) {
        const bool digit = c >= '0' && c <= '9';
        if (!digit || !in_number)
            key += digit ? '0' : c;
        in_number = digit;
        if (key.size() >= longest_key)
            break;
    }
    return key;
}

}  // namespace

void repeat_limiter::hold(counted& in, log_level level, std::string_view text) {
    ++in.held;
    in.level = std::max(in.level, level);
    in.last = text;
}

void repeat_limiter::begin_window(counted& in, time_point now) {
    in.began = now;
    in.said = 0;
    in.held = 0;
    in.level = log_level::debug;
    in.last.clear();
}

void repeat_limiter::settle(kind& of, time_point now, bool all) {
    if (now < of.began + of.length && !all)
        return;
    if (of.held > 0)
        due_.push_back({of.level, of.source,
                        number_text(of.held) + " more in " + span_text(now - of.began) + ": " + of.last});
    of.flood = of.held > (of.flood ? burst : 0);
    of.length = of.flood ? std::min(2 * of.length, longest_window) : first_window;
    begin_window(of, now);
}

void repeat_limiter::settle(std::string_view source, counted& of, time_point now, bool all) {
    if (now < of.began + of.length && !all)
        return;
    if (of.held > 0)
        due_.push_back({of.level, std::string(source),
                        count_text(of.held, "more message") + " of other kinds in " +
                            span_text(now - of.began) + "; the last one: " + of.last});
    begin_window(of, now);
}

repeat_limiter::kind* repeat_limiter::kind_of(std::string name, std::string_view source, time_point now) {
    if (const auto found = kinds_.find(name); found != kinds_.end())
        return &found->second;
    if (kinds_.size() >= most_kinds)
        std::erase_if(kinds_, [now](const auto& entry) {
            const auto& old = entry.second;
            return old.held == 0 && !old.flood && now >= old.began + old.length;
        });
    if (kinds_.size() >= most_kinds)
        return nullptr;
    auto& added = kinds_[std::move(name)];
    added.source = source;
    added.began = now;
    return &added;
}

std::pair<const std::string, repeat_limiter::counted>& repeat_limiter::source_of(std::string_view name,
                                                                                 time_point now) {
    auto found = sources_.find(name);
    if (found == sources_.end()) {
        const bool full = sources_.size() >= most_sources;
        found = sources_.try_emplace(full ? std::string("relay") : std::string(name)).first;
        if (found->second.began == time_point{})
            found->second.began = now;
    }
    return *found;
}

bool repeat_limiter::admit(log_level level, std::string_view source, std::string_view text, time_point now) {
    auto* const alike = kind_of(key_of(level, source, text), source, now);
    if (alike != nullptr) {
        settle(*alike, now);
        if (alike->flood || alike->said >= burst) {
            hold(*alike, level, text);
            return false;
        }
    }
    auto& [name, from] = source_of(source, now);
    settle(name, from, now);
    if (from.said >= source_burst) {
        hold(from, level, text);
        return false;
    }
    ++from.said;
    if (alike != nullptr)
        ++alike->said;
    return true;
}

std::vector<repeat_limiter::summary> repeat_limiter::poll(time_point now, bool all) {
    for (auto& [key, alike] : kinds_)
        settle(alike, now, all);
    for (auto& [name, source] : sources_)
        settle(name, source, now, all);
    return std::exchange(due_, {});
}

}  // namespace tiktok2twitch::core
