// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/wire/recording_losses.hpp"

#include <utility>

#include "tiktok2twitch/core/words.hpp"

namespace tiktok2twitch::tiktok {

std::optional<recording_losses::line> recording_losses::look(std::uint64_t written, std::uint64_t lost,
                                                             const core::error_code& why,
                                                             core::time_point now) {
    const bool fails = lost > std::exchange(lost_, lost);
    const bool works = written > std::exchange(written_, written);
    if (fails && !std::exchange(failing_, true) && (!told_ || now - *told_ >= again_after)) {
        told_ = now;
        told_failing_ = true;
        return line{true, path_ + ": " + (why ? why.message() : "the disk is too slow") +
                              "; what comes now is missing in the recording"};
    }
    if (works && !fails && std::exchange(failing_, false) && std::exchange(told_failing_, false))
        return line{false, path_ + ": recording again; " + core::count_text(lost, "message") +
                               (lost == 1 ? " is missing" : " are missing")};
    return std::nullopt;
}

recording_losses::line recording_losses::summary(std::uint64_t written, std::uint64_t lost) const {
    line out{lost > 0, path_ + ": " + core::count_text(written, "message") + " recorded"};
    if (lost > 0)
        out.text += ", " + core::number_text(lost) + (lost == 1 ? " is missing" : " are missing") +
                    " because the disk did not take " + (lost == 1 ? "it" : "them");
    return out;
}

}  // namespace tiktok2twitch::tiktok
