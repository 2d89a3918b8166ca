// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// TikTok's messages as JSON: what TikFinity and the managed socket make of them. They are put into the
// messages of the schema and then read by the functions that read binary ones, so that every rule holds for
// all ways (docs/protocol/ways-in.md §3.2, §5.2). Several names are known for most fields: two versions of
// the managed socket and TikFinity's flat form. What is not there stays unset.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/tiktok/wire/json_fields.hpp"
#include "tiktok2twitch/tiktok/wire/message_codec.hpp"

namespace tiktok2twitch::tiktok {

// The first of `names` that `object` has and that is not null; else nullptr.
const nlohmann::json* any(const nlohmann::json* object, std::initializer_list<const char*> names);
// true, 1, "1" or "true"; nothing when it is none of these and not their opposite either.
std::optional<bool> as_flag(const nlohmann::json* value);

// Parses a text of at most `max_bytes` that nests reasonably. Errors: errc::frame_undecodable.
core::error_code parse_json_text(std::string_view text, std::size_t max_bytes, nlohmann::json& out);

// One message: `method` without the prefix "Webcast", `data` its fields. Leaves received_at to the caller.
// Not an object: skipped::undecodable.
decoded_message read_json_message(std::string_view method, const nlohmann::json& data);

}  // namespace tiktok2twitch::tiktok
