// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/seen_authors.hpp"

#include <utility>

#include "core/ascii.hpp"
#include "tiktok2twitch/relay/recent_users.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr std::size_t longest_key = 64;            // code points
constexpr std::string_view raised_dot = "\u00b7";  // relay/link_finder.hpp

// What two spellings of a name share: the one that was sent, and the one that a line shows.
std::string key_of(std::string_view text) {
    std::string key;
    for (auto rest = std::string_view(text); !rest.empty();) {
        const bool raised = rest.starts_with(raised_dot);
        key += raised ? '.' : rest.front();
        rest.remove_prefix(raised ? raised_dot.size() : 1);
    }
    key = core::cut_code_points(core::fold_case(core::clean_text(key)), longest_key);
    return key.starts_with('@') ? key.substr(1) : key;  // folding makes a wide one an ordinary one
}

}  // namespace

struct seen_authors::seen {
    std::string handle;
    std::string name_key;
    std::string shown_key;
    bool may_say_handle = false;
};

struct seen_authors::memory {
    recent_users<seen, most> users;
};

seen_authors::seen_authors() : memory_(std::make_unique<memory>()) {}
seen_authors::seen_authors(seen_authors&&) noexcept = default;
seen_authors& seen_authors::operator=(seen_authors&&) noexcept = default;
seen_authors::~seen_authors() = default;

void seen_authors::note(const author& from, const shown_author& shown) {
    if (from.id == 0)
        return;
    auto& entry = memory_->users.touch(from.id);
    auto handle = core::cut_code_points(core::ascii::lower(from.unique_id), longest_key);
    auto name_key = key_of(core::cut_code_points(from.nickname, longest_key));
    const bool may_say_handle = !handle.empty() && key_of(from.unique_id) == key_of(shown.handle);
    entry = {std::move(handle), std::move(name_key), key_of(shown.name), may_say_handle};
}

template <class Visit>
void seen_authors::visit_called(std::string_view text, Visit&& visit) const {
    const auto key = key_of(text);
    if (key.empty())
        return;
    memory_->users.for_each([&](std::int64_t id, const seen& entry) {
        const auto number = std::to_string(id);
        if (entry.handle == key || entry.name_key == key || entry.shown_key == key || number == key)
            visit(number, entry, entry.may_say_handle || entry.handle == key);
    });
}

std::vector<std::string> seen_authors::called(std::string_view text) const {
    std::vector<std::string> found;
    visit_called(text, [&](const std::string& number, const seen& entry, bool say_handle) {
        if (found.size() < most_found)
            found.push_back(say_handle ? entry.handle : number);
    });
    return found;
}

std::vector<std::string> seen_authors::called(
    std::string_view text, const std::function<bool(const std::string& user)>& accepts) const {
    std::vector<std::string> found;
    visit_called(text, [&](const std::string& number, const seen& entry, bool) {
        if (found.size() >= most_found)
            return;
        if (!entry.handle.empty() && accepts(entry.handle))
            found.push_back(entry.handle);
        else if (accepts(number))
            found.push_back(number);
    });
    return found;
}

bool seen_authors::knows(std::string_view user) const {
    bool found = false;
    visit_called(user, [&](const std::string& number, const seen& entry, bool) {
        found = found || number == user || entry.handle == user;
    });
    return found;
}

}  // namespace tiktok2twitch::relay
