// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The grant on disk: <state dir>/token-<login>.json, 0600. Written to a temporary file, fsynced and renamed
// before a new pair is used. One process refreshes at a time: lock() is an advisory lock on a file beside it;
// who does not get it waits and reads again. What root creates in somebody else's directory belongs to that
// user: "sudo tiktok2twitch login" must not keep a relay from renewing.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/twitch/login/grant.hpp"

namespace tiktok2twitch::twitch {

class token_store {
public:
    token_store(std::string directory, std::string login);

    // Nothing when there is none. Errors: errc::token_store_damaged, errc::token_store_exposed (readable by
    // others; the text says chmod), or the system's.
    core::result<std::optional<grant>> load() const;
    // Also what others can read: to be revoked, never to be used.
    core::result<std::optional<grant>> load_exposed() const;
    // errc::token_store_blocked when the temporary file's name is not to be had; never waits long for it.
    // An error of the last step, which puts the directory on the disk, leaves the new grant in its place.
    core::error_code save(const grant& grant);
    core::error_code remove();

    // The files of this login that are there and cannot be used: load(), save() or try_lock() would fail.
    // Looks, and changes nothing.
    struct obstacle {
        std::string path;
        core::error_code error;
    };
    std::vector<obstacle> obstacles() const;

    // Changes whenever the file does (inode, size, mtime in ns): to notice a new login without reading.
    std::string stamp() const;

    // Held until destroyed; also let go by the system when the process dies.
    class lock {
    public:
        explicit lock(int descriptor) noexcept : descriptor_(descriptor) {}
        lock(lock&& other) noexcept;
        lock& operator=(lock&& other) noexcept;
        ~lock();

    private:
        int descriptor_ = -1;
    };
    // Nothing: another process holds it now.
    core::result<std::optional<lock>> try_lock();

    const std::string& path() const noexcept { return path_; }
    std::string lock_path() const;

private:
    std::string temporary_path() const { return path_ + ".tmp"; }
    core::result<std::optional<grant>> read(bool also_exposed) const;

    std::string directory_;
    std::string path_;
};

// Logins that have a token in `directory`, sorted: when twitch.login is not set and there is one, it is that.
std::vector<std::string> stored_logins(const std::string& directory);

}  // namespace tiktok2twitch::twitch
