// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/egress/moderators.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::egress {
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

constexpr std::size_t longest_status = 200;  // code points, as all answers

struct effect_of {
    using effect = moderator_effect;
    effect operator()(const relay::command::pause&) const { return effect::silence; }
    effect operator()(const relay::command::resume&) const { return effect::resume; }
    effect operator()(const relay::command::mute&) const { return effect::silence; }
    effect operator()(const relay::command::only&) const { return effect::silence; }
    effect operator()(const relay::command::slow&) const { return effect::slow; }
    effect operator()(const relay::command::block&) const { return effect::words; }
    effect operator()(const relay::command::unblock&) const { return effect::words; }
    effect operator()(const relay::command::status&) const { return effect::status; }
    effect operator()(const relay::command::approve&) const { return effect::approve; }
    effect operator()(const relay::command::deny&) const { return effect::deny; }
    template <class Other>
    effect operator()(const Other&) const {
        return effect::none;
    }
};

std::uint64_t number_of(const relay::chat_command& command) {
    if (const auto* const approve = std::get_if<relay::command::approve>(&command))
        return approve->number;
    const auto* const deny = std::get_if<relay::command::deny>(&command);
    return deny != nullptr ? deny->number : 0;
}

bool is_number(std::string_view user) {
    return !user.empty() && user.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string answer_of_many(const std::vector<std::string>& found) {
    // Without their '@', which would be made a wide one, and copied as such means a nickname again.
    std::string answer =
        "more than one is called that, so put an at sign (that of the keyboard) before the one you mean: ";
    for (const auto& each : found)
        answer += (&each == found.data() ? "" : ", ") + each;
    return core::cut_code_points(core::clean_text(answer), longest_status);
}

}  // namespace

void seen_authors::note(const relay::author& from, const shown_author& shown) {
    if (from.id == 0)
        return;
    auto& entry = users_.touch(from.id);
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
    users_.for_each([&](std::int64_t id, const seen& entry) {
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

std::vector<std::string> moderators::set_options(relay::command_options options, core::time_point now) {
    options_ = std::move(options);
    std::vector<std::string> changed;
    for (auto& [channel, state] : channels_)
        if (end_what_nobody_can(state, now))
            changed.push_back(channel);
    return changed;
}

bool moderators::end_what_nobody_can(relay::moderation& state, core::time_point now) const {
    if (options_.enabled)
        return false;
    bool changed = state.apply(relay::command::resume{}, now, options_.word).changed;
    changed |= state.apply(relay::command::only{false}, now, options_.word).changed;
    changed |= state.apply(relay::command::slow{}, now, options_.word).changed;
    return changed;
}

void moderators::restore(const std::string& channel, relay::moderation state, core::time_point now) {
    end_what_nobody_can(state, now);
    channels_.insert_or_assign(channel, std::move(state));
}

std::vector<std::string> moderators::channels() const {
    std::vector<std::string> names;
    for (const auto& [channel, state] : channels_)
        names.push_back(channel);
    return names;
}

const relay::moderation& moderators::of(const std::string& channel) const {
    static const relay::moderation nothing;
    const auto found = channels_.find(channel);
    return found == channels_.end() ? nothing : found->second;
}

std::optional<moderator_reaction> moderators::on_chat(const twitch::chat_message& message,
                                                      core::time_point now) {
    if (!message.may_command)
        return std::nullopt;
    auto command = relay::parse_command(message.text, command_word());
    if (!command)
        return std::nullopt;
    std::string problem;
    if (auto* const mute = std::get_if<relay::command::mute>(&*command))
        problem = find_person(message.channel, *mute);
    else if (auto* const unmute = std::get_if<relay::command::unmute>(&*command))
        problem = find_person(message.channel, *unmute, now);
    if (!problem.empty())
        return moderator_reaction{std::move(problem), false, moderator_effect::none, 0};
    auto done = channels_[message.channel].apply(*command, now, options_.word);
    return moderator_reaction{std::move(done.answer), done.changed, std::visit(effect_of{}, *command),
                              number_of(*command)};
}

std::vector<std::string> moderators::called(const std::string& channel, const std::string& name) const {
    const auto room = seen_.find(channel);
    return room == seen_.end() ? std::vector<std::string>() : room->second.called(name);
}

// Names the account that is meant. Not empty: the answer, for it is not clear. A handle or a number that
// nobody is seen with may come yet; one that is seen may be somebody's nickname as well.
std::string moderators::find_person(const std::string& channel, relay::command::mute& mute) const {
    const auto room = seen_.find(channel);
    const auto is_known = [&](const std::string& user) {
        return room != seen_.end() && room->second.knows(user);
    };
    if (mute.who.exact) {
        mute.unseen = !is_known(mute.who.user);
        return {};
    }
    auto found = mute.who.name.empty() ? std::vector<std::string>() : called(channel, mute.who.name);
    if (!mute.with_number.empty()) {
        const auto others = called(channel, mute.with_number);
        if (found.empty() && !others.empty())
            mute.length.reset();
        for (const auto& other : others) {
            if (std::ranges::find(found, other) == found.end())
                found.push_back(other);
        }
    }
    // Anybody can have somebody's account number for a nickname, while its owner has not written lately.
    if (found.size() == 1 && is_number(mute.who.user) && !is_known(mute.who.user))
        found.push_back(mute.who.user);
    if (found.size() > 1)
        return answer_of_many(found);
    if (found.size() == 1)
        mute.who.user = found.front();
    mute.unseen = found.empty();
    if (!mute.who.user.empty())
        return {};
    return mute.unless_seen.empty()
               ? "nobody called that has written lately; the handle and the account number always do"
               : mute.unless_seen;
}

// Of those who are called so, only the muted ones can be meant.
std::string moderators::find_person(const std::string& channel, relay::command::unmute& unmute,
                                    core::time_point now) const {
    if (unmute.who.exact)
        return {};
    const auto room = seen_.find(channel);
    auto found = room == seen_.end() ? std::vector<std::string>()
                                     : room->second.called(unmute.who.name, [&](const std::string& user) {
                                           return of(channel).is_muted(user, now);
                                       });
    const bool itself = of(channel).is_muted(unmute.who.user, now);
    if (itself && std::ranges::find(found, unmute.who.user) == found.end())
        found.push_back(unmute.who.user);
    if (found.size() > 1)
        return answer_of_many(found);
    if (found.size() == 1)
        unmute.who.user = found.front();
    return unmute.who.user.empty()
               ? "nobody muted is called that; the handle that was answered to 'mute' does"
               : std::string();
}

std::string_view moderators::verdict(const std::string& channel, const relay::event& event,
                                     core::time_point now) const {
    return of(channel).verdict(event, now);
}

const std::vector<std::string>& moderators::blocked_words(const std::string& channel) const {
    return of(channel).blocked_words();
}

std::string moderators::status(const std::string& channel, std::span<const route_status> routes) const {
    const auto& state = of(channel);
    std::string text = state.paused() ? "paused" : state.only_gifts() ? "relaying only gifts" : "relaying";
    for (const auto& route : routes) {
        text += (&route == routes.data() ? " " : "; ") + ("@" + route.tiktok);
        text += ": " + std::to_string(route.said) + " said, " + std::to_string(route.waiting) + " wait, " +
                std::to_string(route.dropped) + " dropped";
        if (route.filtered > 0)
            text += ", " + std::to_string(route.filtered) + " filtered";
        if (route.held > 0)
            text += ", " + std::to_string(route.held) + " held";
    }
    // A TikTok user may have the name of a Twitch user: cleaning keeps the '@' from pinging.
    return core::cut_code_points(core::clean_text(text), longest_status);
}

}  // namespace tiktok2twitch::egress
