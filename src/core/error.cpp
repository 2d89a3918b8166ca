// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/error.hpp"

#include <algorithm>
#include <array>

namespace tiktok2twitch::core {
namespace {

const error_entry* find(std::span<const error_entry> entries, int value) noexcept {
    const auto found = std::ranges::find(entries, value, &error_entry::value);
    return found == entries.end() ? nullptr : &*found;
}

const table_category* table_of(const error_code& error) noexcept {
    return dynamic_cast<const table_category*>(&error.category());
}

}  // namespace

std::string table_category::message(int value) const {
    const error_entry* entry = find(entries_, value);
    return entry ? std::string(entry->message) : "unknown error";
}

std::string_view table_category::identifier(int value) const noexcept {
    const error_entry* entry = find(entries_, value);
    return entry ? entry->identifier : "unknown";
}

std::string_view table_category::advice(int value) const noexcept {
    const error_entry* entry = find(entries_, value);
    return entry ? entry->advice : std::string_view();
}

std::string identifier(const error_code& error) {
    if (const table_category* table = table_of(error)) {
        return std::string(table->identifier(error.value()));
    }
    return std::string(error.category().name()) + ':' + std::to_string(error.value());
}

std::string_view advice(const error_code& error) noexcept {
    const table_category* table = table_of(error);
    return table ? table->advice(error.value()) : std::string_view();
}

std::string explain(const error_code& error) {
    std::string line = error.message();
    // Other libraries end their messages as they like, some with a line break.
    std::ranges::replace_if(
        line, [](unsigned char c) { return c < 0x20; }, ' ');
    const std::size_t last = line.find_last_not_of(" .");
    line.resize(last == std::string::npos ? 0 : last + 1);
    line += line.empty() ? "(" : " (";
    line += identifier(error);
    line += ").";
    if (const std::string_view sentence = advice(error); !sentence.empty()) {
        line += ' ';
        line += sentence;
    }
    return line;
}

namespace {

constexpr int value(errc code) noexcept {
    return static_cast<int>(code);
}

constexpr std::array<error_entry, 10> entries{{
    {value(errc::bad_url), "bad_url", "not an address this program can use",
     "Write it like https://host:port/path (http, ws and irc only for this machine), without user name and "
     "#."},
    {value(errc::bad_duration), "bad_duration", "not a duration",
     "Write a number and a unit: 150ms, 1.25s, 5m or 2h."},
    {value(errc::bad_rate), "bad_rate", "not a rate", "Write lines per window, like 18/32s."},
    {value(errc::bad_template), "bad_template", "not a usable line template",
     "Use {name}, {unique_id}, {text}, {badges}, {gift}, {count}, {coins}, {total_likes}, {viewers}, {room} "
     "and {streamer}; {text} must be there for comments; a brace is written {{ or }}."},
    {value(errc::bad_handle), "bad_handle", "not a TikTok user",
     "Write user, @user or https://www.tiktok.com/@user/live."},
    {value(errc::bad_channel), "bad_channel", "not a Twitch channel",
     "Write chan, #chan or https://www.twitch.tv/chan."},
    {value(errc::bad_filter), "bad_filter", "not a usable filter",
     "Correct the entry named above; 'tiktok2twitch config check' reads all filters."},
    {value(errc::bad_moderation_state), "bad_moderation_state",
     "the saved mutes and blocks cannot be understood",
     "They start empty; set them again from Twitch chat, or restore the file in the state directory."},
    {value(errc::share_link), "share_link", "a share link, which does not name the TikTok user",
     "Open it in a browser and copy the address that appears, https://www.tiktok.com/@user/live, or write "
     "the "
     "user's name."},
    {value(errc::clip_link), "clip_link",
     "a link to a clip or a video, which does not name the Twitch channel",
     "Copy the address of the channel itself, https://www.twitch.tv/chan, or write its name."},
}};

}  // namespace

const boost::system::error_category& category() noexcept {
    static const table_category instance("tiktok2twitch.core", entries);
    return instance;
}

}  // namespace tiktok2twitch::core
