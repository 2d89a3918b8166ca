// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "tiktok2twitch/sim/tiktok_room.hpp"

namespace tiktok2twitch::sim {

namespace {

constexpr int status_live = 2;
constexpr int status_paused = 3;
constexpr int status_offline = 4;
constexpr int code_user_not_found = 19881007;
constexpr int code_age_restricted = 4003110;

bool known(const tiktok_room* room) {
    return room != nullptr && room->state() != account_state::no_such_user && !room->hidden();
}

int status_of(const tiktok_room& room) {
    switch (room.state()) {
        case account_state::live:
            return status_live;
        case account_state::paused:
            return status_paused;
        default:
            return status_offline;
    }
}

nlohmann::json user_json(const tiktok_room& room) {
    nlohmann::json user;
    user["id"] = "6900000000000000001";
    user["uniqueId"] = room.unique_id();
    user["nickname"] = room.unique_id();
    user["secUid"] = "MS4wLjABAAAAexample";
    user["roomId"] = std::to_string(room.room_id());
    user["status"] = status_of(room);
    return user;
}

nlohmann::json live_json(const tiktok_room& room) {
    nlohmann::json live;
    live["status"] = status_of(room);
    live["title"] = room.title();
    live["startTime"] = room.started_at() / 1000;
    live["liveRoomStats"] = {{"userCount", 12}, {"enterCount", 345}};
    return live;
}

// Titles are written by streamers: whatever is not UTF-8 is replaced, as the real service does.
std::string dump(const nlohmann::json& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Inside a page, "<" would end the script element early; the real page escapes it.
std::string dump_for_page(const nlohmann::json& value) {
    std::string out;
    for (const char c : dump(value)) {
        if (c == '<') {
            out += "\\u003C";
        } else {
            out.push_back(c);
        }
    }
    return out;
}

}  // namespace

std::string api_answer(const tiktok_room* room) {
    nlohmann::json answer;
    if (!known(room)) {
        answer["statusCode"] = code_user_not_found;
        answer["message"] = "user_not_found";
        answer["data"] = nullptr;
    } else if (room->state() == account_state::age_restricted) {
        answer["statusCode"] = code_age_restricted;
        answer["message"] = "age_restricted";
        answer["data"] = nullptr;
    } else {
        answer["statusCode"] = 0;
        answer["message"] = "";
        answer["data"]["user"] = user_json(*room);
        answer["data"]["liveRoom"] = live_json(*room);
        answer["data"]["stats"]["followerCount"] = 42;
    }
    return dump(answer);
}

std::string live_page(const tiktok_room* room) {
    nlohmann::json state;
    state["AppContext"]["appContext"]["language"] = "en";
    if (known(room)) {
        state["LiveRoom"]["liveRoomUserInfo"]["user"] = user_json(*room);
        state["LiveRoom"]["liveRoomUserInfo"]["liveRoom"] = live_json(*room);
    }
    return "<!DOCTYPE html><html><head><title>LIVE</title><script>var x = \"</scrip\";</script></head>"
           "<body><script id=\"SIGI_STATE\" type=\"application/json\">" +
           dump_for_page(state) + "</script></body></html>";
}

std::string check_alive_answer(const std::vector<alive_answer>& rooms, core::unix_ms now) {
    nlohmann::json answer;
    answer["data"] = nlohmann::json::array();
    for (const alive_answer& room : rooms) {
        nlohmann::json entry;
        entry["alive"] = room.alive;
        entry["room_id"] = room.room_id;
        entry["room_id_str"] = std::to_string(room.room_id);
        answer["data"].push_back(std::move(entry));
    }
    answer["extra"]["now"] = now;
    answer["status_code"] = 0;
    return dump(answer);
}

}  // namespace tiktok2twitch::sim
