// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/moderation.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "core/ascii.hpp"
#include "relay/chat_command.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {
namespace {

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

}  // namespace tiktok2twitch::relay
