// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/error.hpp"

#include <algorithm>

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

}  // namespace tiktok2twitch::core
