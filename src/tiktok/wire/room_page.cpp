// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/wire/room_page.hpp"

#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/wire/check_page.hpp"
#include "tiktok2twitch/tiktok/wire/json_fields.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using nlohmann::json;

// statusCode of the API (docs/protocol/tiktok.md §1.1)
constexpr std::int64_t status_ok = 0;
constexpr std::int64_t status_user_not_found = 19881007;
constexpr std::int64_t status_age_restricted = 4003110;

// status of a room (docs/protocol/tiktok.md §1.6); everything else is offline
constexpr std::int64_t room_live = 2;
constexpr std::int64_t room_paused = 3;

core::error_code check_http(int http_status, std::string_view body) {
    if (http_status == 403)
        return errc::lookup_forbidden;
    if (http_status == 429)
        return errc::lookup_rate_limited;
    if (http_status != 200)
        return errc::lookup_failed;
    if (body.empty())
        return errc::lookup_blocked;
    if (body.size() > max_page_bytes)
        return errc::protocol_changed;
    return {};
}

// Something else in place of data; the check page has a name of its own.
core::error_code walled(std::string_view body) {
    return reads_as_check_page(body) ? errc::check_page : errc::lookup_blocked;
}

// An error, or `out` is an object. (Not a result<json>: everything converts to json, errors too.)
core::error_code parse_json(std::string_view text, json& out) {
    if (nested_deeper_than(text, max_json_depth))
        return errc::protocol_changed;
    out = json::parse(text.begin(), text.end(), nullptr, false);
    if (out.is_discarded())
        return walled(text);
    if (!out.is_object())
        return errc::protocol_changed;
    return {};
}

core::error_code read_answer(int http_status, std::string_view body, json& out) {
    const core::error_code error = check_http(http_status, body);
    return error ? error : parse_json(body, out);
}

// startTime is in seconds (docs/protocol/tiktok.md §5.5); what is no time of a live is none.
core::unix_ms as_ms(std::int64_t seconds) {
    constexpr std::int64_t latest = 100'000'000'000;  // the year 5138: larger numbers are milliseconds
    if (seconds <= 0)
        return 0;
    return seconds < latest ? seconds * 1000 : seconds;
}

// "0" or "" = none. An id of another form is a change that we must not guess about.
core::result<std::int64_t> read_room_id(const json* value) {
    if (value == nullptr || (value->is_string() && value->get_ref<const std::string&>().empty()))
        return 0;
    const auto id = as_integer(value);
    if (!id || *id < 0)
        return errc::protocol_changed;
    return *id;
}

// `user` and `room` are what both ways call "user" and "liveRoom".
core::result<room_status> read_room(const json* user, const json* room) {
    const core::result<std::int64_t> room_id = read_room_id(member(user, "roomId"));
    if (!room_id)
        return room_id.error();
    // The live room knows best; the user's copy serves when there is none (docs/protocol/tiktok.md §1.1).
    const json* status = member(room, "status");
    if (status == nullptr)
        status = member(user, "status");
    const auto code = as_integer(status);
    if (!code && (status != nullptr || *room_id != 0))
        return errc::protocol_changed;

    room_status out;
    out.room_id = *room_id;
    out.streamer_id = as_integer(member(user, "id")).value_or(0);
    out.unique_id = as_text(member(user, "uniqueId"));
    out.title = as_text(member(room, "title"));
    out.started_at = as_ms(as_integer(member(room, "startTime")).value_or(0));
    // The room id stays filled after the end, so it says nothing without the status (docs/protocol/tiktok.md
    // §1.1).
    if (*room_id != 0 && code == room_live)
        out.status = live_status::live;
    else if (*room_id != 0 && code == room_paused)
        out.status = live_status::paused;
    return out;
}

// The text of <script id="SIGI_STATE" ...>, or empty.
std::string_view find_page_state(std::string_view page) noexcept {
    const std::size_t id = page.find("id=\"SIGI_STATE\"");
    if (id == std::string_view::npos)
        return {};
    const std::size_t tag_end = page.find('>', id);
    if (tag_end == std::string_view::npos)
        return {};
    const std::string_view rest = page.substr(tag_end + 1);
    const std::size_t end = rest.find("</script>");
    return end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
}

}  // namespace

core::result<room_status> parse_api_live(int http_status, std::string_view body) {
    json answer;
    if (const core::error_code error = read_answer(http_status, body, answer))
        return error;
    const auto code = as_integer(member(&answer, "statusCode"));
    if (!code)
        return errc::protocol_changed;
    if (*code == status_user_not_found)
        return errc::no_such_user;
    if (*code == status_age_restricted)
        return errc::age_restricted;
    if (*code != status_ok)
        return errc::lookup_failed;
    const json* data = member(&answer, "data");
    if (data == nullptr)
        return errc::no_such_user;
    const json* user = member(data, "user");
    if (user == nullptr || !user->is_object())
        return errc::protocol_changed;
    return read_room(user, member(data, "liveRoom"));
}

core::result<room_status> parse_live_page(int http_status, std::string_view body) {
    if (const core::error_code error = check_http(http_status, body))
        return error;
    // Without the state it is a captcha or a "please wait" page; they come in many forms
    // (docs/protocol/tiktok.md §1.3).
    const std::string_view text = find_page_state(body);
    if (text.empty())
        return walled(body);
    json state;
    if (const core::error_code error = parse_json(text, state))
        return error;
    const json* live_room = member(&state, "LiveRoom");
    if (live_room == nullptr)
        return errc::no_such_user;
    const json* info = member(live_room, "liveRoomUserInfo");
    const json* user = member(info, "user");
    if (user == nullptr || !user->is_object())
        return errc::protocol_changed;
    return read_room(user, member(info, "liveRoom"));
}

core::result<bool> parse_check_alive(int http_status, std::string_view body, std::int64_t room_id) {
    json answer;
    if (const core::error_code error = read_answer(http_status, body, answer))
        return core::result<bool>(boost::system::in_place_error, error);
    const auto code = as_integer(member(&answer, "status_code"));
    if (!code)
        return errc::protocol_changed;
    if (*code != status_ok)
        return errc::lookup_failed;
    const json* rooms = member(&answer, "data");
    if (rooms == nullptr || !rooms->is_array())
        return errc::protocol_changed;
    if (rooms->empty())
        return errc::lookup_blocked;  // an unknown room or a detected client (docs/protocol/tiktok.md §1.2)
    for (const json& room : *rooms) {
        const bool ours = as_integer(member(&room, "room_id_str")) == room_id ||
                          as_integer(member(&room, "room_id")) == room_id;
        const json* alive = member(&room, "alive");
        if (ours && alive != nullptr && alive->is_boolean())
            return alive->get<bool>();
    }
    return errc::protocol_changed;
}

}  // namespace tiktok2twitch::tiktok
