// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A proxy between us and the internet: which one, for which hosts, and how it is asked for a connection. Pure
// but for the type of the environment's reader. Names are resolved at the proxy; loopback hosts are never
// reached through one.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/secret.hpp"

namespace tiktok2twitch::net {

struct proxy_server {
    enum class kind : std::uint8_t { http, socks5 };
    kind protocol = kind::http;
    std::string host;
    std::uint16_t port = 0;
    std::string user;
    core::secret password;

    // "socks5://host:1080", without who logs in: for logs.
    std::string text() const;
};
// "http://host:3128", "socks5://user:password@host" (or socks5h://). User and password may be
// percent-encoded. A port that is missing is 8080, or 1080. Errors: core::errc::bad_url.
core::result<proxy_server> parse_proxy(std::string_view text);

// The hosts of NO_PROXY: "example.com" is that host and all below it (".example.com" too), "*" is all; a port
// behind a colon is ignored.
class no_proxy_list {
public:
    explicit no_proxy_list(std::string_view text = {});
    bool covers(std::string_view host) const;

private:
    std::vector<std::string> hosts_;
    bool all_ = false;
};

struct proxy_rules {
    std::optional<proxy_server> server;
    no_proxy_list except;

    // Null: the host is reached directly.
    const proxy_server* for_host(std::string_view host) const;
};
// From HTTPS_PROXY, else ALL_PROXY, and NO_PROXY, each in capitals or not. Every address that is not loopback
// is reached by TLS, so HTTP_PROXY does not count. Errors: core::errc::bad_url.
core::result<proxy_rules> proxy_from_environment(
    const std::function<std::optional<std::string>(const std::string& name)>& read);

// What is said to the proxy until the connection to `host` stands: send start(), then give it what comes, one
// piece after the other, and send what it answers.
class proxy_dialogue {
public:
    static constexpr std::size_t most_bytes = 16 * 1024;  // of the proxy's answers

    proxy_dialogue(const proxy_server& server, std::string host, std::uint16_t port);

    std::string start() const;

    struct step {
        std::string send;
        bool done = false;
        core::error_code error;  // net::errc::proxy_...
    };
    step on_bytes(std::string_view bytes);

private:
    enum class stage : std::uint8_t { http, method, login, reply };
    step on_method();
    step on_login();
    step on_reply();
    step on_http();
    std::string socks_request() const;

    const proxy_server& server_;
    std::string host_;
    std::uint16_t port_;
    stage stage_;
    std::string received_;
};

}  // namespace tiktok2twitch::net
