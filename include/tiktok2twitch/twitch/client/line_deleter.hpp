// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Deletes lines of ours from Twitch's chat (DELETE /moderation/chat), whichever way they were said. One at a
// time, on a connection of its own, so that nothing that is said waits for it. While the login or the API is
// away, lines wait: Twitch deletes for six hours.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/client/token_keeper.hpp"
#include "tiktok2twitch/twitch/helix/codec.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::twitch {

struct line_deleter_options {
    core::url api_url;
    bool allow_custom_host = false;
    core::duration request_timeout = std::chrono::seconds(10);
    // After trouble: this, doubled each time, up to the other. A login that comes back ends the wait.
    core::duration retry_base = std::chrono::seconds(1);
    core::duration retry_most = std::chrono::seconds(60);
    core::duration give_up_after = std::chrono::hours(1);  // since push()
    // Where the bot is no moderator, no other line is asked for so long; whoever makes it one waits that
    // long.
    core::duration barred_for = std::chrono::seconds(60);
};

// Every line that was pushed is counted once, when it is over.
struct deletion_counts {
    std::uint64_t deleted = 0;      // also when an answer was lost and the line is gone at the next try
    std::uint64_t gone = 0;         // deleted before, or older than the six hours that Twitch allows
    std::uint64_t not_allowed = 0;  // no moderator there, the right is missing, or a broadcaster's line
    std::uint64_t failed = 0;       // trouble that outlasted it, an unknown channel, an id that is none
    std::uint64_t queue_full = 0;
};

class line_deleter {
public:
    // All that a relay remembers of one talkative user (relay/line_recall.hpp) finds room.
    static constexpr std::size_t most_waiting = 2000;

    // How a line that was taken ended, once for each; may push() more.
    using over_handler =
        std::function<void(const std::string& channel, const std::string& line_id, deletion how)>;

    // `tokens` outlives this. `tell` gets what a streamer should know, each thing once.
    line_deleter(net::asio::any_io_executor executor, line_deleter_options options, net::tls_client tls,
                 api_tokens& tokens, std::function<void(const notice&)> tell, over_handler over = {});
    ~line_deleter();

    enum class answer : std::uint8_t { taken, no_id, queue_full };

    // `line_id`: as USERSTATE or Helix gave it. Nothing that is no id ever becomes a request: without an id
    // Twitch would clear the whole chat.
    answer push(std::string channel, std::string_view line_id);
    // Somebody else deleted the line. True when it still waited: it is counted as gone, without another word.
    bool forget(std::string_view channel, std::string_view line_id);

    // Until cancelled (operation_aborted), or until nothing waits after close(). Once.
    // errc::token_host_refused before anything is sent.
    net::awaitable<core::error_code> run();
    // The channel was renamed on Twitch: its account is looked up by this name.
    void channel_called(const std::string& channel, const std::string& called);
    // There is a token again, or a new one.
    void token_found();
    // The end is near: trouble is met five times for each line, and what has met as much before is given up.
    void hurry();
    void close();  // as hurry()

    const deletion_counts& counts() const noexcept;
    std::size_t waiting() const noexcept;  // the one under way included

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::twitch
