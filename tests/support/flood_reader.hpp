// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Finds every comment of a flood again in the lines that a Twitch channel was shown, as a viewer would: by
// its author's name, which is different for each comment.

#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::test {

struct flood_comment {
    core::time_point at{};
    std::string text;
    bool said = false;
};

class flood_reader {
public:
    void on_comment(std::string name, std::string text, core::time_point at);
    void on_line(std::string_view line, core::time_point at);

    std::size_t comments() const noexcept { return comments_.size(); }
    std::size_t said() const noexcept { return delays_.size(); }
    std::size_t folded() const noexcept { return folded_; }
    std::uint64_t told_missing() const noexcept { return told_missing_; }   // sum of "... +37 more"
    const std::vector<double>& delays() const noexcept { return delays_; }  // seconds, of what was said
    // What no honest relay shows: a text that nobody wrote, or not by that person, or twice.
    const std::vector<std::string>& complaints() const noexcept { return complaints_; }

private:
    static constexpr std::string_view label_ = "[TikTok] ";
    static constexpr std::string_view separator_ = " \u2503 ";
    static constexpr std::string_view times_ = " \u00d7";

    static std::size_t number_at(std::string_view text) {
        return std::strtoull(std::string(text.substr(0, 12)).c_str(), nullptr, 10);
    }

    void on_part(std::string_view part, core::time_point at);
    bool on_folded(std::string_view part, core::time_point at);
    void on_said(std::string_view name, std::string_view text, core::time_point at);

    std::map<std::string, flood_comment, std::less<>> comments_;
    std::vector<double> delays_;
    std::size_t folded_ = 0;
    std::uint64_t told_missing_ = 0;
    std::vector<std::string> complaints_;
};

// Always nine letters, as long as the names of t2t_flood mostly are.
inline std::string name_of_comment(std::size_t number) {
    constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::string name = "view";
    for (std::size_t weight = 36 * 36 * 36 * 36; weight > 0; weight /= 36)
        name += digits[number / weight % 36];
    return name;
}

inline void flood_reader::on_comment(std::string name, std::string text, core::time_point at) {
    comments_.insert_or_assign(std::move(name), flood_comment{at, std::move(text), false});
}

inline void flood_reader::on_line(std::string_view line, core::time_point at) {
    if (!line.starts_with(label_)) {
        complaints_.push_back("a line without label: " + std::string(line));
        return;
    }
    line.remove_prefix(label_.size());
    for (;;) {
        const auto end = line.find(separator_);
        on_part(line.substr(0, end), at);
        if (end == std::string_view::npos)
            return;
        line.remove_prefix(end + separator_.size());
    }
}

inline void flood_reader::on_part(std::string_view part, core::time_point at) {
    constexpr std::string_view missing = "\u2026 +";
    if (part.starts_with(missing)) {
        told_missing_ += number_at(part.substr(missing.size()));
        return;
    }
    if (on_folded(part, at))
        return;
    const auto colon = part.find(": ");
    if (colon == std::string_view::npos)
        complaints_.push_back("nobody says: " + std::string(part));
    else
        on_said(part.substr(0, colon), part.substr(colon + 2), at);
}

// "GG x12 (ann, bob, cy +9)", or "ann: GG x3" of one person.
inline bool flood_reader::on_folded(std::string_view part, core::time_point at) {
    const auto mark = part.rfind(times_);
    if (mark == std::string_view::npos)
        return false;
    auto text = part.substr(0, mark);
    auto behind = part.substr(mark + times_.size());
    folded_ += number_at(behind) - 1;
    if (const auto open = behind.find('('); open != std::string_view::npos) {
        behind.remove_prefix(open + 1);
        on_said(behind.substr(0, behind.find_first_of(",)")), text, at);
    } else {
        const auto colon = text.find(": ");
        on_said(text.substr(0, colon), text.substr(colon + 2), at);
    }
    return true;
}

inline void flood_reader::on_said(std::string_view name, std::string_view text, core::time_point at) {
    const auto found = comments_.find(name);
    if (found == comments_.end() || found->second.text != text) {
        complaints_.push_back("nobody wrote: " + std::string(name) + ": " + std::string(text));
        return;
    }
    if (std::exchange(found->second.said, true))
        complaints_.push_back("said twice: " + std::string(name) + ": " + std::string(text));
    delays_.push_back(std::chrono::duration<double>(at - found->second.at).count());
}

}  // namespace tiktok2twitch::test
