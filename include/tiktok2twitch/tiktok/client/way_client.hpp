// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The ways into a room beside the direct one, each a file of its own. All on the ingest loop.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tiktok2twitch/core/secret.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/tiktok/options.hpp"
#include "tiktok2twitch/tiktok/way_in.hpp"
#include "tiktok2twitch/tiktok/ways/answers.hpp"
#include "tiktok2twitch/tiktok/ways/quota.hpp"

namespace tiktok2twitch::tiktok {

class way_client {
public:
    virtual ~way_client() = default;
    // One connection, from its beginning to its end. on_batch() of the sink is a sign of life, also when it
    // is empty. Cancelled: the answer's reason is operation_aborted. `room_id`: 0 when it is not known.
    virtual net::awaitable<way_answer> run(std::int64_t room_id, room_sink& sink) = 0;
};

// The quota of one provider, for all rooms of the process. `keep` gets each note, for a file.
class provider_quota {
public:
    provider_quota(const quota_limits& limits, std::function<void(std::string note)> keep)
        : quota_(limits), keep_(std::move(keep)) {}

    void restore(const std::string& note);
    // A call is about to be made: nothing, and it is counted; or how long there is none left.
    std::optional<core::duration> take();
    void hold(core::duration wait);

private:
    quota quota_;
    std::function<void(std::string)> keep_;
};

struct provider_options {
    core::url url;     // tiktok.sign_url, tiktok.managed_url
    core::secret key;  // may be empty for sign
    std::shared_ptr<provider_quota> quota;
};

std::unique_ptr<way_client> make_managed_client(provider_options provider, net::tls_client tls,
                                                std::string unique_id);
std::unique_ptr<way_client> make_sign_client(provider_options provider, options tiktok, net::tls_client tls,
                                             std::string unique_id, std::uint64_t seed);

// One socket to the app, whichever rooms use it: it is opened when the first room does and closed after the
// last. Must outlive its clients, which must have ended.
class tikfinity_app {
public:
    // `user`: tiktok.tikfinity_user, or empty.
    tikfinity_app(net::asio::any_io_executor executor, core::url url, std::string user);
    ~tikfinity_app();
    std::unique_ptr<way_client> client(std::string unique_id);

    struct impl;

private:
    std::shared_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::tiktok
