// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/system/is_error_code_enum.hpp>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::core {

enum class errc {
    bad_url = 1,
    bad_duration,
    bad_rate,
    bad_template,
    bad_handle,
    bad_channel,
    bad_filter,
    bad_moderation_state,
    share_link,
    clip_link,
};

const boost::system::error_category& category() noexcept;
inline error_code make_error_code(errc value) noexcept {
    return {static_cast<int>(value), category()};
}

}  // namespace tiktok2twitch::core

template <>
struct boost::system::is_error_code_enum<tiktok2twitch::core::errc> : std::true_type {};
