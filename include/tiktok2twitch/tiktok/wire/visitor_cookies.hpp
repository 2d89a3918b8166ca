// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/tiktok/wire/handshake.hpp"

namespace tiktok2twitch::tiktok {

// The cookies of one visitor, for TikTok's chat socket: ttwid, without which there is no socket, and whatever
// else was set for the whole of the site (Domain=.tiktok.com). A cookie of one host only stays with that
// host, as in a browser. Values are kept byte for byte as they came; what could not be sent back as a cookie
// is no cookie. Bounded: the first `most` names, 4096 bytes each. Pure.
class visitor_cookies {
public:
    static constexpr std::size_t most = 24;
    // Of a cookie that nobody has used for so long, TikTok may have forgotten the visitor.
    static constexpr core::duration longest_rest = std::chrono::minutes(15);

    // `socket_host` is the host that the cookies will be sent to.
    explicit visitor_cookies(std::string socket_host) : socket_host_(std::move(socket_host)) {}

    // The Set-Cookie headers of an answer. True when a ttwid was among them.
    bool take(std::span<const header_view> headers, core::time_point now, core::unix_ms wall_now);
    void clear() noexcept;

    // There is a ttwid that has not expired and was used, or set, lately.
    bool usable(core::time_point now) const;
    void used(core::time_point now) noexcept { used_at_ = now; }

    // "ttwid=...; other=..." for the Cookie header; what has expired is left out.
    std::string line(core::time_point now) const;

private:
    struct cookie {
        std::string name;
        std::string value;
        core::time_point expires = core::time_point::max();
    };
    void set(cookie one, bool gone);
    const cookie* ttwid() const noexcept;

    std::string socket_host_;
    std::vector<cookie> cookies_;
    core::time_point used_at_{};
};

}  // namespace tiktok2twitch::tiktok
