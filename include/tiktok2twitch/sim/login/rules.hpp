// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Twitch's login service, without sockets and clock: applications, device codes, tokens that expire and
// refresh tokens that serve once. Written from the server's side only (docs/protocol/twitch.md §3); shares no
// code with the client's reading of the answers.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::sim {

struct auth_settings {
    core::duration code_life = std::chrono::seconds(1800);
    core::duration interval = std::chrono::seconds(5);  // between two polls with one code
    core::duration access_life = std::chrono::seconds(14400);
    core::duration refresh_life = std::chrono::hours(24 * 30);  // without use
    std::string verification_uri = "https://www.twitch.tv/activate";
    core::duration foreign_life = std::chrono::hours(24 * 60);  // of tokens from look_tokens_up()
};

// A confidential application gets tokens from the device flow, too, but cannot renew them
// (docs/protocol/twitch.md §3.3).
enum class client_kind : std::uint8_t { open, confidential };

struct auth_answer {
    int status = 200;
    std::string body;
};

struct token_owner {
    std::string client_id;
    std::string login;
    std::string user_id;
    std::vector<std::string> scopes;
};

struct handed_out {
    std::string access;
    std::string refresh;
};

using auth_form = std::map<std::string, std::string>;

class auth_rules {
public:
    explicit auth_rules(auth_settings settings = {}) : settings_(std::move(settings)) {}

    auth_settings& settings() noexcept { return settings_; }

    // The world.
    void add_client(const std::string& client_id, client_kind kind = client_kind::open);
    void add_user(const std::string& login, const std::string& user_id);
    // What a person does in the browser. False: no such code, or it is not valid any more. Without `scopes`
    // everything that was asked for is granted.
    bool approve(std::string_view user_code, const std::string& login, core::time_point now,
                 std::optional<std::vector<std::string>> scopes = std::nullopt);
    bool deny(std::string_view user_code, core::time_point now);
    std::vector<std::string> open_codes(core::time_point now) const;  // user codes nobody has decided about
    // Tokens without the browser.
    handed_out grant(const std::string& client_id, const std::string& login, std::vector<std::string> scopes,
                     core::time_point now);
    // Asked for access tokens that were not handed out here.
    using token_lookup = std::function<std::optional<token_owner>(std::string_view)>;
    void look_tokens_up(token_lookup lookup) { lookup_ = std::move(lookup); }
    void expire_access(const std::string& login);  // every access token of the account, at once
    void disconnect(const std::string& login);     // the user removes the application: everything is gone

    // The requests, with their decoded forms.
    auth_answer request_code(const auth_form& form, core::time_point now);
    auth_answer request_token(const auth_form& form, core::time_point now);
    auth_answer validate(std::string_view authorization, core::time_point now) const;
    auth_answer revoke(const auth_form& form, core::time_point now);

    // Nothing when the access token is not valid now.
    std::optional<token_owner> owner_of(std::string_view access, core::time_point now) const;

    // What a careful client never does: "polled too fast", "refresh token used again" ...
    const std::vector<std::string>& complaints() const noexcept { return complaints_; }
    std::size_t refreshes() const noexcept { return refreshes_; }

private:
    enum class decision : std::uint8_t { none, approved, denied, used };
    struct asked {
        std::string client_id;
        std::string user_code;
        std::vector<std::string> scopes;
        core::time_point until{};
        core::duration interval{};
        std::optional<core::time_point> last_poll;
        decision state = decision::none;
        std::string login;
    };
    struct granted {
        std::string client_id;
        std::string login;
        std::vector<std::string> scopes;
        std::string access;
        core::time_point access_until{};
        std::string refresh;
        core::time_point refresh_until{};
        std::set<std::string> used;  // earlier refresh tokens
    };

    asked* find_code(std::string_view user_code, core::time_point now);
    auth_answer poll(const auth_form& form, core::time_point now);
    auth_answer refresh(const auth_form& form, core::time_point now);
    void renew(granted& grant, core::time_point now);
    auth_answer pair(const granted& grant) const;

    auth_settings settings_;
    std::map<std::string, client_kind> clients_;
    std::map<std::string, std::string> users_;  // login -> id
    std::map<std::string, asked> codes_;        // by device code
    std::vector<granted> grants_;
    token_lookup lookup_;
    std::uint64_t next_ = 1;
    std::size_t refreshes_ = 0;
    std::vector<std::string> complaints_;
};

}  // namespace tiktok2twitch::sim
