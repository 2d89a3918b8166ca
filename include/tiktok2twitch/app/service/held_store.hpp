// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The file that keeps what is held back over a restart, and the numbers that were given to it: one for each
// bot account. On the egress loop, which never waits for the disk once the relay runs: a worker writes. A
// disk that fails costs the memory, never the relay.

#include <cstdint>
#include <string>

#include "files/file_worker.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/kept_messages.hpp"

namespace tiktok2twitch::app {

class held_store {
public:
    // Numbers are kept in advance, so that one which was given a moment before a crash is not given again.
    static constexpr std::uint64_t reserve = 20;

    // Once; without this call nothing is kept (dry runs). What an earlier process left; a file that cannot be
    // read is said, and kept aside; one of a later version is left alone. `worker` must outlive the store.
    relay::kept_messages open(const std::string& directory, const std::string& login,
                              files::file_worker& worker);
    bool keeps() const noexcept { return !path_.empty() && !failing_; }

    // Whether what is there now has to be written: it is not what was written last. `revision` changes
    // with what is held. `at_once`: a number beyond the reserve was given.
    bool is_due(std::uint64_t revision) const noexcept { return !path_.empty() && revision != written_; }
    bool at_once(std::uint64_t last_number) const noexcept { return keeps() && last_number > reserved_; }
    // What the worker is told to write, before all that it is told later. `last`: the process ends, and gives
    // no more numbers. False: it takes no more, which is said once.
    bool write(const relay::kept_messages& kept, std::uint64_t revision, bool last);

private:
    void report(const core::error_code& error);

    files::file_worker* worker_ = nullptr;
    std::string path_;
    std::uint64_t written_ = 0;
    std::uint64_t reserved_ = 0;
    bool failing_ = false;
};

}  // namespace tiktok2twitch::app
