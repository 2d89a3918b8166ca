// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/control/message.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::control {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<verb, std::string_view>, 6> verbs{{{verb::status, "status"},
                                                                  {verb::stop, "stop"},
                                                                  {verb::reload, "reload"},
                                                                  {verb::held, "held"},
                                                                  {verb::approve, "approve"},
                                                                  {verb::deny, "deny"}}};
constexpr std::size_t longest_quote = 40;  // code points

std::string show_name(std::string_view raw) {
    // Cleaned again with the quotation marks: an at sign that was the last one has something behind it now.
    return core::clean_text("\"" + core::cut_code_points(core::clean_text(raw), longest_quote) + "\"");
}

// The object that a line holds; nothing when it is something else.
std::optional<json> object_in(std::string_view line) {
    auto parsed = json::parse(line, nullptr, false);
    return parsed.is_object() ? std::optional(std::move(parsed)) : std::nullopt;
}

std::optional<std::uint64_t> number_in(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_unsigned() ? std::optional(found->get<std::uint64_t>())
                                                                : std::nullopt;
}

std::string string_in(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// 0.1.0 writes its status, which is larger than a line, and ends.
bool is_old_status(std::string_view bytes) {
    const auto status = object_in(bytes);
    return status && status->contains("routes") && status->contains("twitch");
}

}  // namespace

std::string_view name_of(verb what) noexcept {
    const auto found = std::ranges::find(verbs, what, &std::pair<verb, std::string_view>::first);
    return found == verbs.end() ? std::string_view() : found->second;
}

std::variant<request, bad_request> parse_request(std::string_view line, std::string_view version) {
    const auto us = "this relay is tiktok2twitch " + std::string(version);
    const auto asked = line.size() <= longest_request ? object_in(line) : std::nullopt;
    const auto spoken = asked ? number_in(*asked, "protocol") : std::nullopt;
    if (!spoken || *spoken == 0)
        return bad_request{us + " and was asked something that is no request"};
    if (*spoken > static_cast<std::uint64_t>(protocol))
        return bad_request{us + ", which is older than the command that asks; restart the relay"};
    const auto name = string_in(*asked, "command");
    const auto found = std::ranges::find(verbs, name, &std::pair<verb, std::string_view>::second);
    if (found == verbs.end())
        return bad_request{us + ", which does not know the command " + show_name(name)};
    request out{found->first, number_in(*asked, "id").value_or(0)};
    if ((out.what == verb::approve || out.what == verb::deny) && out.id == 0)
        return bad_request{"the command " + show_name(name) + " needs the number of a held message"};
    return out;
}

std::string text_of(const request& asked) {
    json out = {{"protocol", protocol}, {"command", name_of(asked.what)}};
    if (asked.id != 0)
        out["id"] = asked.id;
    return out.dump() + "\n";
}

std::string text_of(const answer& answered) {
    const json head = {{"protocol", protocol},
                       {"code", answered.code},
                       {"text", answered.text},
                       {"bytes", answered.data.size()}};
    return head.dump(-1, ' ', false, json::error_handler_t::replace) + "\n" + answered.data;
}

reply parse_reply(std::string_view bytes) {
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos)
        return {};
    const auto head = object_in(bytes.substr(0, end));
    if (!head || !head->contains("protocol")) {
        reply old;
        if (is_old_status(bytes)) {
            old.what = reply::kind::older;
            old.said.data = bytes;
        }
        return old;
    }
    const auto code = number_in(*head, "code");
    const auto size = number_in(*head, "bytes");
    const auto data = bytes.substr(end + 1);
    if (!code || *code > 255 || !size || *size > data.size())
        return {};
    reply out;
    out.what = reply::kind::answered;
    out.said.code = static_cast<int>(*code);
    out.said.text = string_in(*head, "text");
    out.said.data = data.substr(0, static_cast<std::size_t>(*size));
    return out;
}

}  // namespace tiktok2twitch::control
