// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/proxy.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/base64.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/error.hpp"

namespace tiktok2twitch::net {
namespace {

constexpr std::uint16_t http_port = 8080;
constexpr std::uint16_t socks_port = 1080;
// RFC 1928 and 1929 give one byte for each length.
constexpr std::size_t longest_socks_text = 255;

namespace ascii = core::ascii;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char small = ascii::to_lower(c);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

// Nothing when it is not properly encoded, or holds what neither protocol can carry.
std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (c == '\r' || c == '\n' || c == '\0') {
            return std::nullopt;
        }
        out += c;
    }
    return out;
}

std::string host_and_port(const std::string& host, std::uint16_t port) {
    const bool v6 = host.find(':') != std::string::npos;
    return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

}  // namespace

std::string proxy_server::text() const {
    return (protocol == kind::http ? "http://" : "socks5://") + host_and_port(host, port);
}

core::result<proxy_server> parse_proxy(std::string_view text) {
    proxy_server out;
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) {
        return core::errc::bad_url;
    }
    const std::string scheme = ascii::lower(text.substr(0, colon));
    std::string_view rest = text.substr(colon + 3);
    if (scheme == "socks5" || scheme == "socks5h") {
        out.protocol = proxy_server::kind::socks5;
    } else if (scheme != "http") {
        return core::errc::bad_url;
    }
    rest = rest.substr(0, rest.find_first_of("/?#"));
    if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) {
        const std::string_view login = rest.substr(0, at);
        const std::size_t split = std::min(login.find(':'), login.size());
        auto user = decoded(login.substr(0, split));
        auto password = decoded(split < login.size() ? login.substr(split + 1) : std::string_view());
        if (!user || !password || user->size() > longest_socks_text ||
            password->size() > longest_socks_text) {
            return core::errc::bad_url;
        }
        out.user = *std::move(user);
        out.password = core::secret(*std::move(password));
        rest.remove_prefix(at + 1);
    }
    // The rest is an address like any other.
    const auto address = core::parse_url("http://" + std::string(rest));
    if (!address) {
        return address.error();
    }
    const bool names_port = rest.ends_with(std::to_string(address->port)) &&
                            rest.find(':', rest.find(']') == std::string_view::npos ? 0 : rest.find(']')) !=
                                std::string_view::npos;
    out.host = address->host;
    out.port = names_port ? address->port : out.protocol == proxy_server::kind::http ? http_port : socks_port;
    return out;
}

no_proxy_list::no_proxy_list(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(", \t"), text.size());
        std::string_view one = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        all_ = all_ || one == "*";
        if (one.starts_with("*.")) {
            one.remove_prefix(1);
        }
        if (one.starts_with('.')) {
            one.remove_prefix(1);
        }
        // Not the colons of an IPv6 address.
        if (std::ranges::count(one, ':') == 1) {
            one = one.substr(0, one.find(':'));
        }
        if (!one.empty() && one != "*") {
            hosts_.push_back(ascii::lower(one));
        }
    }
}

bool no_proxy_list::covers(std::string_view host) const {
    const auto is_or_has = [host = ascii::lower(host)](const std::string& name) {
        return host == name || host.ends_with("." + name);
    };
    return all_ || std::ranges::any_of(hosts_, is_or_has);
}

const proxy_server* proxy_rules::for_host(std::string_view host) const {
    return !server || core::is_loopback_host(host) || except.covers(host) ? nullptr : &*server;
}

core::result<proxy_rules> proxy_from_environment(
    const std::function<std::optional<std::string>(const std::string& name)>& read) {
    const auto either = [&read](const char* name) {
        auto found = read(name);
        return found && !found->empty() ? found : read(ascii::lower(name));
    };
    proxy_rules out;
    out.except = no_proxy_list(either("NO_PROXY").value_or(std::string()));
    auto text = either("HTTPS_PROXY");
    if (!text || text->empty()) {
        text = either("ALL_PROXY");
    }
    if (!text || text->empty()) {
        return out;
    }
    // As everywhere: without a scheme it is a proxy for HTTP.
    auto server = parse_proxy(text->find("://") == std::string::npos ? "http://" + *text : *text);
    if (!server) {
        return server.error();
    }
    out.server = std::move(*server);
    return out;
}

proxy_dialogue::proxy_dialogue(const proxy_server& server, std::string host, std::uint16_t port)
    : server_(server),
      host_(std::move(host)),
      port_(port),
      stage_(server.protocol == proxy_server::kind::http ? stage::http : stage::method) {}

std::string proxy_dialogue::start() const {
    if (stage_ == stage::method) {
        using namespace std::string_literals;
        return server_.user.empty() ? "\x05\x01\x00"s : "\x05\x02\x00\x02"s;
    }
    const std::string to = host_and_port(host_, port_);
    std::string out = "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n";
    if (!server_.user.empty()) {
        const std::string login = server_.user + ":" + server_.password.reveal();
        out += "Proxy-Authorization: Basic " + core::encode_base64(login) + "\r\n";
    }
    return out + "\r\n";
}

proxy_dialogue::step proxy_dialogue::on_bytes(std::string_view bytes) {
    received_ += bytes;
    if (received_.size() > most_bytes) {
        return {{}, false, errc::proxy_failed};
    }
    switch (stage_) {
        case stage::http:
            return on_http();
        case stage::method:
            return on_method();
        case stage::login:
            return on_login();
        default:
            return on_reply();
    }
}

proxy_dialogue::step proxy_dialogue::on_http() {
    if (received_.find("\r\n\r\n") == std::string::npos) {
        return {};
    }
    int status = 0;
    const std::size_t space = received_.find(' ');
    if (received_.starts_with("HTTP/1.") && space < received_.size()) {
        std::from_chars(received_.data() + space + 1, received_.data() + received_.size(), status);
    }
    if (status >= 200 && status < 300) {
        return {{}, true, {}};
    }
    if (status == 407) {
        return {{}, false, errc::proxy_login_refused};
    }
    return {{}, false, status >= 400 ? errc::proxy_refused : errc::proxy_failed};
}

proxy_dialogue::step proxy_dialogue::on_method() {
    if (received_.size() < 2) {
        return {};
    }
    const char version = received_[0];
    const char method = received_[1];
    received_.erase(0, 2);
    if (version == 5 && method == 0) {
        stage_ = stage::reply;
        return {socks_request(), false, {}};
    }
    if (version != 5 || method != 2 || server_.user.empty()) {
        return {{}, false, version == 5 ? errc::proxy_login_refused : errc::proxy_failed};
    }
    stage_ = stage::login;
    const std::string& password = server_.password.reveal();
    std::string out = "\x01";
    out += static_cast<char>(server_.user.size());
    out += server_.user;
    out += static_cast<char>(password.size());
    out += password;
    return {std::move(out), false, {}};
}

proxy_dialogue::step proxy_dialogue::on_login() {
    if (received_.size() < 2) {
        return {};
    }
    const bool taken = received_[1] == 0;
    received_.erase(0, 2);
    if (!taken) {
        return {{}, false, errc::proxy_login_refused};
    }
    stage_ = stage::reply;
    return {socks_request(), false, {}};
}

std::string proxy_dialogue::socks_request() const {
    using namespace std::string_literals;
    // Always by name, also for a numeric address: it is resolved where the proxy is.
    std::string out = "\x05\x01\x00\x03"s;
    const std::string host = host_.substr(0, longest_socks_text);
    out += static_cast<char>(host.size());
    out += host;
    out += static_cast<char>(port_ >> 8);
    out += static_cast<char>(port_ & 0xff);
    return out;
}

proxy_dialogue::step proxy_dialogue::on_reply() {
    if (received_.size() < 5) {
        return {};
    }
    if (received_[0] != 5) {
        return {{}, false, errc::proxy_failed};
    }
    if (received_[1] != 0) {
        // 2: not allowed by the rules; the others say that the host cannot be reached from there.
        return {{}, false, received_[1] == 2 ? errc::proxy_refused : errc::proxy_failed};
    }
    // The address that it is bound to is of no use to us, but must be read.
    std::size_t address = 0;
    switch (received_[3]) {
        case 1:
            address = 4;
            break;
        case 3:
            address = 1 + static_cast<unsigned char>(received_[4]);
            break;
        case 4:
            address = 16;
            break;
        default:
            return {{}, false, errc::proxy_failed};
    }
    return {{}, received_.size() >= 4 + address + 2, {}};
}

}  // namespace tiktok2twitch::net
