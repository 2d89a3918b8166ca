// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/ways/managed_reader.hpp"

#include <algorithm>
#include <array>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/tiktok/ways/json_messages.hpp"
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// What the provider says of itself.
constexpr std::array<std::string_view, 5> of_provider{"tiktok.connect", "room.status", "SyntheticJoinMessage",
                                                      "SyntheticLeaveMessage", "tiktok.disconnect"};

std::string_view method_of(std::string_view type) {
    constexpr std::string_view prefix = "Webcast";
    return type.starts_with(prefix) ? type.substr(prefix.size()) : type;
}

void read_room(const nlohmann::json* data, managed_reader::reading& out) {
    const nlohmann::json* inner = any(data, {"roomInfo"});
    const nlohmann::json* info = inner != nullptr && inner->is_object() ? inner : data;
    out.room_id = std::max<std::int64_t>(0, as_integer(any(info, {"id", "roomId"})).value_or(0));
    out.offline = as_flag(any(info, {"isLive"})) == false;
    out.live = !out.offline;
}

void read_worker(const nlohmann::json* data, managed_reader::reading& out) {
    out.raw = as_flag(any(any(data, {"features"}), {"rawMessages"}));
}

}  // namespace

std::string managed_target(std::string_view unique_id, std::string_view key) {
    std::string out = "/?uniqueId=" + core::percent_encode(unique_id);
    out += "&apiKey=" + core::percent_encode(key);
    // A quiet room is no fault: the provider is asked for ten minutes of patience, not for one.
    return out +
           "&features.rawMessages=true&features.bundleEvents=true&features.syntheticPresence=false"
           "&features.closeInactiveWebSocketAfter=600&features.schemaVersion=v2&schemaVersion=v2";
}

managed_reader::reading managed_reader::read(std::string_view bytes, core::time_point now) {
    reading out;
    ++counts_.frames;
    std::string buffer;
    const auto plain = bytes.size() > max_message_bytes
                           ? core::result<std::string_view>(core::error_code(
                                 boost::system::errc::make_error_code(boost::system::errc::message_size)))
                           : inflate_payload(bytes, buffer, webcast_session::max_inflated_bytes);
    if (!plain) {
        ++counts_.undecodable_frames;
        ++out.batch.unread.undecodable_frames;
        return out;
    }
    // No frame of the schema starts with one of these.
    const std::size_t first = plain->find_first_not_of(" \t\r\n");
    const bool is_json =
        first != std::string_view::npos && ((*plain)[first] == '{' || (*plain)[first] == '[');
    if (is_json)
        read_json(*plain, now, out);
    else
        read_binary(*plain, now, out);
    if (out.batch.messages)
        json_ = is_json;
    return out;
}

void managed_reader::read_binary(std::string_view bytes, core::time_point now, reading& out) {
    const frame_counts before = binary_.counts();
    out.batch = binary_.on_frame(bytes, now).batch;
    const frame_counts& after = binary_.counts();
    counts_.messages += after.messages - before.messages;
    counts_.unknown_frames += after.unknown_frames - before.unknown_frames;
    counts_.unknown_methods += after.unknown_methods - before.unknown_methods;
    counts_.undecodable_frames += after.undecodable_frames - before.undecodable_frames;
    counts_.undecodable_messages += after.undecodable_messages - before.undecodable_messages;
    counts_.excess_messages += after.excess_messages - before.excess_messages;
    out.live = out.batch.messages;
}

void managed_reader::read_json(std::string_view text, core::time_point now, reading& out) {
    nlohmann::json all;
    if (parse_json_text(text, webcast_session::max_inflated_bytes, all)) {
        ++counts_.undecodable_frames;
        ++out.batch.unread.undecodable_frames;
        return;
    }
    // {"timestamp", "messages": [...]}, a message alone, or an array of either.
    out.batch.server_now = std::max<std::int64_t>(0, as_integer(member(&all, "timestamp")).value_or(0));
    std::size_t read = 0;
    const auto one = [&](const nlohmann::json& message) {
        if (++read > webcast_session::max_batch_messages) {
            ++counts_.excess_messages;
            ++out.batch.unread.excess_messages;
            return;
        }
        const std::string type = as_text(member(&message, "type"));
        const nlohmann::json* data = member(&message, "data");
        if (type == "roomInfo")
            return read_room(data, out);
        if (type == "workerInfo")
            return read_worker(data, out);
        if (std::ranges::find(of_provider, std::string_view(type)) != of_provider.end())
            return;
        ++counts_.messages;
        out.batch.messages = true;
        out.live = true;
        const bool whole = !type.empty() && data != nullptr;
        put(whole ? read_json_message(method_of(type), *data) : decoded_message(skipped::undecodable), type,
            now, out.batch, counts_);
    };
    const auto bundle = [&](const nlohmann::json& part) {
        const nlohmann::json* messages = member(&part, "messages");
        if (messages == nullptr || !messages->is_array())
            return one(part);
        for (const nlohmann::json& message : *messages)
            one(message);
    };
    if (all.is_array())
        for (const nlohmann::json& part : all)
            bundle(part);
    else
        bundle(all);
}

}  // namespace tiktok2twitch::tiktok
