// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Every error an operator can meet has three texts: a short identifier that scripts and the report may
// rely on ("room_blocked"), a message that says what happened, and one sentence of advice that says what
// to do. A module lists its errors in one table and gets a category from it.

#include <span>
#include <string>
#include <string_view>

#include <boost/system/error_code.hpp>
#include <boost/system/is_error_code_enum.hpp>
#include <boost/system/result.hpp>

namespace tiktok2twitch::core {

using error_code = boost::system::error_code;

template <class T>
using result = boost::system::result<T>;

struct error_entry {
    int value;
    std::string_view identifier;
    std::string_view message;
    std::string_view advice;
};

// A category made from a table. The table must have static storage; unknown values say "unknown error".
class table_category final : public boost::system::error_category {
public:
    constexpr table_category(const char* name, std::span<const error_entry> entries) noexcept
        : name_(name), entries_(entries) {}

    const char* name() const noexcept override { return name_; }
    std::string message(int value) const override;
    using boost::system::error_category::message;

    std::string_view identifier(int value) const noexcept;
    std::string_view advice(int value) const noexcept;

private:
    const char* name_;
    std::span<const error_entry> entries_;
};

// "room_blocked" for our own errors, "system:104" (category:value) for foreign ones.
std::string identifier(const error_code& error);

// The sentence that says what to do; empty for errors of other libraries.
std::string_view advice(const error_code& error) noexcept;

// "message (identifier). Advice." in one line, ready for a log.
std::string explain(const error_code& error);

}  // namespace tiktok2twitch::core

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
