// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/wire/recording.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"
#include "tiktok2twitch/tiktok/wire/json_fields.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using frames = std::vector<recorded_frame>;
using parsed = boost::system::result<frames, recording_problem>;

constexpr std::array<std::uint8_t, 256> make_base64_table() {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<std::uint8_t, 256> out{};
    out.fill(0xff);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        out[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return out;
}

// RFC 4648 4, the padding optional.
std::optional<std::string> decode_base64(std::string_view text) {
    static constexpr auto table = make_base64_table();
    for (int i = 0; i < 2 && text.ends_with('='); ++i)
        text.remove_suffix(1);
    if (text.size() % 4 == 1)
        return std::nullopt;
    std::string out;
    out.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::uint8_t value = table[static_cast<unsigned char>(c)];
        if (value == 0xff)
            return std::nullopt;
        bits = (bits << 6U) | value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xffU);
        }
    }
    return out;
}

std::optional<std::string> parse_line(std::string_view text, recorded_frame& out) {
    if (nested_deeper_than(text, 8))
        return "nested too deeply";
    const nlohmann::json line = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (line.is_discarded() || !line.is_object())
        return "not a JSON object";
    const nlohmann::json* encoded = member(&line, "b64");
    if (encoded == nullptr || !encoded->is_string())
        return "no text \"b64\"";
    std::optional<std::string> frame = decode_base64(encoded->get_ref<const std::string&>());
    if (!frame)
        return "\"b64\" is not base64";
    if (frame->size() > max_recorded_frame_bytes)
        return "the frame is larger than any real one";
    const nlohmann::json* t = member(&line, "t");
    const auto at = as_integer(t);
    if (t != nullptr && (!at || *at < 0))
        return "\"t\" is not a number of milliseconds";
    if (at.value_or(0) > max_recorded_ms)
        return "\"t\" counts milliseconds since the start of the recording; this is more than 7 days";
    out.t = at.value_or(0);
    out.frame = std::move(*frame);
    return std::nullopt;
}

parsed parse_lines(std::string_view bytes) {
    constexpr std::string_view blank = " \t\r";
    frames out;
    std::size_t number = 0;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        const std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        ++number;
        if (line.find_first_not_of(blank) == std::string_view::npos)
            continue;
        recorded_frame frame;
        if (std::optional<std::string> problem = parse_line(line, frame))
            return recording_problem{std::move(*problem), number, 0};
        out.push_back(std::move(frame));
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
