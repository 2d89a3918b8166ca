// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What is said of a recording that cannot be written: once when it begins, once when it is over, and the
// number at the end. Pure; one object a file.

#include <cstdint>
#include <optional>
#include <string>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::tiktok {

class recording_losses {
public:
    // A disk that fails now and then is not told of more often.
    static constexpr core::duration again_after = std::chrono::minutes(5);

    explicit recording_losses(std::string path) : path_(std::move(path)) {}

    struct line {
        bool warning = false;
        std::string text;
    };
    // After each message. `written`, `lost`: so far. `why`: of the latest loss; none: the disk is too slow.
    std::optional<line> look(std::uint64_t written, std::uint64_t lost, const core::error_code& why,
                             core::time_point now);
    // At the end.
    line summary(std::uint64_t written, std::uint64_t lost) const;

private:
    std::string path_;
    std::uint64_t written_ = 0;
    std::uint64_t lost_ = 0;
    bool failing_ = false;
    bool told_failing_ = false;
    std::optional<core::time_point> told_;
};

}  // namespace tiktok2twitch::tiktok
