// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/irc/session.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "tiktok2twitch/core/ascii.hpp"

namespace tiktok2twitch::twitch {
namespace {

constexpr std::string_view ping_prefix = "t2t-";

// "#chan" without the hash; empty for anything else.
std::string channel_of(const message_view& m) {
    const auto name = m.param(0);
    return name.starts_with('#') ? std::string(name.substr(1)) : std::string{};
}

std::optional<std::int64_t> number(const std::optional<std::string>& text) {
    if (!text)
        return std::nullopt;
    std::int64_t value = 0;
    const auto result = std::from_chars(text->data(), text->data() + text->size(), value);
    if (result.ec != std::errc{} || result.ptr != text->data() + text->size())
        return std::nullopt;
    return value;
}

std::optional<bool> flag(const std::optional<std::string>& text) {
    const auto value = number(text);
    return value ? std::optional(*value != 0) : std::nullopt;
}

// Twitch's longest are two weeks (timeout) and far less (slow mode).
std::chrono::seconds bounded_seconds(std::int64_t value) {
    return std::chrono::seconds(std::clamp<std::int64_t>(value, 0, 1'209'600));
}

bool contains_ignoring_case(std::string_view text, std::string_view lower) {
    const auto same = [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    };
    return std::search(text.begin(), text.end(), lower.begin(), lower.end(), same) != text.end();
}

// A badge list is "name/version,name/version"; `name` ends in a slash.
bool has_badge(std::string_view badges, std::string_view name) {
    return badges.starts_with(name) || badges.find("," + std::string(name)) != std::string_view::npos;
}

// Badges sometimes go missing, the mod tag never covers the broadcaster: look at all of them.
role rank_in(const message_view& m, std::string_view login, std::string_view channel) {
    const auto badges = m.tag("badges").value_or("");
    if (channel == login || has_badge(badges, "broadcaster/"))
        return role::broadcaster;
    if (has_badge(badges, "moderator/") || has_badge(badges, "lead_moderator/") ||
        m.tag("mod").value_or("") == "1")
        return role::moderator;
    if (has_badge(badges, "vip/") || !m.tag("vip").value_or("").empty())
        return role::vip;
    return role::ordinary;
}

room_state read_room_state(const message_view& m) {
    room_state out;
    out.channel = channel_of(m);
    out.room_id = m.tag("room-id").value_or("");
    if (const auto slow = number(m.tag("slow")))
        out.slow = bounded_seconds(*slow);
    out.emote_only = flag(m.tag("emote-only"));
    out.subs_only = flag(m.tag("subs-only"));
    out.followers_only = number(m.tag("followers-only"));
    out.unique = flag(m.tag("r9k"));
    return out;
}

}  // namespace

void irc_session::start(const options& options, core::time_point now) {
    const auto pings = pings_;  // goes on counting: an old PONG must not match a new PING
    *this = irc_session{};
    pings_ = pings;
    login_ = options.login;
    ping_after_ = options.ping_after;
    dead_after_ = options.dead_after;
    login_deadline_ = now + options.login_timeout;
    last_inbound_ = now;
    // PASS must precede NICK (docs/protocol/twitch.md §1.2).
    send({{}, {}, "CAP", {"REQ", "twitch.tv/tags twitch.tv/commands"}});
    send({{}, {}, "PASS", {"oauth:" + options.token.reveal()}});
    send({{}, {}, "NICK", {options.login}});
}

void irc_session::send(const message& message) {
    auto bytes = encode(message);
    overflowed_ = overflowed_ || output_.size() + bytes.size() > max_output;
    if (!overflowed_)
        output_ += bytes;
}

std::string irc_session::take_output() {
    return std::exchange(output_, {});
}

std::uint64_t irc_session::send_ping(core::time_point now) {
    ++pings_;
    send({{}, {}, "PING", {std::string(ping_prefix) + std::to_string(pings_)}});
    if (!ping_sent_)
        ping_sent_ = now;
    return pings_;
}

std::optional<errc> irc_session::failure(core::time_point now) const {
    if (overflowed_)
        return errc::server_not_reading;
    if (!ready() && now >= login_deadline_)
        return welcomed_ ? errc::capabilities_refused : errc::login_timeout;
    if (ping_sent_ && now >= *ping_sent_ + dead_after_)
        return errc::connection_dead;
    return std::nullopt;
}

void irc_session::keep_alive(core::time_point now) {
    if (ready() && !ping_sent_ && now >= last_inbound_ + ping_after_)
        send_ping(now);
}

core::time_point irc_session::deadline() const {
    if (!ready())
        return login_deadline_;
    return ping_sent_ ? *ping_sent_ + dead_after_ : last_inbound_ + ping_after_;
}

session_event irc_session::on_line(std::string_view line, core::time_point now) {
    last_inbound_ = now;  // any line is a sign of life, even one that does not parse
    ping_sent_.reset();
    const auto parsed = parse(line);
    if (!parsed)
        return nothing{};
    const auto& m = *parsed;
    if (m.is("PING")) {
        send({{}, {}, "PONG", {m.params.empty() ? "tmi.twitch.tv" : std::string(m.params.back())}});
        return nothing{};
    }
    if (m.is("PONG")) {
        const auto text = m.params.empty() ? std::string_view{} : m.params.back();
        if (!text.starts_with(ping_prefix))
            return nothing{};
        const auto token = number(std::string(text.substr(ping_prefix.size())));
        return token && *token > 0 ? session_event(pong{static_cast<std::uint64_t>(*token)}) : nothing{};
    }
    if (m.is("001")) {
        if (!m.param(0).empty())
            login_ = m.param(0);
        welcomed_ = true;
        return ready() ? session_event(logged_in{}) : nothing{};
    }
    if (m.is("CAP"))
        return on_capabilities(m);
    if (m.is("NOTICE"))
        return on_notice(m);
    if (m.is("USERSTATE"))
        return read_user_state(m);
    if (m.is("GLOBALUSERSTATE"))
        user_id_ = m.tag("user-id").value_or("");
    if (m.is("ROOMSTATE"))
        return read_room_state(m);
    if (m.is("CLEARCHAT"))
        return on_clearchat(m);
    if (m.is("CLEARMSG"))
        return on_clearmsg(m);
    if (m.is("PRIVMSG"))
        return on_privmsg(m);
    if (m.is("PART") && m.nick() == login_)
        return own_part{channel_of(m)};
    if (m.is("RECONNECT"))
        return reconnect_asked{};
    return nothing{};
}

session_event irc_session::on_capabilities(const message_view& m) {
    const auto verb = m.param(1);
    if (verb == "NAK")
        return session_failed{errc::capabilities_refused};
    if (verb != "ACK" || ready())
        return nothing{};
    const auto list = m.params.back();
    tags_ = tags_ || list.find("twitch.tv/tags") != std::string_view::npos;
    commands_ = commands_ || list.find("twitch.tv/commands") != std::string_view::npos;
    return ready() ? session_event(logged_in{}) : nothing{};
}

session_event irc_session::on_notice(const message_view& m) const {
    const auto text = m.params.empty() ? std::string_view{} : m.params.back();
    const auto channel = channel_of(m);
    if (!channel.empty())
        return room_notice{channel, m.tag("msg-id").value_or(""), std::string(text)};
    if (welcomed_)
        return nothing{};
    // Any NOTICE to "*" before 001 refuses the login; the texts only tell whose fault it is
    // (docs/protocol/twitch.md §1.4).
    const bool malformed =
        contains_ignoring_case(text, "improperly formatted") || contains_ignoring_case(text, "invalid nick");
    return session_failed{malformed ? errc::login_malformed : errc::login_refused};
}

session_event irc_session::on_clearchat(const message_view& m) const {
    if (m.params.size() < 2 || m.params[1] != login_)
        return nothing{};
    own_clear out{channel_of(m), std::nullopt};
    if (const auto seconds = number(m.tag("ban-duration")))
        out.duration = bounded_seconds(*seconds);
    return out;
}

session_event irc_session::on_clearmsg(const message_view& m) const {
    own_line_cleared out{channel_of(m), m.tag("target-msg-id").value_or("")};
    if (m.tag("login").value_or("") != login_ || out.channel.empty() || out.line_id.empty())
        return nothing{};
    return out;
}

user_state irc_session::read_user_state(const message_view& m) const {
    user_state out;
    out.channel = channel_of(m);
    out.id = m.tag("id").value_or("");
    out.rank = rank_in(m, login_, out.channel);
    return out;
}

session_event irc_session::on_privmsg(const message_view& m) const {
    channel_chat out;
    out.channel = channel_of(m);
    out.login = m.nick();
    if (out.channel.empty() || out.login.empty() || m.params.size() < 2)
        return nothing{};
    out.own = core::ascii::lower(out.login) == core::ascii::lower(login_) ||
              (!user_id_.empty() && m.tag("user-id").value_or("") == user_id_);
    const auto source = m.tag("source-room-id").value_or("");
    out.shared = !source.empty() && source != m.tag("room-id").value_or("");
    out.id = m.tag(out.shared ? "source-id" : "id").value_or("");
    out.text = m.params.back();
    const auto rank = rank_in(m, out.login, out.channel);
    out.trusted = !out.shared && (rank == role::moderator || rank == role::broadcaster);
    return out;
}

}  // namespace tiktok2twitch::twitch
