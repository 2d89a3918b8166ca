// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the doctor has found: one check for each hop between a TikTok room and a Twitch chat, in the order in
// which they depend on each other. Pure.

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/exit_code.hpp"

namespace tiktok2twitch::app {

// Their names in JSON are those of the enumerators; scripts rely on them.
enum class hop : std::uint8_t {
    configuration,
    routes,
    state_directory,
    running_relay,
    trust_store,
    dns,
    connection,
    clock,
    tiktok_cookie,
    tiktok_lookup,
    tiktok_socket,
    twitch_token,
    twitch_scopes,
    irc_login,
    join,
    role,
    room_modes,
};
inline constexpr std::size_t hops = static_cast<std::size_t>(hop::room_modes) + 1;
std::string_view name_of(hop what) noexcept;   // "trust_store"
std::string_view title_of(hop what) noexcept;  // "trust store"

enum class health : std::uint8_t { ok, warning, broken, skipped };
std::string_view name_of(health how) noexcept;

struct finding {
    health how = health::ok;
    std::string seen;                         // what was found, or why nothing was looked for
    std::string fix;                          // what to do; only of warning and broken
    std::string reason;                       // identifier of the error behind it; may be empty
    exit_code code = exit_code::unavailable;  // how a relay would end; only of broken
};
finding fine(std::string seen);
finding warning(std::string seen, std::string fix, std::string reason = {});
finding broken(exit_code code, std::string seen, std::string fix, std::string reason = {});
finding skipped(std::string why);
// The message and the advice of an error, with `what` in front.
finding failed(exit_code code, const std::string& what, const core::error_code& error);

struct check {
    hop what = hop::configuration;
    std::string about;  // "@ann", "#chan", a host, a file; may be empty
    finding found;
};

class doctor_report {
public:
    // Of what a check needs to make sense.
    struct need {
        hop what;
        std::string about = {};
    };

    const check& add(hop what, std::string about, finding found);
    // Why a check is not worth trying: the first of `needs` that is broken, or was skipped itself. Empty:
    // nothing is in the way; a check that was never made is not.
    std::string obstacle(std::initializer_list<need> needs) const;

    const std::vector<check>& checks() const noexcept { return checks_; }
    std::size_t count(health how) const noexcept;
    // Of the first broken check.
    exit_code result() const noexcept;

private:
    std::vector<check> checks_;
};

// One line without its end. Whatever strangers put into a finding, it stays one line.
std::string check_line(const check& check, bool color);
// "11 ok, 2 warnings, 1 broken, 3 skipped" and what follows from it.
std::string summary_line(const doctor_report& report);
std::string doctor_json(const doctor_report& report);

}  // namespace tiktok2twitch::app
