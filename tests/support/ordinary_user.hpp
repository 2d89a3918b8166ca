// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Permissions do not bind root, as whom tests run in containers.

#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace tiktok2twitch::test {

// "nobody", where there are names.
inline constexpr uid_t ordinary_user = 65534;

// Whoever runs the tests, if not root, is ordinary already and owns what they make.
inline void give_to_ordinary_user(const std::string& path) {
    if (geteuid() != 0)
        return;
    const auto give = [](const std::string& each) {
        if (lchown(each.c_str(), ordinary_user, static_cast<gid_t>(-1)) != 0)
            throw std::runtime_error("lchown");
    };
    give(path);
    for (const auto& each : std::filesystem::recursive_directory_iterator(path))
        give(each.path().string());
}

// While it lives, this process is not root.
class as_ordinary_user {
public:
    as_ordinary_user() : before_(geteuid()) {
        if (before_ == 0 && seteuid(ordinary_user) != 0)
            throw std::runtime_error("seteuid");
    }
    as_ordinary_user(const as_ordinary_user&) = delete;
    as_ordinary_user& operator=(const as_ordinary_user&) = delete;
    ~as_ordinary_user() {
        if (before_ == 0 && seteuid(0) != 0)
            std::terminate();
    }

private:
    uid_t before_;
};

}  // namespace tiktok2twitch::test
