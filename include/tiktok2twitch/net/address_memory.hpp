// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/ip/address.hpp>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::net {

// What became of the addresses of a host when it was connected to: of those that were tried before the one
// that won, or of all when none did.
struct address_facts {
    std::size_t all = 0;
    std::size_t silent = 0;  // do not answer
    std::size_t failed = 0;  // refused, unreachable, or no TLS
};

// What races have shown about the hosts of this process: which address won last, and what was said about
// those that did not. Any thread. Bounded: with more hosts than `most` it begins anew.
class address_memory {
public:
    static constexpr std::size_t most = 256;
    // The same finding is said again after so long.
    static constexpr core::duration said_again_after = std::chrono::minutes(10);

    std::optional<boost::asio::ip::address> winner(const std::string& host, std::uint16_t port) const;
    void won(const std::string& host, std::uint16_t port, const boost::asio::ip::address& address);
    // Whether these facts are to be said now. `answered`: there was a winner.
    bool is_news(const std::string& host, const address_facts& facts, bool answered, core::time_point now);

private:
    struct said {
        address_facts facts;
        bool answered = false;
        core::time_point at{};
    };

    mutable std::mutex mutex_;
    std::map<std::pair<std::string, std::uint16_t>, boost::asio::ip::address> winners_;
    std::map<std::string, said> said_;
};

// "3 of the 4 addresses of www.example.org do not answer; 192.0.2.7 does"
std::string words_of(const address_facts& facts, const std::string& host, const std::string& winner);

}  // namespace tiktok2twitch::net
