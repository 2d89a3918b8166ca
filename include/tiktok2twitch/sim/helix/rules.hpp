// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Twitch's API as far as a relay uses it, without sockets and clock (docs/protocol/twitch.md §4). Chat is the
// same as for IRC: a line that is posted goes through twitch_rules with its limits, and stands in its
// delivered().

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/net/server.hpp"
#include "tiktok2twitch/sim/twitch/rules.hpp"

namespace tiktok2twitch::sim {

struct helix_token {
    std::string login;
    std::string client_id;
    std::set<std::string> scopes;
};

struct helix_settings {
    std::int64_t points = 800;  // requests per minute for each token
    core::duration deletable_for = std::chrono::hours(6);
};

struct deletion_record {
    core::time_point at{};
    std::string by;
    std::string channel;
    std::string id;
};

class helix_rules {
public:
    using token_lookup = std::function<std::optional<helix_token>(std::string_view)>;

    explicit helix_rules(twitch_rules& chat) : chat_(chat) {}

    helix_settings& settings() noexcept { return settings_; }

    void accept_token(const std::string& token, helix_token what) { tokens_[token] = std::move(what); }
    void revoke_token(const std::string& token) { tokens_.erase(token); }
    // Asked for tokens that are not known here.
    void look_tokens_up(token_lookup lookup) { lookup_ = std::move(lookup); }

    // Targets begin with "/helix". Every answer but a 401 carries the Ratelimit headers.
    net::http_response answer(const net::server_request& request, core::time_point now,
                              core::unix_ms wall_now);

    // A line that a moderator deleted in the chat's own window.
    void remove_by_hand(const std::string& by, const std::string& channel, const std::string& id,
                        core::time_point now) {
        deleted_.push_back({now, by, channel, id});
    }

    const std::vector<deletion_record>& deleted() const noexcept { return deleted_; }

private:
    using parameters = std::multimap<std::string, std::string, std::less<>>;
    struct budget {
        std::int64_t minute = -1;
        std::int64_t used = 0;
    };

    std::optional<helix_token> token_of(const net::server_request& request) const;
    net::http_response dispatch(const net::server_request& request, const helix_token& token,
                                core::time_point now);
    net::http_response users(const parameters& query, const helix_token& token) const;
    net::http_response chat_settings(const parameters& query) const;
    net::http_response say(const std::string& body, const helix_token& token, core::time_point now);
    net::http_response remove(const parameters& query, const helix_token& token, core::time_point now);
    std::optional<std::string> channel_of(const parameters& query) const;

    twitch_rules& chat_;
    helix_settings settings_;
    std::map<std::string, helix_token, std::less<>> tokens_;
    token_lookup lookup_;
    std::map<std::string, budget> budgets_;
    std::vector<deletion_record> deleted_;
};

}  // namespace tiktok2twitch::sim
