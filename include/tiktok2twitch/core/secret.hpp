// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

namespace tiktok2twitch::core {

// A token. It has no operator<<, no conversion to string and no formatter: the only way to its text is
// reveal(), which a reviewer can search for.
class secret {
public:
    secret() = default;
    explicit secret(std::string text) : text_(std::move(text)) {}

    const std::string& reveal() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }
    friend bool operator==(const secret&, const secret&) = default;

private:
    std::string text_;
};

}  // namespace tiktok2twitch::core
