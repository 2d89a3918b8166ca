// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The file that keeps what is held back over a restart, and the numbers that were given to it: one for each
// bot account. On the egress loop, which never waits for the disk once the relay runs: a worker writes. A
// disk that fails costs the memory, never the relay.

#include <cstdint>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/app/service/state_files.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"
#include "tiktok2twitch/files/file_worker.hpp"
#include "tiktok2twitch/relay/moderation/kept_messages.hpp"

namespace tiktok2twitch::app {

class held_store {
public:
    // Numbers are kept in advance, so that one which was given a moment before a crash is not given again.
    static constexpr std::uint64_t reserve = 20;

    // Both outlive the store.
    held_store(boost::asio::io_context& loop, egress::pipeline& pipe, state_files& files);

    // Once, when all routes are there; without this call nothing is kept (dry runs). What an earlier process
    // left waits again, and is to be judged again; false when it left nothing. A file that cannot be read is
    // said, and kept aside; one of a later version is left alone.
    bool restore(const std::string& directory, const std::string& login);
    bool keeps() const noexcept { return !path_.empty() && !failing_; }

    // Has what is held written now. `last`: the process ends; nothing is written after that. What is written
    // is marked as seen only then: what a crash loses, the room's history may bring again.
    void keep(bool last);
    // After each change: once a second at most, a flood of held messages must not be written one by one.
    void keep_soon();

private:
    relay::kept_messages read(const std::string& directory, const std::string& login,
                              files::file_worker& worker);
    bool write(const relay::kept_messages& kept, bool last);
    void report(const core::error_code& error);
    bool is_due() const noexcept { return !path_.empty() && pipe_.held_revision() != written_; }

    egress::pipeline& pipe_;
    state_files& files_;
    boost::asio::steady_timer timer_;
    bool waits_ = false;
    bool closed_ = false;  // kept for the last time
    files::file_worker* worker_ = nullptr;
    std::string path_;
    std::uint64_t written_ = 0;   // pipeline::held_revision()
    std::uint64_t reserved_ = 0;  // numbers up to this one
    bool failing_ = false;
};

}  // namespace tiktok2twitch::app
