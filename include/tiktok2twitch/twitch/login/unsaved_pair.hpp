// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/secret.hpp"
#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::twitch {

// A renewed pair of tokens that is in memory only: when saving it is tried again, and which refresh tokens
// were spent for it. Pure. add() at every renewal, then on_failed() or on_saved() after each try.
class unsaved_pair {
public:
    // Of the refresh tokens that were spent while nothing could be saved, the first, which the disk has, and
    // the latest are known as our own: with Twitch's four hours the last two weeks.
    static constexpr std::size_t most_spent = 100;

    explicit unsaved_pair(std::uint64_t seed);

    void add(core::secret spent, core::time_point now);
    bool exists() const noexcept { return exists_; }
    // Nobody was told of the renewal yet: true once.
    bool take_untold() noexcept;
    bool is_spent(const core::secret& refresh) const;

    core::time_point save_at() const noexcept { return save_at_; }
    void save_now(core::time_point now) noexcept { save_at_ = now; }
    // The next try is set. False: that was the last one, and the pair is given up.
    bool on_failed(core::time_point now);
    // True unless the same complaint was the last one.
    bool is_news(const std::string& complaint);
    void on_saved();
    void stop_saving() noexcept { exists_ = false; }
    void give_up() noexcept { exists_ = untold_ = false; }  // and tells nobody

    // The process is about to end: saving is tried for some seconds, and nothing else is done.
    void on_stop(core::time_point now);
    bool stopping() const noexcept { return save_until_.has_value(); }

private:
    core::backoff retry_;
    bool exists_ = false;
    bool untold_ = false;
    core::time_point save_at_;
    std::vector<core::secret> spent_;  // since a pair was saved last
    std::optional<core::time_point> save_until_;
    std::string complaint_;
};

}  // namespace tiktok2twitch::twitch
