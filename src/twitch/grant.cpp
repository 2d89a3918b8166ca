// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/grant.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {

namespace {

using nlohmann::json;

constexpr int version = 1;
// Twitch's longest scope has 40 characters; there are about 80 scopes.
constexpr std::size_t most_scopes = 256;
constexpr std::size_t longest_login = 25;

// What goes into a header or an IRC line as it is: visible ASCII, nothing else.
bool is_word(std::string_view text) {
    return text.size() <= longest_token &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool is_login(std::string_view text) {
    return !text.empty() && text.size() <= longest_login && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

std::optional<std::string> word(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string())
        return std::nullopt;
    auto text = found->get<std::string>();
    return is_word(text) ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<core::unix_ms> moment(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_integer())
        return std::nullopt;
    const auto value = found->get<core::unix_ms>();
    // Until the year 5138: sums with durations stay far away from overflow.
    return value >= 0 && value < 100'000'000'000'000 ? std::optional(value) : std::nullopt;
}

std::optional<std::vector<std::string>> words(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_array() || found->size() > most_scopes)
        return std::nullopt;
    std::vector<std::string> out;
    for (const auto& item : *found) {
        if (!item.is_string() || !is_word(item.get_ref<const std::string&>()))
            return std::nullopt;
        out.push_back(item.get<std::string>());
    }
    return out;
}

// FNV-1a of everything but itself: a character of a token that has changed makes it another token.
std::string checksum_of(json object) {
    object.erase("checksum");
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : object.dump(-1, ' ', true, json::error_handler_t::replace))
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return std::to_string(hash);
}

}  // namespace

std::string write_grant(const grant& grant) {
    json object{{"version", version},
                {"access_token", grant.access.reveal()},
                {"refresh_token", grant.refresh.reveal()},
                {"client_id", grant.client_id},
                {"login", grant.login},
                {"user_id", grant.user_id},
                {"scopes", grant.scopes},
                {"obtained_at", grant.obtained_at},
                {"expires_at", grant.expires_at},
                {"refreshing", grant.refreshing},
                {"needs_secret", grant.needs_secret}};
    object["checksum"] = checksum_of(object);
    return object.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

core::result<grant> read_grant(std::string_view text) {
    const auto damaged = make_error_code(errc::token_store_damaged);
    const auto object = json::parse(text, nullptr, false);
    if (!object.is_object() || object.value("version", json()) != json(version))
        return damaged;
    // Version 0.1.0 wrote none.
    if (const auto noted = object.find("checksum"); noted != object.end() && *noted != checksum_of(object))
        return damaged;
    const auto access = word(object, "access_token");
    const auto refresh = word(object, "refresh_token");
    const auto client_id = word(object, "client_id");
    const auto login = word(object, "login");
    const auto user_id = word(object, "user_id");
    auto scopes = words(object, "scopes");
    const auto obtained_at = moment(object, "obtained_at");
    const auto expires_at = moment(object, "expires_at");
    const auto refreshing = object.find("refreshing");
    if (!access || access->empty() || !refresh || !client_id || !login || !is_login(*login) || !user_id ||
        !scopes || !obtained_at || !expires_at || refreshing == object.end() || !refreshing->is_boolean())
        return damaged;
    grant out;
    out.access = core::secret(*access);
    out.refresh = core::secret(*refresh);
    out.client_id = *client_id;
    out.login = *login;
    out.user_id = *user_id;
    out.scopes = std::move(*scopes);
    out.obtained_at = *obtained_at;
    out.expires_at = *expires_at;
    out.refreshing = refreshing->get<bool>();
    // Since 0.2.
    const auto needs_secret = object.find("needs_secret");
    out.needs_secret =
        needs_secret != object.end() && needs_secret->is_boolean() && needs_secret->get<bool>();
    return out;
}

std::vector<std::string_view> missing_scopes(const grant& grant, std::span<const std::string_view> wanted) {
    std::vector<std::string_view> out;
    for (const auto scope : wanted)
        if (std::find(grant.scopes.begin(), grant.scopes.end(), scope) == grant.scopes.end())
            out.push_back(scope);
    return out;
}

}  // namespace tiktok2twitch::twitch
