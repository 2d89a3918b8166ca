// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/config/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "tiktok2twitch/app/config/hints.hpp"
#include "tiktok2twitch/app/config/keys.hpp"
#include "tiktok2twitch/app/config/token.hpp"
#include "tiktok2twitch/app/config/toml.hpp"
#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/parse.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/relay/filter/languages.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"

namespace tiktok2twitch::app {
namespace {

using texts = std::span<const std::string>;

template <class T>
T& field(config& config, const config_key& key) {
    return std::get<T& (*)(struct config&)>(key.field)(config);
}
// The accessors only name a member; reading through them does not change the configuration.
template <class T>
const T& field(const config& config, const config_key& key) {
    return field<T>(const_cast<struct config&>(config), key);
}

std::string not_expected(const value_kind& kind, std::string_view found) {
    return "expected " + std::string(kind.expected) + ", found " + show_quoted(found);
}
std::string not_expected(const config_key& key, std::string_view found) {
    return not_expected(*key.kind, found);
}

// "expected drop, mask or hold, found "x"; did you mean "drop"?"
std::string not_one_of(std::span<const std::string_view> words, std::string_view found) {
    return "expected " + core::listed(words, "or") + ", found " + show_quoted(found) +
           did_you_mean(found, words);
}

// --- addresses

template <const auto& Schemes>  // with TLS and without
value_problem parse_url(core::url& out, const config_key& key, std::string_view text) {
    auto parsed = core::parse_url(text);
    if (!parsed || std::ranges::find(Schemes, parsed->scheme) == Schemes.end()) {
        return not_expected(key, text);
    }
    // The clients append their paths.
    while (parsed->target.ends_with('/')) {
        parsed->target.pop_back();
    }
    if (parsed->target.find('?') != std::string::npos) {
        return "a base URL has no query (\"?\")";
    }
    if (key.kind == &kinds::irc_url && !parsed->target.empty()) {
        return "an IRC address has no path: scheme, host and port only";
    }
    out = *parsed;
    return {};
}
constexpr std::array<std::string_view, 2> http_schemes{"https", "http"};
constexpr std::array<std::string_view, 2> ws_schemes{"wss", "ws"};
constexpr std::array<std::string_view, 2> irc_schemes{"ircs", "irc"};

std::string print_url(const core::url& value) {
    return value.text();
}

std::string print_irc_url(const core::url& value) {
    const std::string port = ":" + std::to_string(value.port);
    return value.text() + (value.host_and_port().ends_with(port) ? "" : port);
}

// --- numbers

value_problem parse_duration(core::duration& out, const config_key& key, std::string_view text) {
    const auto parsed = core::parse_duration(text);
    if (!parsed) {
        return not_expected(key, text);
    }
    const std::chrono::milliseconds min(key.bounds.min);
    const std::chrono::milliseconds max(key.bounds.max);
    if (*parsed < min || *parsed > max) {
        return "must be between " + duration_text(min) + " and " + duration_text(max) + ", found " +
               duration_text(*parsed);
    }
    out = *parsed;
    return {};
}

template <class Rate>
value_problem parse_rate(Rate& out, const config_key& key, std::string_view text) {
    const auto parsed = core::parse_rate(text);
    if (!parsed) {
        return not_expected(key, text);
    }
    const std::chrono::milliseconds longest(key.bounds.max);
    if (parsed->window > longest) {
        return "the window may be at most " + duration_text(longest) + ", found " + show_quoted(text);
    }
    out.count = parsed->count;
    out.window = parsed->window;
    return {};
}

template <class Rate>
std::string print_rate(const Rate& value) {
    return std::to_string(value.count) + "/" + duration_text(value.window);
}

value_problem parse_user_rate(relay::user_rate& out, const config_key& key, std::string_view text) {
    if (text.empty()) {
        out = {};
        return {};
    }
    return parse_rate(out, key, text);
}

std::string print_user_rate(const relay::user_rate& value) {
    return value.count == 0 ? "" : print_rate(value);
}

value_problem parse_boolean(bool& out, const config_key& key, std::string_view text) {
    if (text != "true" && text != "false") {
        return not_expected(key, text);
    }
    out = text == "true";
    return {};
}

std::string print_boolean(const bool& value) {
    return value ? "true" : "false";
}

value_problem parse_integer(config& config, const config_key& key, texts given) {
    const std::string_view text = given.front();
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool out_of_range = error == std::errc::result_out_of_range;
    if (!out_of_range && (error != std::errc() || end != text.data() + text.size())) {
        return not_expected(key, text);
    }
    if (out_of_range || value < key.bounds.min || value > key.bounds.max) {
        return "must be between " + std::to_string(key.bounds.min) + " and " +
               std::to_string(key.bounds.max) + ", found " + std::string(text.substr(0, 24));
    }
    if (std::holds_alternative<std::int64_t& (*)(struct config&)>(key.field)) {
        field<std::int64_t>(config, key) = value;
    } else {
        field<std::size_t>(config, key) = static_cast<std::size_t>(value);
    }
    return {};
}

std::vector<std::string> print_integer(const config& config, const config_key& key) {
    const bool is_signed = std::holds_alternative<std::int64_t& (*)(struct config&)>(key.field);
    return {is_signed ? std::to_string(field<std::int64_t>(config, key))
                      : std::to_string(field<std::size_t>(config, key))};
}

// count / per_unit (a power of ten), exactly: "1.25".
std::string decimal(std::int64_t count, std::int64_t per_unit) {
    std::string out = std::to_string(count / per_unit);
    std::string rest = std::to_string(per_unit + count % per_unit).substr(1);
    while (rest.ends_with('0')) {
        rest.pop_back();
    }
    return rest.empty() ? out : out + "." + rest;
}

// --- a text

std::string print_text(const std::string& value) {
    return value;
}

// The text goes into an IRC line and an HTTP header: a blank or a line break in it would be a command.
value_problem parse_secret(core::secret& out, const config_key& /*key*/, std::string_view text) {
    constexpr std::size_t longest = 512;
    const bool given = !text.empty();
    text = without_wrapping(text);
    if (given && text.empty()) {
        return "nothing but quotes or a prefix such as \"oauth:\", where the token should be";
    }
    if (is_placeholder(text)) {
        return "that is a placeholder: put the token in its place, or leave it empty and run 'tiktok2twitch "
               "login'";
    }
    if (text.find("token=") != std::string_view::npos || text.find("://") != std::string_view::npos) {
        return "that is an address or a setting with the token in it: only the token itself belongs here "
               "(not shown: it is a secret)";
    }
    if (!std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; })) {
        return "a token has no blanks, line breaks or other unusual characters (not shown: it is a secret)";
    }
    if (text.size() > longest) {
        return "a token has at most 512 characters (not shown: it is a secret)";
    }
    out = core::secret(std::string(text));
    return {};
}

std::string print_secret(const core::secret& value) {
    return value.empty() ? "" : "***";
}

value_problem parse_login(std::string& out, const config_key& key, std::string_view text) {
    constexpr std::size_t longest = 25;  // of a Twitch login
    if (text.size() > longest ||
        !std::ranges::all_of(text, [](char c) { return core::ascii::is_alnum(c) || c == '_'; })) {
        return not_expected(key, text);
    }
    out = core::ascii::lower(text);
    return {};
}

value_problem parse_client_id(std::string& out, const config_key& key, std::string_view text) {
    constexpr std::size_t longest = 64;  // Twitch's have 30
    if (text.size() > longest || !std::ranges::all_of(text, core::ascii::is_alnum)) {
        return not_expected(key, text);
    }
    out.assign(text);
    return {};
}

value_problem parse_path(std::string& out, const config_key& key, std::string_view text) {
    if (!is_plain_text(text)) {
        return not_expected(key, text);
    }
    out.assign(text);
    return {};
}

// "event.gift" has the template of gifts; [relay] has that of comments.
relay::event_kind kind_of(std::string_view section) {
    for (std::size_t i = 0; i < relay::event_kinds; ++i) {
        const auto kind = static_cast<relay::event_kind>(i);
        if (section == "event." + std::string(relay::name_of(kind))) {
            return kind;
        }
    }
    return relay::event_kind::chat;
}

value_problem parse_template(std::string& out, const config_key& key, std::string_view text) {
    const auto kind = kind_of(key.section);
    std::string hint;
    if (!is_plain_text(text)) {
        return not_expected(key, text);
    }
    const bool none = text.empty() && key.kind == &kinds::own_template;
    const auto parsed = relay::parse_template(text, &hint, relay::needs_of(kind));
    if (!parsed && !none) {
        return hint.empty() ? not_expected(key, text) : hint;
    }
    if (auto empty = parsed ? relay::empty_field(*parsed, kind) : std::string(); !empty.empty()) {
        return empty;
    }
    out.assign(text);
    return {};
}

// What can be said as it stands: cleaning would change nothing.
bool is_clean(std::string_view text) {
    return is_plain_text(text) && core::clean_text(text) == text;
}

// '/' and '.' begin Twitch's own commands, which never arrive as messages.
value_problem parse_command_word(std::string& out, const config_key& key, std::string_view text) {
    constexpr std::size_t longest = 25;
    if (text.empty() || !is_clean(text) || text.find(' ') != std::string_view::npos ||
        core::count_code_points(text) > longest) {
        return not_expected(key, text);
    }
    if (text.front() == '/' || text.front() == '.') {
        return std::string("a word that begins with ") + text.front() + " would be a command of Twitch's own";
    }
    out.assign(text);
    return {};
}

// A brace that names nothing is said as it stands, except where a level was meant: "[G{lvl}]".
value_problem parse_mark(std::string& out, const config_key& key, std::string_view text) {
    if (!is_clean(text) || core::count_code_points(text) > relay::mark_code_points) {
        return not_expected(key, text);
    }
    constexpr std::string_view level = "{level}";
    const bool has_level = key.name == "gifter" || key.name == "fan_club";
    const std::size_t brace = text.find(has_level ? "{" : level);
    if (brace != std::string_view::npos && !has_level) {
        return "only badges.gifter and badges.fan_club have a {level}";
    }
    if (brace != std::string_view::npos && !text.substr(brace).starts_with(level)) {
        return show_quoted(text) + ": the only field of a mark is {level}";
    }
    if (text == level) {
        return show_quoted(text) + ": a mark needs more than its number, which any name may have";
    }
    out.assign(text);
    return {};
}

// --- one of several words, in the order of the enumeration

constexpr std::array<std::string_view, 3> filter_actions{"drop", "mask", "hold"};
constexpr std::array<std::string_view, 5> link_actions{"allow", "defang", "strip", "drop", "hold"};
constexpr std::array<std::string_view, 2> transports{"irc", "helix"};

template <class Choice, const auto& Words>
value_problem parse_choice(Choice& out, const config_key& /*key*/, std::string_view text) {
    const auto found = std::ranges::find(Words, text);
    if (found == Words.end()) {
        return not_one_of(Words, text);
    }
    out = static_cast<Choice>(found - Words.begin());
    return {};
}

template <class Choice, const auto& Words>
std::string print_choice(const Choice& value) {
    return std::string(Words[static_cast<std::size_t>(value)]);
}

// --- lists

// "en", "pt-BR": as TikTok says them, compared in lower case.
bool is_language(std::string_view text) noexcept {
    constexpr std::size_t longest = 12;
    return !text.empty() && text.size() <= longest &&
           std::ranges::all_of(text, [](char c) { return core::ascii::is_alnum(c) || c == '-'; });
}

// One entry as it is to be stored, or nothing when it is none.
std::optional<std::string> checked(const value_kind& kind, const std::string& entry) {
    if (&kind == &kinds::user_list) {  // names may be copied with what cannot be seen
        auto handle = core::parse_handle(entry);
        return handle ? std::optional(*std::move(handle)) : std::nullopt;
    }
    if (!is_plain_text(entry) || entry.find_first_not_of(' ') == std::string::npos) {
        return std::nullopt;
    }
    if (&kind == &kinds::language_list) {
        return is_language(entry) ? std::optional(core::ascii::lower(entry)) : std::nullopt;
    }
    return entry;
}

value_problem parse_list(config& config, const config_key& key, texts entries) {
    std::vector<std::string> good;
    for (const std::string& entry : entries) {
        auto stored = checked(*key.kind, entry);
        if (!stored) {
            return not_expected(key, entry);
        }
        const bool language = key.kind == &kinds::language_list;
        if (const auto problem = language ? relay::language_problem(*stored) : ""; !problem.empty()) {
            return show_quoted(entry) + " " + problem;
        }
        good.push_back(*std::move(stored));
    }
    field<std::vector<std::string>>(config, key) = std::move(good);
    return {};
}

std::vector<std::string> print_list(const config& config, const config_key& key) {
    return field<std::vector<std::string>>(config, key);
}

// The values of an enumeration by their names, each at most once.
template <class Enum, std::size_t Count>
value_problem read_names(std::vector<Enum>& out, texts entries) {
    std::array<std::string_view, Count> names;
    for (std::size_t i = 0; i < Count; ++i) {
        names[i] = relay::name_of(static_cast<Enum>(i));
    }
    for (const std::string& entry : entries) {
        const auto found = std::ranges::find(names, entry);
        if (found == names.end()) {
            return not_one_of(names, entry);
        }
        const auto value = static_cast<Enum>(found - names.begin());
        if (std::ranges::find(out, value) != out.end()) {
            return "\"" + entry + "\" is listed twice";
        }
        out.push_back(value);
    }
    return {};
}

using class_order = std::vector<relay::priority_class>;

// What is not listed follows in the order of the enumeration, which is the default.
value_problem parse_order(config& config, const config_key& key, texts entries) {
    class_order order;
    if (auto wrong = read_names<relay::priority_class, relay::priority_classes>(order, entries)) {
        return wrong;
    }
    for (std::size_t i = 0; i < relay::priority_classes; ++i) {
        const auto which = static_cast<relay::priority_class>(i);
        if (std::ranges::find(order, which) == order.end()) {
            order.push_back(which);
        }
    }
    field<class_order>(config, key) = std::move(order);
    return {};
}

std::vector<std::string> print_order(const config& config, const config_key& key) {
    std::vector<std::string> names;
    for (const relay::priority_class which : field<class_order>(config, key)) {
        names.emplace_back(relay::name_of(which));
    }
    return names;
}

// Where the first regular expression ends: a comma inside of brackets is part of it, "\\d{8,}".
std::size_t end_of_pattern(std::string_view text) {
    std::size_t open = 0;
    bool in_class = false;  // "[(]": brackets open nothing in there
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\') {
            ++i;
        } else if (in_class) {
            in_class = c != ']';
        } else if (c == '[') {
            in_class = true;
        } else if (c == '(' || c == '{') {
            ++open;
        } else if ((c == ')' || c == '}') && open > 0) {
            --open;
        } else if (c == ',' && open == 0) {
            return i;
        }
    }
    return text.size();
}

// Empty entries do not count: "," is the empty list, and a comma at the end does no harm.
std::vector<std::string> split_list(std::string_view text, const value_kind& kind) {
    std::vector<std::string> entries;
    while (!text.empty()) {
        const std::size_t comma = &kind == &kinds::pattern_list ? end_of_pattern(text) : text.find(',');
        const std::string_view entry = text.substr(0, comma);
        text.remove_prefix(std::min(entry.size() + 1, text.size()));
        const std::size_t begin = std::min(entry.find_first_not_of(" \t"), entry.size());
        const std::size_t end = entry.find_last_not_of(" \t") + 1;
        if (begin < end) {
            entries.emplace_back(entry.substr(begin, end - begin));
        }
    }
    return entries;
}

// --- rows

template <class T, value_problem (*Parse)(T&, const config_key&, std::string_view),
          std::string (*Print)(const T&)>
constexpr value_kind one(std::string_view expected, toml_form form = toml_form::text) {
    return {form, expected,
            [](config& config, const config_key& key, texts given) {
                return Parse(field<T>(config, key), key, given.front());
            },
            [](const config& config, const config_key& key) {
                return std::vector{Print(field<T>(config, key))};
            }};
}

template <value_problem (*Parse)(std::string&, const config_key&, std::string_view)>
constexpr value_kind a_text(std::string_view expected) {
    return one<std::string, Parse, print_text>(expected);
}

template <class Choice, const auto& Words>
constexpr value_kind a_choice(std::string_view expected) {
    return one<Choice, parse_choice<Choice, Words>, print_choice<Choice, Words>>(expected);
}

constexpr value_kind a_list(std::string_view expected) {
    return {toml_form::list, expected, parse_list, print_list};
}

}  // namespace

namespace kinds {

const value_kind http_url = one<core::url, parse_url<http_schemes>, print_url>(
    "an address such as \"https://example.org\" (http:// for loopback hosts)");
const value_kind ws_url = one<core::url, parse_url<ws_schemes>, print_url>(
    "an address such as \"wss://example.org\" (ws:// for loopback hosts)");
const value_kind irc_url = one<core::url, parse_url<irc_schemes>, print_irc_url>(
    "an address such as \"ircs://irc.chat.twitch.tv:6697\" (irc:// for loopback hosts)");
const value_kind duration =
    one<core::duration, parse_duration, duration_text>("a duration such as \"30s\", \"1.25s\" or \"150ms\"");
const value_kind rate = one<twitch::rate, parse_rate<twitch::rate>, print_rate<twitch::rate>>(
    "a rate such as \"18/32s\" (lines per window)");
const value_kind user_rate = one<relay::user_rate, parse_user_rate, print_user_rate>(
    "a rate such as \"5/30s\" (comments per time), or \"\" for no limit");
const value_kind boolean = one<bool, parse_boolean, print_boolean>("true or false", toml_form::boolean);
const value_kind integer{toml_form::integer, "a whole number", parse_integer, print_integer};
const value_kind secret = one<core::secret, parse_secret, print_secret>("a token in quotes");
const value_kind login =
    a_text<parse_login>("a Twitch login: up to 25 letters, digits and underscores, in quotes");
const value_kind client_id = a_text<parse_client_id>("a client id: letters and digits, in quotes");
const value_kind path = a_text<parse_path>("a file name in quotes, without control characters");
const value_kind line_template = a_text<parse_template>("a template such as \"[TikTok] {name}: {text}\"");
const value_kind event_template = a_text<parse_template>("a template such as \"[TikTok] {name} follows\"");
const value_kind own_template =
    a_text<parse_template>("a template such as \"[TikTok] {name} {text}\", or \"\" for that of comments");
const value_kind command_word =
    a_text<parse_command_word>("a word of 1 to 25 printable characters without blanks, such as \"!tiktok\"");
const value_kind mark =
    a_text<parse_mark>("a mark of at most 12 printable characters such as \"[mod]\", or \"\" for none");
const value_kind filter_action =
    a_choice<relay::filter_action, filter_actions>("\"drop\", \"mask\" or \"hold\"");
const value_kind link_action =
    a_choice<relay::link_action, link_actions>("\"allow\", \"defang\", \"strip\", \"drop\" or \"hold\"");
const value_kind transport = a_choice<chat_transport, transports>("\"irc\" or \"helix\"");
const value_kind class_order{toml_form::list, "a list such as [\"streamer\", \"gift\"]", parse_order,
                             print_order};
const value_kind text_list = a_list("a list of texts in quotes, none of them empty: [\"one\", \"two\"]");
const value_kind pattern_list =
    a_list("a list of regular expressions in quotes: ['\\d{8,}', 'free followers']");
const value_kind user_list = a_list("a list of TikTok users: [\"@user\", \"6800000000000000001\"]");
const value_kind language_list = a_list("a list of languages: [\"en\", \"es\"]");
const value_kind path_list = a_list("a list of file names in quotes: [\"words.txt\"]");

}  // namespace kinds

value_problem set_value(config& config, const config_key& key, std::string_view text) {
    std::vector<std::string> given{std::string(text)};
    if (key.list() && text.starts_with('[') && text.ends_with(']')) {
        auto entries = read_toml_list(text);
        if (!entries) {
            return show_quoted(text) + " is no list: write [\"one\", \"two\"]" +
                   (key.kind == &kinds::pattern_list ? ", and a character class as ['[a-z]']" : "");
        }
        given = *std::move(entries);
    } else if (key.list()) {
        given = split_list(text, *key.kind);
    }
    return key.kind->parse(config, key, given);
}

void copy_value(config& to, const config& from, const config_key& key) {
    // The accessors only name a member; reading through them does not change the configuration.
    std::visit([&](auto* member) { member(to) = member(const_cast<config&>(from)); }, key.field);
}

std::string value_text(const config& config, const config_key& key) {
    return core::joined(key.kind->print(config, key));
}

std::string value_toml(const config& config, const config_key& key) {
    const std::vector<std::string> printed = key.kind->print(config, key);
    if (key.list()) {
        return toml_array(printed);
    }
    return key.kind->form == toml_form::text ? toml_quote(printed.front()) : printed.front();
}

std::string toml_array(std::span<const std::string> entries) {
    std::vector<std::string> quoted;
    std::ranges::transform(entries, std::back_inserter(quoted), toml_quote);
    return "[" + core::joined(quoted) + "]";
}

value_problem set_events(event_set& out, std::span<const std::string> names) {
    std::vector<relay::event_kind> listed;
    if (auto wrong = read_names<relay::event_kind, relay::event_kinds>(listed, names)) {
        return wrong;
    }
    if (listed.empty()) {
        return "this route would carry nothing; leave \"events\" out to carry everything that is enabled";
    }
    out.reset();
    for (const relay::event_kind kind : listed) {
        out.set(static_cast<std::size_t>(kind));
    }
    return {};
}

std::vector<std::string> event_names(const event_set& events) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < relay::event_kinds; ++i) {
        if (events.test(i)) {
            names.emplace_back(relay::name_of(static_cast<relay::event_kind>(i)));
        }
    }
    return names;
}

value_problem set_emoji(relay::emoji_table& out, const std::string& code, std::string_view text) {
    if (!relay::is_emoji_code(code)) {
        return show_quoted(code) + ": a code is 1 to 32 letters, digits and underscores, without brackets";
    }
    if (text.empty() || !is_clean(text) || core::count_code_points(text) > relay::emoji_text_code_points) {
        return show_quoted(code) + ": expected 1 to 32 printable characters, found " + show_quoted(text);
    }
    out.insert_or_assign(code, std::string(text));
    return {};
}

std::string duration_text(const core::duration& value) {
    const auto count = std::chrono::duration_cast<std::chrono::nanoseconds>(value).count();
    return value < std::chrono::seconds(1) && count != 0 ? decimal(count, 1'000'000) + "ms"
                                                         : decimal(count, 1'000'000'000) + "s";
}

}  // namespace tiktok2twitch::app
