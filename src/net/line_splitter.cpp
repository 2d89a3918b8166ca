// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "net/line_splitter.hpp"

namespace tiktok2twitch::net {

void line_splitter::feed(std::string_view bytes) {
    pending_.append(bytes);
}

std::optional<std::string> line_splitter::next() {
    for (;;) {
        const auto end = pending_.find('\n', scanned_);
        if (end == std::string::npos) {
            drop_unfinished();
            return std::nullopt;
        }
        std::string_view line = std::string_view(pending_).substr(start_, end - start_);
        start_ = scanned_ = end + 1;
        if (skipping_) {
            skipping_ = false;
            continue;
        }
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.size() > max_line_) {
            ++skipped_;
        } else if (!line.empty()) {
            return std::string(line);
        }
    }
}

// Forgets what was handed out, and the beginning of a line that is already too long.
void line_splitter::drop_unfinished() {
    pending_.erase(0, start_);
    start_ = 0;
    // A CR that may turn out to belong to the line's end does not count.
    const std::size_t size = pending_.size() - (pending_.ends_with('\r') ? 1 : 0);
    if (skipping_) {
        pending_.clear();
    } else if (size > max_line_) {
        skipping_ = true;
        ++skipped_;
        pending_.clear();
    }
    scanned_ = pending_.size();
}

}  // namespace tiktok2twitch::net
