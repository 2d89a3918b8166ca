// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/login/grant.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/url.hpp"
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

namespace {

using nlohmann::json;
using namespace std::chrono_literals;

// Real answers have a few hundred bytes; nothing of one may grow without bound in memory or on a terminal.
constexpr std::size_t max_body = 64 * 1024;
constexpr std::size_t max_code = 64;
constexpr std::size_t max_uri = 512;
constexpr std::size_t max_name = 64;
constexpr std::size_t max_scopes = 100;
constexpr std::size_t max_login = 25;  // docs/protocol/twitch.md §1.7

// docs/protocol/twitch.md §3.3 and RFC 8628 3.2 for what an answer leaves out.
constexpr core::duration usual_code_life = 1800s;
constexpr core::duration usual_interval = 5s;
constexpr core::duration max_life = 366 * 24h;

// Not an object when the body is none.
json parse_object(std::string_view body) {
    if (body.size() > max_body)
        return {};
    json value = json::parse(body.begin(), body.end(), nullptr, false);
    return value.is_object() ? value : json();
}

const json* member(const json& object, const char* name) {
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

bool visible(char c) noexcept {
    return c > ' ' && c <= '~';
}

// A text that may go into a header, a file or onto a terminal as it is: visible ASCII, not longer than
// `limit`; else empty.
std::string plain(const json* value, std::size_t limit) {
    if (value == nullptr || !value->is_string())
        return {};
    const auto& text = value->get_ref<const std::string&>();
    return text.size() <= limit && std::all_of(text.begin(), text.end(), visible) ? text : std::string();
}

std::optional<core::duration> seconds(const json* value, core::duration at_most) {
    if (value == nullptr || !value->is_number())
        return std::nullopt;
    // A double serves every spelling of a number, and the bounds come before the conversion.
    const auto number = value->get<double>();
    const auto most = std::chrono::duration_cast<std::chrono::seconds>(at_most).count();
    if (!(number > 0))
        return core::duration::zero();
    return number >= static_cast<double>(most) ? at_most
                                               : std::chrono::seconds(static_cast<std::int64_t>(number));
}

// An array of texts (Twitch), one text with spaces (RFC 6749 5.1), null or nothing. A scope that is none is
// left out: it must not cost a token that was handed out only once.
std::vector<std::string> read_scopes(const json* value) {
    std::vector<std::string> scopes;
    const auto add = [&scopes](std::string scope) {
        if (!scope.empty() && scopes.size() < max_scopes)
            scopes.push_back(std::move(scope));
    };
    if (value != nullptr && value->is_array()) {
        for (const json& each : *value)
            add(plain(&each, max_name));
    } else if (value != nullptr && value->is_string()) {
        std::string_view rest = value->get_ref<const std::string&>();
        while (!rest.empty()) {
            const auto end = std::min(rest.find(' '), rest.size());
            const json one = std::string(rest.substr(0, end));
            add(plain(&one, max_name));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return scopes;
}

// Twitch says what is wrong in "message", RFC 8628 in "error" (where Twitch has the name of the status);
// with "_" or with spaces.
class complaint {
public:
    explicit complaint(std::string_view body) {
        const json answer = parse_object(body);
        for (const char* key : {"message", "error"}) {
            const json* value = member(answer, key);
            if (value != nullptr && value->is_string())
                texts_.push_back(normal(value->get_ref<const std::string&>()));
        }
    }

    bool says(std::initializer_list<std::string_view> any_of) const {
        return std::any_of(any_of.begin(), any_of.end(), [this](std::string_view words) {
            return std::any_of(texts_.begin(), texts_.end(), [words](const std::string& text) {
                return text.find(words) != std::string::npos;
            });
        });
    }

private:
    static std::string normal(std::string_view text) {
        std::string out;
        for (const char c : text.substr(0, 200))
            out.push_back(c == '_' || c == '-' ? ' ' : core::ascii::to_lower(c));
        return out;
    }

    std::vector<std::string> texts_;
};

// The same for every request that names an application: what is wrong with the application, or nothing.
core::error_code about_client(const complaint& complaint) {
    if (complaint.says({"client secret"}))
        return errc::client_needs_secret;
    if (complaint.says({"invalid client", "missing client", "client does not exist", "unauthorized client"}))
        return errc::client_id_unknown;
    return {};
}

bool refused(int status) noexcept {
    return status == 400 || status == 401 || status == 403 || status == 404;
}

core::result<token_pair> read_pair(std::string_view body) {
    const json answer = parse_object(body);
    token_pair out;
    out.access = core::secret(plain(member(answer, "access_token"), longest_token));
    if (out.access.empty())
        return errc::auth_server_error;
    out.refresh = core::secret(plain(member(answer, "refresh_token"), longest_token));
    out.expires_in = seconds(member(answer, "expires_in"), max_life).value_or(core::duration::zero());
    out.scopes = read_scopes(member(answer, "scope"));
    return out;
}

// It becomes part of a file's name.
std::string read_login(const json* value) {
    std::string login = plain(value, max_login);
    std::transform(login.begin(), login.end(), login.begin(), core::ascii::to_lower);
    const bool good = std::all_of(login.begin(), login.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    return good ? login : std::string();
}

// A person opens it, so it must be an address on the web (or of a stand-in on this machine) and nothing else.
std::string read_uri(const json* value) {
    std::string uri = plain(value, max_uri);
    const auto parsed = core::parse_url(uri);
    const bool good = parsed && (parsed->scheme == "https" ||
                                 (parsed->scheme == "http" && core::is_loopback_host(parsed->host)));
    return good ? uri : std::string();
}

}  // namespace

core::result<device_code> read_device_code(int status, std::string_view body) {
    if (refused(status)) {
        const auto client = about_client(complaint(body));
        return client ? client : make_error_code(errc::auth_server_error);
    }
    if (status != 200)
        return errc::auth_server_error;
    const json answer = parse_object(body);
    device_code out;
    out.device_code = plain(member(answer, "device_code"), longest_token);
    out.user_code = plain(member(answer, "user_code"), max_code);
    out.verification_uri = read_uri(member(answer, "verification_uri"));
    if (out.device_code.empty() || out.user_code.empty() || out.verification_uri.empty())
        return errc::auth_server_error;
    out.expires_in = seconds(member(answer, "expires_in"), 24h).value_or(usual_code_life);
    out.interval = std::clamp<core::duration>(
        seconds(member(answer, "interval"), 60s).value_or(usual_interval), 1s, 60s);
    return out;
}

core::result<token_pair> read_device_token(int status, std::string_view body) {
    if (status == 200)
        return read_pair(body);
    if (status == 429)
        return errc::slow_down;
    if (!refused(status))
        return errc::auth_server_error;
    const complaint why(body);
    if (why.says({"authorization pending"}))
        return errc::authorization_pending;
    if (why.says({"slow down"}))
        return errc::slow_down;
    if (const auto client = about_client(why))
        return client;
    if (why.says({"denied"}))
        return errc::authorization_denied;
    // Seen seconds after a code was handed out, and then no more.
    if (status == 400 && why.says({"invalid device code"}))
        return errc::device_code_unknown;
    // Everything else that Twitch may say: asking on would never help (docs/protocol/twitch.md §3.3).
    if (status == 400)
        return errc::device_code_expired;
    return errc::auth_server_error;
}

core::result<token_pair> read_refreshed(int status, std::string_view body) {
    if (status == 200)
        return read_pair(body);
    if (!refused(status))
        return errc::auth_server_error;
    const complaint why(body);
    if (const auto client = about_client(why))
        return client;
    if (why.says({"invalid refresh token"}))
        return errc::refresh_refused;
    return status == 400 || status == 401 ? errc::refresh_unclear : errc::auth_server_error;
}

core::result<validation> read_validation(int status, std::string_view body) {
    if (status == 401)
        return errc::token_invalid;
    const json answer = parse_object(body);
    if (status != 200 || !answer.is_object())
        return errc::auth_server_error;
    validation out;
    out.client_id = plain(member(answer, "client_id"), max_name);
    if (out.client_id.empty())
        return errc::auth_server_error;
    // An application's own token names no account: nobody can chat with it.
    if (member(answer, "login") == nullptr)
        return errc::token_invalid;
    out.login = read_login(member(answer, "login"));
    out.user_id = plain(member(answer, "user_id"), max_name);
    if (out.login.empty() || out.user_id.empty())
        return errc::auth_server_error;
    out.scopes = read_scopes(member(answer, "scopes"));
    out.expires_in = seconds(member(answer, "expires_in"), max_life).value_or(core::duration::zero());
    return out;
}

core::error_code read_revoked(int status, std::string_view body) {
    if (status == 200 || status == 204)
        return {};
    if (!refused(status))
        return errc::auth_server_error;
    if (const auto client = about_client(complaint(body)))
        return client;
    return status == 400 || status == 401 ? make_error_code(errc::token_invalid)
                                          : make_error_code(errc::auth_server_error);
}

}  // namespace tiktok2twitch::twitch
