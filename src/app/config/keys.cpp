// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/config/keys.hpp"

#include <algorithm>

namespace tiktok2twitch::app {
namespace {

using event = relay::event_kind;
using site = tiktok::options;
using chat = twitch::options;
using rules = relay::filter_options;
using table = std::vector<config_key>;
using enum change;

// at<&config::twitch, &chat::login>(c) is c.twitch.login.
template <auto... Members>
auto& at(config& c) {
    return (c.*....*Members);
}

constexpr key_bounds no_bounds;
constexpr key_bounds within(std::int64_t min, std::int64_t max) {
    return {.min = min, .max = max};
}
constexpr std::int64_t one_hour = 3'600'000;
constexpr std::int64_t one_day = 24 * one_hour;

template <event Kind>
std::string& event_line(config& c) {
    return c.events.of(Kind).line_template;
}

void add_connections(table& keys) {
    using namespace kinds;
    keys.insert(
        keys.end(),
        {
            {"tiktok", "web_url", &http_url, at<&config::tiktok, &site::web_url>, at_restart,
             "TikTok's site: room lookup and the visitor cookie (ttwid)", no_bounds,
             "https://www.tiktok.com"},
            {"tiktok", "webcast_url", &http_url, at<&config::tiktok, &site::webcast_url>, at_restart,
             "TikTok's live service: asks whether a known live still runs", no_bounds,
             "https://webcast.tiktok.com"},
            {"tiktok", "ws_url", &ws_url, at<&config::tiktok, &site::ws_url>, at_restart,
             "TikTok's chat socket; the path is added by the program", no_bounds,
             "wss://webcast-ws.tiktok.com"},
            {"tiktok", "sign_url", &http_url, at<&config::sign_url>, at_reload,
             "sign server of the signed way in; the direct way needs none", no_bounds,
             "https://api.eulerstream.com"},
            {"tiktok", "poll_interval", &duration, at<&config::tiktok, &site::poll_interval>, at_restart,
             "time between lookups while the streamer is offline; at least 10s, except for loopback hosts",
             within(1, one_day)},
            {"tiktok", "heartbeat_interval", &duration, at<&config::tiktok, &site::heartbeat_interval>,
             at_restart, "time between heartbeats on the chat socket, up to 5m", within(1, 300'000)},
            {"tiktok", "stale_after", &duration, at<&config::tiktok, &site::stale_after>, at_restart,
             "a chat socket that was silent for so long is taken for dead, up to 1h", within(1, one_hour)},

            {"twitch", "transport", &transport, at<&config::transport>, at_restart,
             "how lines are said: \"irc\", or \"helix\" (Twitch's API); limits and counts are the same"},
            {"twitch", "irc_url", &irc_url, at<&config::irc_url>, at_restart,
             "Twitch's chat server; irc:// is plain text and for loopback hosts only", no_bounds,
             "ircs://irc.chat.twitch.tv:6697"},
            {"twitch", "auth_url", &http_url, at<&config::auth_url>, at_restart, "Twitch's login service",
             no_bounds, "https://id.twitch.tv"},
            {"twitch", "helix_url", &http_url, at<&config::helix_url>, at_restart, "Twitch's API", no_bounds,
             "https://api.twitch.tv/helix"},
            {"twitch", "client_id", &client_id, at<&config::client_id>, at_reload,
             "id of your application in Twitch's developer console, for 'tiktok2twitch login'"},
            {"twitch", "login", &login, at<&config::twitch, &chat::login>, at_restart,
             "name of the bot account; \"\": the only stored login, or the token's"},
            {"twitch", "token", &secret, at<&config::twitch, &chat::token>, as_login,
             "access token of the bot account, \"oauth:\" in front or not; better kept in the environment"},
            {"twitch", "validate_interval", &duration, at<&config::validate_interval>, at_restart,
             "how often Twitch's login service is asked whether the token is still good, 10s to 1h",
             within(10'000, one_hour)},
            {"twitch", "limit_normal", &rate, at<&config::twitch, &chat::limit_normal>, at_reload,
             "lines per sliding window, per account; Twitch allows 20 per 30s", within(0, one_hour)},
            {"twitch", "limit_moderator", &rate, at<&config::twitch, &chat::limit_moderator>, at_reload,
             "the same where the bot is moderator or broadcaster; Twitch allows 100 per 30s",
             within(0, one_hour)},
            {"twitch", "spacing_normal", &duration, at<&config::twitch, &chat::spacing_normal>, at_reload,
             "time between two lines in one channel, up to 1h; Twitch asks for 1s", within(0, one_hour)},
            {"twitch", "spacing_moderator", &duration, at<&config::twitch, &chat::spacing_moderator>,
             at_reload, "the same where the bot is moderator or broadcaster; warns below 100ms",
             within(0, one_hour)},
            {"twitch", "vip_is_moderator", &boolean, at<&config::twitch, &chat::vip_is_moderator>, at_reload,
             "count a VIP bot as moderator for the limits; whether Twitch does is disputed"},
            {"twitch", "backlog", &integer, at<&config::twitch, &chat::backlog>, at_reload,
             "messages that may wait per channel, 1 to 100000; beyond, the least important goes first and is "
             "counted",
             within(1, 100'000)},
            {"twitch", "delete_lines", &boolean, at<&config::delete_lines>, at_reload,
             "delete the line of a message that TikTok's moderators removed, and say the others on it again"},
            {"twitch", "allow_custom_host", &boolean, at<&config::allow_custom_host>, at_restart,
             "send the token to hosts that are neither *.twitch.tv nor loopback"},

            {"tls", "ca_file", &path, at<&config::ca_file>, at_restart,
             "PEM file of certificates to trust besides the system's"},
        });
}

void add_relay(table& keys) {
    using namespace kinds;
    keys.insert(
        keys.end(),
        {
            {"relay", "template", &line_template, &event_line<event::chat>, at_reload,
             "what a comment's line says: {name} {unique_id} {text} {badges} {room} {streamer} {viewers} "
             "{total_likes}",
             no_bounds, "[TikTok] {name}: {text}"},
            {"relay", "pack", &boolean, at<&config::twitch, &chat::pack>, at_reload,
             "say several waiting messages in one line"},
            {"relay", "line_length", &integer, at<&config::twitch, &chat::line_length>, at_reload,
             "longest line in code points, 100 to 500; Twitch takes 500", within(100, 500)},
            {"relay", "max_age", &duration, at<&config::twitch, &chat::max_age>, at_reload,
             "a message that waited longer is dropped and counted, up to 24h", within(1, one_day)},
            {"relay", "gift_max_age", &duration, at<&config::twitch, &chat::gift_max_age>, at_reload,
             "the same for gifts and subscriptions; never less than max_age", within(1, one_day)},
            {"relay", "order", &class_order, at<&config::events, &relay::event_options::order>, at_reload,
             "what is said first when not all of it can be; what is left out here comes last", no_bounds,
             "streamer, moderator, gift, subscribe, question, mention, chat, follow, share, room, like, "
             "join"},
            {"relay", "read_back", &boolean, at<&config::twitch, &chat::read_back>, at_restart,
             "a second, anonymous connection to Twitch watches whether the lines really appear"},
            {"relay", "status_interval", &duration, at<&config::status_interval>, at_reload,
             "where the log goes to a file or a journal: how often it says in one line how things are; 0s: "
             "never",
             within(0, one_day)},
        });
}

// [event.*] of one kind.
struct event_section {
    std::string_view section;
    bool enabled;
    std::string_view about;
    std::string_view line;
    std::string_view line_help = "what the line says: those of relay.template but {text}";
    std::string_view per_minute = {};
    const value_kind* line_kind = &kinds::event_template;
};

template <event Kind>
void add_event(table& keys, const event_section& row, const table& threshold = {}) {
    const auto enabled = +[](config& c) -> bool& {
        return c.events.of(Kind).enabled;
    };
    const auto per_minute = +[](config& c) -> std::size_t& {
        return c.events.of(Kind).per_minute;
    };
    keys.push_back({row.section, "enabled", &kinds::boolean, enabled, at_reload, row.about, no_bounds,
                    row.enabled ? "true" : "false"});
    if (Kind != event::chat) {  // whose line is relay.template
        keys.push_back({row.section, "template", row.line_kind, &event_line<Kind>, at_reload, row.line_help,
                        no_bounds, row.line});
    }
    keys.insert(keys.end(), threshold.begin(), threshold.end());
    keys.push_back({row.section, "per_minute", &kinds::integer, per_minute, at_reload,
                    "at most so many of these lines in any 60s, up to 1000; 0: no limit", within(0, 1000),
                    row.per_minute});
}

void add_events(table& keys) {
    constexpr std::string_view of_the_room = "what the line says: {streamer} {room} {viewers} {total_likes}";
    add_event<event::chat>(keys, {"event.chat", true, "comments; their line is relay.template", {}});
    add_event<event::emote_chat>(
        keys, {"event.sticker",
               true,
               "comments of nothing but a sticker",
               {},
               "what the line says, with the names of relay.template; \"\": the same as relay.template",
               {},
               &kinds::own_template});
    add_event<event::question>(
        keys,
        {"event.question",
         true,
         "questions from TikTok's question box",
         "[TikTok] {name} asks: {text}",
         "what the line says: {name} {unique_id} {text} {badges} {room} {streamer} {viewers} {total_likes}",
         {},
         &kinds::line_template});
    add_event<event::gift>(
        keys,
        {"event.gift", true, "gifts; a streak is one line at its end",
         "[TikTok] {name} sent {count}x {gift} ({coins} coins)",
         "what the line says: those of relay.template but {text}, and {gift} {count} {coins} (\"?\": "
         "nobody knows the price)"},
        {{"event.gift", "min_coins", &kinds::integer,
          at<&config::events, &relay::event_options::gift_min_coins>, at_reload,
          "gifts worth less, all of a streak together, are left out; one of unknown price counts as 1; up to "
          "1000000000",
          within(0, 1'000'000'000)}});
    add_event<event::follow>(keys, {.section = "event.follow",
                                    .enabled = true,
                                    .about = "new followers",
                                    .line = "[TikTok] {name} follows",
                                    .per_minute = "10"});
    add_event<event::share>(keys, {.section = "event.share",
                                   .enabled = false,
                                   .about = "viewers who shared the LIVE",
                                   .line = "[TikTok] {name} shared the LIVE",
                                   .per_minute = "10"});
    add_event<event::subscribe>(keys,
                                {"event.subscribe", true, "new subscribers", "[TikTok] {name} subscribed"});
    add_event<event::like>(
        keys,
        {"event.like", false, "milestones of the likes of the whole LIVE", "[TikTok] {total_likes} likes",
         "what the line says: {total_likes} {count} {name} {unique_id} {badges} {room} {streamer} {viewers}"},
        {{"event.like", "every", &kinds::integer, at<&config::events, &relay::event_options::like_every>,
          at_reload, "a line at each multiple of so many likes, 1 to 1000000000", within(1, 1'000'000'000)}});
    add_event<event::join>(keys, {.section = "event.join",
                                  .enabled = false,
                                  .about = "viewers who come in",
                                  .line = "[TikTok] {name} joined",
                                  .per_minute = "1"});
    add_event<event::envelope>(keys, {"event.envelope", false, "treasure boxes for those who watch",
                                      "[TikTok] {name} sent a treasure box with {coins} coins",
                                      "what the line says: those of relay.template but {text}, and {coins}"});
    add_event<event::viewers>(keys,
                              {"event.viewers", false, "how many watch now", "[TikTok] {viewers} watching",
                               "what the line says: {viewers} {total_likes} {room} {streamer}", "1"});
    add_event<event::live_start>(
        keys, {"event.live_start", false, "the start of a LIVE", "[TikTok] {streamer} is live", of_the_room});
    add_event<event::live_pause>(keys, {"event.live_pause", false, "pauses of the LIVE",
                                        "[TikTok] {streamer} has paused", of_the_room});
    add_event<event::live_end>(
        keys, {"event.live_end", false, "the end of the LIVE", "[TikTok] {streamer} has ended", of_the_room});
}

void add_filter(table& keys) {
    using namespace kinds;
    keys.insert(
        keys.end(),
        {
            {"filter", "starter_lists", &language_list, at<&config::filter, &rules::starter_lists>, at_reload,
             "word lists shipped with the program (slurs and threats), by language; []: none"},
            {"filter", "swearing", &language_list, at<&config::filter, &rules::swearing>, at_reload,
             "lists of mere swearing, by language (the same as above); []: none"},
            {"filter", "words", &text_list, at<&config::filter, &rules::words>, at_reload,
             "your own blocked words and phrases; look-alike letters and digits count as the letter"},
            {"filter", "word_files", &path_list, at<&config::filter, &rules::word_files>, at_reload,
             "files with one word or phrase per line (# begins a remark), beside this file or with a full "
             "path; a changed file counts at once"},
            {"filter", "words_action", &filter_action, at<&config::filter, &rules::words_action>, at_reload,
             "what happens to a comment with a blocked word in its text or name: \"drop\", \"mask\" (***) or "
             "\"hold\" for a moderator"},
            {"filter", "patterns", &pattern_list, at<&config::filter, &rules::patterns>, at_reload,
             "regular expressions (RE2) for texts and names, best in single quotes: ['\\d{8,}']; case does "
             "not count, except behind (?-i)"},
            {"filter", "patterns_action", &filter_action, at<&config::filter, &rules::patterns_action>,
             at_reload, "what happens to a comment that a pattern finds: \"drop\", \"mask\" or \"hold\""},
            {"filter", "blocked_users", &user_list, at<&config::filter, &rules::blocked_users>, at_reload,
             "TikTok users who are never relayed: @handles or account numbers"},
            {"filter", "allowed_users", &user_list, at<&config::filter, &rules::allowed_users>, at_reload,
             "TikTok users whose comments are never filtered"},
            {"filter", "links", &link_action, at<&config::filter, &rules::links>, at_reload,
             "links in comments: \"allow\", \"defang\" (example(dot)com), \"strip\" (to [link]), \"drop\" or "
             "\"hold\""},
            {"filter", "min_length", &integer, at<&config::filter, &rules::min_length>, at_reload,
             "characters a comment must have at least, up to 1000", within(0, 1000)},
            {"filter", "max_length", &integer, at<&config::filter, &rules::max_length>, at_reload,
             "characters a comment may have at most, up to 10000; 0: no limit", within(0, 10'000)},
            {"filter", "languages", &language_list, at<&config::filter, &rules::languages>, at_reload,
             "only comments in these languages, as TikTok guesses them: [\"en\", \"es\"]; []: all"},
            {"filter", "per_user", &user_rate, at<&config::filter, &rules::per_user>, at_reload,
             "comments of one viewer in a time, up to 24h: \"5/30s\"; \"\": no limit", within(0, one_day)},
            {"filter", "hold_new_users", &duration, at<&config::filter, &rules::hold_new_users>, at_reload,
             "a viewer's first comment waits so long, so that a moderator can stop it; up to 10m, 0s: not at "
             "all",
             within(0, 600'000)},
            {"filter", "hold_for", &duration, at<&config::filter, &rules::hold_for>, at_reload,
             "what \"hold\" holds is dropped when no moderator approved it in this time, 1s to 1h",
             within(1'000, one_hour)},
        });
}

void add_channel(table& keys) {
    using namespace kinds;
    keys.insert(
        keys.end(),
        {
            {"commands", "enabled", &boolean, at<&config::commands, &relay::command_options::enabled>,
             at_reload, "the moderators of the Twitch channel steer the relay from its chat: !tiktok help"},
            {"commands", "word", &command_word, at<&config::commands, &relay::command_options::word>,
             at_reload, "what their commands begin with: 1 to 25 characters without blanks"},
            {"commands", "announce_held", &boolean,
             at<&config::commands, &relay::command_options::announce_held>, at_reload,
             "at most once a minute, when the channel is quiet, a line in its chat with the numbers of what "
             "waits for a moderator"},

            {"badges", "streamer", &mark, at<&config::badges, &relay::badge_marks::streamer>, at_reload,
             "what {badges} says of the streamer, at most 12 characters; \"\": nothing"},
            {"badges", "moderator", &mark, at<&config::badges, &relay::badge_marks::moderator>, at_reload,
             "the same of the moderators of the TikTok room"},
            {"badges", "subscriber", &mark, at<&config::badges, &relay::badge_marks::subscriber>, at_reload,
             "the same of subscribers"},
            {"badges", "gifter", &mark, at<&config::badges, &relay::badge_marks::gifter>, at_reload,
             "the same of gifters; {level} in it is their level: \"[G{level}]\""},
            {"badges", "fan_club", &mark, at<&config::badges, &relay::badge_marks::fan_club>, at_reload,
             "the same of members of the fan club; {level} in it is their level"},
            {"badges", "new_follower", &mark, at<&config::badges, &relay::badge_marks::new_follower>,
             at_reload, "the same of who has followed the streamer during this live"},
        });
}

table all_keys() {
    table keys;
    for (const auto add : {add_connections, add_relay, add_events, add_filter, add_channel}) {
        add(keys);
    }
    return keys;
}

std::string upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return out;
}

}  // namespace

std::string config_key::dotted() const {
    return std::string(section) + "." + std::string(name);
}

std::string config_key::variable() const {
    return "TIKTOK2TWITCH_" + upper(dotted());
}

std::span<const config_key> config_keys() noexcept {
    static const table keys = all_keys();
    return keys;
}

std::vector<std::string_view> section_names() {
    std::vector<std::string_view> out;
    for (const config_key& key : config_keys()) {
        if (out.empty() || out.back() != key.section) {
            out.push_back(key.section);
        }
    }
    return out;
}

std::optional<std::size_t> find_key(std::string_view section, std::string_view name) noexcept {
    const auto keys = config_keys();
    const auto found = std::ranges::find_if(
        keys, [&](const config_key& key) { return key.section == section && key.name == name; });
    if (found == keys.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - keys.begin());
}

key_name split_key(std::string_view dotted) noexcept {
    const std::size_t dot = dotted.rfind('.');
    return dot == std::string_view::npos ? key_name{{}, dotted}
                                         : key_name{dotted.substr(0, dot), dotted.substr(dot + 1)};
}

std::optional<std::size_t> find_key(std::string_view dotted) noexcept {
    const key_name parts = split_key(dotted);
    return find_key(parts.section, parts.name);
}

}  // namespace tiktok2twitch::app
