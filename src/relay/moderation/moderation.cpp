// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/moderation/moderation.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/parse.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {
namespace {

using nlohmann::json;

constexpr std::size_t longest_answer = 200;  // code points
constexpr auto no_end = core::time_point::max();

std::string in_quotes(std::string_view word, std::string_view command) {
    return "'" + std::string(word) + " " + std::string(command) + "'";
}

std::string for_how_long(std::chrono::minutes length) {
    return length.count() == 1 ? "1 minute" : std::to_string(length.count()) + " minutes";
}

std::string counted(std::size_t number, const std::string& what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

auto find_word(const std::vector<std::string>& words, std::string_view word) {
    return std::find_if(words.begin(), words.end(), [same = core::fold_case(word)](const auto& known) {
        return core::fold_case(known) == same;
    });
}

constexpr int version = 1;  // of the saved state

// The array `name` of `object`; an absent one is empty, anything else is damage.
const json* list_of(const json& object, const char* name) {
    static const json none = json::array();
    const auto found = object.find(name);
    if (found == object.end())
        return &none;
    return found->is_array() ? &*found : nullptr;
}

std::optional<std::pair<std::string, core::unix_ms>> read_mute(const json& entry) {
    if (!entry.is_object())
        return std::nullopt;
    const auto user = entry.find("user");
    const auto until = entry.find("until");
    if (user == entry.end() || !user->is_string() || until == entry.end() || !until->is_number_unsigned())
        return std::nullopt;
    auto handle = core::parse_handle(user->get_ref<const std::string&>());
    const auto end = until->get<std::uint64_t>();
    if (!handle || end > static_cast<std::uint64_t>(std::numeric_limits<core::unix_ms>::max()))
        return std::nullopt;
    return std::pair(std::move(*handle), static_cast<core::unix_ms>(end));
}

// What 0.1.0 did not save is absent, and nothing.
bool is_set(const json& state, const char* name) {
    const auto found = state.find(name);
    return found != state.end() && found->is_boolean() && found->get<bool>();
}

std::int64_t read_time(const json& state, const char* name) {
    const auto found = state.find(name);
    if (found == state.end() || !found->is_number_unsigned())
        return 0;
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(found->get<std::uint64_t>(), most));
}

// A mute without an end is a 0 in the file.
core::time_point steady(core::unix_ms until, core::time_point now, core::unix_ms wall) {
    if (until == 0)
        return no_end;
    const auto left = std::chrono::milliseconds(std::max<core::unix_ms>(until - wall, 0));
    return now + std::min<std::chrono::milliseconds>(left, std::chrono::minutes(longest_mute_minutes));
}

std::uint64_t on_the_wall(core::time_point until, core::time_point now, core::unix_ms wall) {
    if (until == no_end)
        return 0;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - now).count();
    return static_cast<std::uint64_t>(std::max<core::unix_ms>(wall + left, 1));
}

std::optional<std::string> read_word(const json& entry) {
    if (!entry.is_string())
        return std::nullopt;
    auto word = core::clean_text(entry.get_ref<const std::string&>());
    if (word.empty() || core::count_code_points(word) > longest_blocked_word)
        return std::nullopt;
    return word;
}

}  // namespace

moderation::effect moderation::apply(const chat_command& command, core::time_point now,
                                     std::string_view word) {
    const bool forgot = forget_expired(now);
    const auto carry_out = [&](const auto& what) -> effect {
        using kind = std::decay_t<decltype(what)>;
        if constexpr (std::is_same_v<kind, command::pause>) {
            const bool changed = !std::exchange(paused_, true);
            return {"paused; " + in_quotes(word, "resume") + " goes on", changed};
        } else if constexpr (std::is_same_v<kind, command::resume>) {
            const bool changed = std::exchange(paused_, false);
            return {only_gifts_ ? "going on; only gifts are relayed" : "going on", changed};
        } else if constexpr (std::is_same_v<kind, command::mute>) {
            return change(what, now, word);
        } else if constexpr (std::is_same_v<kind, command::block>) {
            return change(what, word);
        } else if constexpr (std::is_same_v<kind, command::unmute> ||
                             std::is_same_v<kind, command::unblock>) {
            return change(what);
        } else if constexpr (std::is_same_v<kind, command::slow>) {
            const bool changed = std::exchange(slow_, what.interval) != what.interval;
            if (slow_ == slow_.zero())
                return {"lines come as fast as they may", changed};
            return {"at most one line in " + std::to_string(slow_.count()) + " s; " +
                        in_quotes(word, "slow 0") + " ends it",
                    changed};
        } else if constexpr (std::is_same_v<kind, command::only>) {
            const bool changed = std::exchange(only_gifts_, what.gifts) != what.gifts;
            return {only_gifts_ ? "only gifts are relayed; " + in_quotes(word, "only off") + " ends it"
                                : "everything is relayed again",
                    changed};
        } else if constexpr (std::is_same_v<kind, command::help>) {
            return {"commands: " + std::string(word) +
                        " pause, resume, status, mute USER [minutes], unmute USER, block WORD, unblock WORD, "
                        "slow SECONDS, only gifts, only off, approve [NUMBER], deny [NUMBER]",
                    false};
        } else if constexpr (std::is_same_v<kind, command::bad>) {
            return {what.answer, false};
        } else {
            return {};  // status, approve, deny: the caller knows the answer
        }
    };
    auto done = std::visit(carry_out, command);
    done.changed = done.changed || forgot;
    // Words and handles are typed by people: nothing of them pings or breaks the line. And nothing of them
    // comes first in an answer, where it could be a command: ".ban" is a possible handle.
    done.answer = core::cut_code_points(core::clean_text(done.answer), longest_answer);
    return done;
}

moderation::effect moderation::change(const command::mute& command, core::time_point now,
                                      std::string_view word) {
    const auto user = core::ascii::lower(command.who.user);
    if (user.empty())  // a nickname that nobody has looked up
        return {"nobody is called that", false};
    if (!muted_.contains(user) && muted_.size() >= most_mutes)
        return {counted(most_mutes, "user") + " are muted already; unmute one first", false};
    const auto end = command.length ? now + *command.length : no_end;
    muted_.insert_or_assign(user, end);
    return {"muted " + user + (command.length ? " for " + for_how_long(*command.length) : "") +
                (command.unseen ? ", but nobody called that has written lately: check the name; " : "; ") +
                in_quotes(word, "unmute " + user) + " ends it",
            true};
}

moderation::effect moderation::change(const command::unmute& command) {
    const auto user = core::ascii::lower(command.who.user);
    if (muted_.erase(user) == 0)
        return {"not muted: " + user, false};
    return {"heard again: " + user, true};
}

// The word itself is not repeated in chat: there are reasons why it is blocked.
moderation::effect moderation::change(const command::block& command, std::string_view word) {
    if (find_word(blocked_, command.word) != blocked_.end())
        return {"blocked already, with " + counted(blocked_.size(), "word") + " in all", false};
    if (blocked_.size() >= most_blocks)
        return {counted(most_blocks, "word") + " are blocked already; unblock one first", false};
    blocked_.push_back(command.word);
    return {"blocked, " + counted(blocked_.size(), "word") + " in all; " + in_quotes(word, "unblock") +
                " takes it back",
            true};
}

moderation::effect moderation::change(const command::unblock& command) {
    const auto found = find_word(blocked_, command.word);
    if (found == blocked_.end())
        return {"this is none of the " + counted(blocked_.size(), "blocked word"), false};
    blocked_.erase(found);
    return {"allowed again; " + counted(blocked_.size(), "blocked word") + " left", true};
}

bool moderation::forget_expired(core::time_point now) {
    return std::erase_if(muted_, [now](const auto& mute) { return mute.second <= now; }) > 0;
}

bool moderation::has_timed_mutes() const noexcept {
    return std::ranges::any_of(muted_, [](const auto& mute) { return mute.second != no_end; });
}

bool moderation::is_muted(std::string_view user, core::time_point now) const {
    const auto found = muted_.find(user);
    return found != muted_.end() && (found->second > now);
}

std::string_view moderation::verdict(const event& event, core::time_point now) const {
    if (paused_)
        return "paused";
    const bool known_id = event.from.id != 0;
    if (!muted_.empty() && ((known_id && is_muted(std::to_string(event.from.id), now)) ||
                            is_muted(core::ascii::lower(event.from.unique_id), now)))
        return "muted_user";
    if (only_gifts_ && event.kind != event_kind::gift)
        return "only_gifts";
    return {};
}

core::result<moderation> moderation::parse(std::string_view saved, core::time_point now, core::unix_ms wall) {
    const auto damaged = core::make_error_code(core::errc::bad_moderation_state);
    const auto state = json::parse(saved, nullptr, false);
    if (!state.is_object() || !state.contains("version") || state["version"] != version)
        return damaged;
    const auto* const mutes = list_of(state, "mutes");
    const auto* const blocks = list_of(state, "blocks");
    if (mutes == nullptr || blocks == nullptr || mutes->size() > most_mutes || blocks->size() > most_blocks)
        return damaged;
    moderation out;
    const auto present = std::max(wall, read_time(state, "saved_at"));
    for (const auto& entry : *mutes) {
        auto mute = read_mute(entry);
        if (!mute)
            return damaged;
        out.muted_.insert_or_assign(std::move(mute->first), steady(mute->second, now, present));
    }
    out.forget_expired(now);
    for (const auto& entry : *blocks) {
        auto word = read_word(entry);
        if (!word)
            return damaged;
        out.blocked_.push_back(std::move(*word));
    }
    out.paused_ = is_set(state, "paused");
    out.only_gifts_ = is_set(state, "only_gifts");
    out.slow_ = std::chrono::seconds(std::min(read_time(state, "slow_seconds"), longest_slow_seconds));
    return out;
}

std::string moderation::text(core::time_point now, core::unix_ms wall) const {
    json mutes = json::array();
    for (const auto& [user, until] : muted_)
        mutes.push_back({{"user", user}, {"until", on_the_wall(until, now, wall)}});
    const json state = {{"version", version},           {"saved_at", wall},  {"mutes", std::move(mutes)},
                        {"blocks", blocked_},           {"paused", paused_}, {"only_gifts", only_gifts_},
                        {"slow_seconds", slow_.count()}};
    // Words came through clean_text; a blocked word set by code that did not must not throw either.
    return state.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace tiktok2twitch::relay
