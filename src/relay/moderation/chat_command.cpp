// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/moderation/chat_command.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/nearest.hpp"
#include "tiktok2twitch/core/parse.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/filter/words/word_matcher.hpp"

namespace tiktok2twitch::relay {
namespace {

// How relayed lines write a handle: easily copied.
constexpr std::string_view fullwidth_at = "\uff20";
constexpr std::string_view raised_dot = "\u00b7";  // relay/link_finder.hpp
constexpr std::size_t longest_name = 64;           // code points, twice what is shown of a name

// Cuts the first word off `text`, which has single blanks only.
std::string_view next_word(std::string_view& text) {
    const auto end = text.find(' ');
    const auto word = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return word;
}

std::optional<std::int64_t> number_in(std::string_view text, std::int64_t least, std::int64_t most) {
    std::int64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || stop != text.data() + text.size() || value < least || value > most)
        return std::nullopt;
    return value;
}

bool looks_like_number(std::string_view text) {
    if (text.starts_with('-'))
        text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<std::string> user_in(std::string_view text) {
    if (text.starts_with(fullwidth_at))
        text.remove_prefix(fullwidth_at.size());
    std::string name;
    for (std::size_t at = 0; at < text.size();) {
        const bool raised = text.substr(at).starts_with(raised_dot);
        name += raised ? '.' : text[at];
        at += raised ? raised_dot.size() : 1;
    }
    const auto handle = core::parse_handle(name);
    return handle ? std::optional(*handle) : std::nullopt;
}

// Nothing: it names nobody.
std::optional<command::person> person_in(std::string_view text) {
    command::person out;
    out.user = user_in(text).value_or(std::string());
    out.name = core::cut_code_points(core::clean_text(text), longest_name);
    out.exact = text.starts_with('@') && !out.user.empty();
    if (out.user.empty() && (out.name.empty() || out.name == "@"))
        return std::nullopt;
    return out;
}

constexpr std::array<std::string_view, 12> verbs{"pause",   "resume", "status", "mute",    "unmute", "block",
                                                 "unblock", "slow",   "only",   "approve", "deny",   "help"};

std::string unknown_verb(std::string_view verb, std::string_view word) {
    constexpr std::size_t longest = 24;
    auto answer = "no such command: '" + core::cut_code_points(verb, longest) + "'; ";
    if (const auto near = core::likely(verb, verbs); !near.empty())
        answer += "did you mean '" + std::string(near.front()) + "'? ";
    return answer + "'" + std::string(word) + " help' lists them all";
}

// The arguments of one command, and how to answer when they are wrong.
class arguments {
public:
    arguments(std::string_view rest, std::string_view word) : rest_(rest), word_(word) {}

    template <class Command>
    chat_command alone(std::string_view verb) const {
        return rest_.empty() ? chat_command(Command{}) : usage(verb);
    }
    chat_command mute() const {
        auto whole = person_in(rest_);
        if (!whole)
            return usage("mute USER [minutes]");
        const auto last = rest_.substr(rest_.rfind(' ') + 1);  // all of it without a blank
        if (last.size() == rest_.size() || !looks_like_number(last))
            return command::mute{std::move(*whole)};
        // "Player 12" may be a name, or Player for 12 minutes.
        command::mute out{{}, {}, std::move(whole->name), {}};
        const auto minutes = number_in(last, 1, longest_mute_minutes);
        auto before = person_in(rest_.substr(0, rest_.size() - last.size() - 1));
        if (minutes && before) {
            out.who = std::move(*before);
            out.length = std::chrono::minutes(*minutes);
        } else {
            out.unless_seen = usage_of("mute USER [minutes], 1 to " + std::to_string(longest_mute_minutes));
        }
        return out;
    }
    chat_command unmute() const {
        auto who = person_in(rest_);
        return who ? chat_command(command::unmute{std::move(*who)}) : usage("unmute USER");
    }
    chat_command block() const {
        auto parsed = words<command::block>("block");
        const auto* const blocked = std::get_if<command::block>(&parsed);
        if (blocked == nullptr)
            return parsed;
        // "!!!" would never be found in anything, "n***" in every "n".
        if (const auto problem = word_matcher().add(blocked->word, {}); !problem.empty())
            return command::bad{"not blocked: it " + std::string(problem)};
        return parsed;
    }
    // The same cleaning for both: what was blocked can be unblocked.
    template <class Command>
    chat_command words(std::string_view verb) const {
        auto word = core::clean_text(rest_);
        if (word.empty() || core::count_code_points(word) > longest_blocked_word)
            return usage(std::string(verb) + " WORD, at most " + std::to_string(longest_blocked_word) +
                         " characters");
        return Command{std::move(word)};
    }
    chat_command slow() const {
        const auto seconds = number_in(rest_, 0, longest_slow_seconds);
        if (!seconds)
            return usage("slow SECONDS, 0 to " + std::to_string(longest_slow_seconds));
        return command::slow{std::chrono::seconds(*seconds)};
    }
    template <class Command>
    chat_command decision(std::string_view verb) const {
        if (rest_.empty())
            return Command{};
        const auto number = number_in(rest_, 1, std::numeric_limits<std::int64_t>::max());
        return number ? Command{static_cast<std::uint64_t>(*number)} : usage(std::string(verb) + " [NUMBER]");
    }
    chat_command only() const {
        const auto what = core::ascii::lower(rest_);
        if (what == "gifts" || what == "off")
            return command::only{what == "gifts"};
        return usage("only gifts, or only off");
    }

private:
    std::string usage_of(std::string_view form) const {
        return "usage: " + std::string(word_) + " " + std::string(form);
    }
    chat_command usage(std::string_view form) const { return command::bad{usage_of(form)}; }

    std::string_view rest_;
    std::string_view word_;
};

}  // namespace

std::optional<chat_command> parse_command(std::string_view text, std::string_view word) {
    // Some chat clients append invisible signs to what is typed twice; they fall away here.
    const auto clean = core::repair_utf8(text);
    std::string_view rest = clean;
    if (word.empty() || core::ascii::lower(next_word(rest)) != core::ascii::lower(word))
        return std::nullopt;
    const auto verb = core::ascii::lower(next_word(rest));
    arguments typed(rest, word);
    if (verb == "pause")
        return typed.alone<command::pause>(verb);
    if (verb == "resume")
        return typed.alone<command::resume>(verb);
    if (verb == "status")
        return typed.alone<command::status>(verb);
    if (verb == "mute")
        return typed.mute();
    if (verb == "unmute")
        return typed.unmute();
    if (verb == "block")
        return typed.block();
    if (verb == "unblock")
        return typed.words<command::unblock>(verb);
    if (verb == "slow")
        return typed.slow();
    if (verb == "only")
        return typed.only();
    if (verb == "approve")
        return typed.decision<command::approve>(verb);
    if (verb == "deny")
        return typed.decision<command::deny>(verb);
    if (verb.empty() || verb == "help")
        return command::help{};
    return command::bad{unknown_verb(verb, word)};
}

}  // namespace tiktok2twitch::relay
