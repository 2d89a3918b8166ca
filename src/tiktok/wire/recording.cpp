// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/wire/recording.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "tiktok2twitch/core/base64.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"
#include "tiktok2twitch/tiktok/wire/json_fields.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using frames = std::vector<recorded_frame>;
using parsed = boost::system::result<frames, recording_problem>;

// "way" or "room". Longer than any name: false.
bool read_name(const nlohmann::json* value, std::string& out) {
    constexpr std::size_t longest = 100;
    if (value == nullptr)
        return true;
    if (!value->is_string() || value->get_ref<const std::string&>().size() > longest)
        return false;
    out = value->get<std::string>();
    return true;
}

std::optional<std::string> read_payload(const nlohmann::json& line, recorded_frame& out) {
    const nlohmann::json* encoded = member(&line, "b64");
    const nlohmann::json* text = member(&line, "text");
    if (encoded != nullptr && text != nullptr)
        return "both \"b64\" and \"text\"";
    out.text = text != nullptr;
    if (out.text) {
        if (!text->is_string())
            return "\"text\" is not a text";
        out.frame = text->get<std::string>();
    } else {
        if (encoded == nullptr || !encoded->is_string())
            return "no text \"b64\"";
        std::optional<std::string> frame = core::decode_base64(encoded->get_ref<const std::string&>());
        if (!frame)
            return "\"b64\" is not base64";
        out.frame = std::move(*frame);
    }
    if (out.frame.size() > max_recorded_frame_bytes)
        return "the frame is larger than any real one";
    return std::nullopt;
}

std::optional<std::string> parse_line(std::string_view text, recorded_frame& out) {
    if (nested_deeper_than(text, 8))
        return "nested too deeply";
    const nlohmann::json line = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (line.is_discarded() || !line.is_object())
        return "not a JSON object";
    if (std::optional<std::string> problem = read_payload(line, out))
        return problem;
    const nlohmann::json* t = member(&line, "t");
    const auto at = as_integer(t);
    if (t != nullptr && (!at || *at < 0))
        return "\"t\" is not a number of milliseconds";
    if (at.value_or(0) > max_recorded_ms)
        return "\"t\" counts milliseconds since the start of the recording; this is more than 7 days";
    out.t = at.value_or(0);
    if (!read_name(member(&line, "way"), out.way))
        return "\"way\" is not a name";
    if (!read_name(member(&line, "room"), out.room))
        return "\"room\" is not a name";
    return std::nullopt;
}

parsed parse_lines(std::string_view bytes) {
    frames out;
    recording_reader reader;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        auto frame = reader.read(bytes.substr(0, end));
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        if (!frame)
            return std::move(frame).error();
        if (*frame)
            out.push_back(std::move(**frame));
    }
    return out;
}

parsed parse_binary(std::string_view bytes) {
    constexpr std::size_t prefix = 4;
    frames out;
    std::size_t offset = 0;
    while (offset < bytes.size()) {
        if (bytes.size() - offset < prefix)
            return recording_problem{"the file ends within a length", 0, offset};
        std::size_t length = 0;
        for (std::size_t i = 0; i < prefix; ++i)
            length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[offset + i])) << (8 * i);
        if (length > max_recorded_frame_bytes)
            return recording_problem{"the frame is larger than any real one", 0, offset};
        if (length > bytes.size() - offset - prefix)
            return recording_problem{"the file ends within a frame", 0, offset};
        recorded_frame frame;
        frame.frame.assign(bytes.substr(offset + prefix, length));
        out.push_back(std::move(frame));
        offset += prefix + length;
    }
    return out;
}

// A frame is shorter than 16 MiB, so the last byte of its length is 0 (or 1), which text never has.
bool looks_binary(std::string_view bytes) noexcept {
    return bytes.size() >= 4 && static_cast<unsigned char>(bytes[3]) <= 1;
}

}  // namespace

std::string recording_problem::text() const {
    if (line != 0)
        return "line " + std::to_string(line) + ": " + what;
    return "offset " + std::to_string(offset) + ": " + what;
}

boost::system::result<std::optional<recorded_frame>, recording_problem> recording_reader::read(
    std::string_view line) {
    ++number_;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos)
        return std::optional<recorded_frame>();
    recorded_frame frame;
    frame.way = way_;
    frame.room = room_;
    if (std::optional<std::string> problem = parse_line(line, frame))
        return recording_problem{std::move(*problem), number_, 0};
    way_ = frame.way;
    room_ = frame.room;
    return std::optional(std::move(frame));
}

std::string recording_writer::line(const recorded_frame& frame) {
    nlohmann::ordered_json out = {{"t", frame.t}};
    if (way_ != frame.way)
        out["way"] = frame.way;
    if (room_ != frame.room)
        out["room"] = frame.room;
    way_ = frame.way;
    room_ = frame.room;
    out[frame.text ? "text" : "b64"] = frame.text ? frame.frame : core::encode_base64(frame.frame);
    return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

parsed parse_recording(std::string_view bytes, std::size_t max_bytes) {
    std::string inflated;
    if (has_gzip_magic(bytes)) {
        if (const core::error_code error = gunzip(bytes, max_bytes, inflated)) {
            const char* what = error == errc::inflated_too_large ? "the inflated recording is too large"
                                                                 : "the gzip data is damaged or incomplete";
            return recording_problem{what, 0, 0};
        }
        bytes = inflated;
    }
    if (bytes.size() > max_bytes)
        return recording_problem{"the recording is too large", 0, 0};
    if (bytes.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return recording_problem{"the recording is empty", 0, 0};
    return looks_binary(bytes) ? parse_binary(bytes) : parse_lines(bytes);
}

}  // namespace tiktok2twitch::tiktok
