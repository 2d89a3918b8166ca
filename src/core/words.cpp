// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/words.hpp"

#include <algorithm>

namespace tiktok2twitch::core {
namespace {

using std::chrono::seconds;

std::string pair(std::int64_t large, const char* large_unit, std::int64_t small, const char* small_unit) {
    return std::to_string(large) + large_unit +
           (small == 0 ? "" : " " + std::to_string(small) + std::string(small_unit));
}

}  // namespace

std::string span_text(duration span) {
    const auto whole = std::max<std::int64_t>(std::chrono::duration_cast<seconds>(span).count(), 0);
    if (whole < 60)
        return std::to_string(whole) + " s";
    const auto minutes = whole / 60;
    if (minutes < 60)
        return std::to_string(minutes) + " min";
    const auto hours = minutes / 60;
    if (hours < 48)
        return pair(hours, " h", minutes % 60, " min");
    return std::to_string(hours / 24) + " days";
}

std::string wait_text(duration span) {
    const auto whole = std::max<std::int64_t>(std::chrono::ceil<seconds>(span).count(), 0);
    if (whole < 60)
        return std::to_string(whole) + " s";
    if (whole < 3600)
        return pair(whole / 60, " min", whole % 60, " s");
    return span_text(seconds(whole));
}

std::string number_text(std::uint64_t number) {
    auto text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;)
        text.insert(at -= 3, ",");
    return text;
}

std::string count_text(std::uint64_t number, std::string_view thing) {
    return number_text(number) + " " + std::string(thing) + (number == 1 ? "" : "s");
}

}  // namespace tiktok2twitch::core
