// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <optional>
#include <utility>

#include "net/clock.hpp"
#include "tiktok/client/direct_requests.hpp"
#include "tiktok/client/push_socket.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/client/way_client.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/ways/catch_up.hpp"
#include "tiktok2twitch/tiktok/ways/error.hpp"
#include "tiktok2twitch/tiktok/ways/managed_reader.hpp"

namespace tiktok2twitch::tiktok {
namespace {

namespace asio = net::asio;
using net::clock;

constexpr core::duration patience = std::chrono::seconds(8);

core::unix_ms wall_now() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// What comes over one socket.
class managed_stream {
public:
    managed_stream(room_sink& sink, const std::string& unique_id)
        : sink_(sink), unique_id_(unique_id), opened_(clock::now()) {}

    core::error_code on_message(const std::string& message, bool text, core::time_point now) {
        sink_.on_frame(text, message, now);
        managed_reader::reading read = reader_.read(message, now);
        if (read.raw == false)
            say_json();
        if (read.room_id != 0)
            sink_.on_room(read.room_id);
        if (read.offline)
            return way_errc::way_says_offline;
        live_ = live_ || read.live;
        mark_history(read.batch, now);
        const std::optional<room_change> change = read.batch.change;
        if (live_ || read.batch.unread.any())
            sink_.on_batch(std::move(read.batch), now);
        if (change == room_change::suspended)
            return errc::live_suspended;
        return change == room_change::ended ? errc::live_ended : core::error_code();
    }

    void on_pong(core::time_point now) {
        if (live_)
            sink_.on_batch({}, now);
    }

private:
    void say_json() const {
        core::log(
            core::log_level::info, "tiktok/@" + unique_id_,
            "the managed way sends JSON, which has no deletions: what TikTok's moderators remove stays");
    }

    // The last comments come as one block, without a mark.
    void mark_history(decoded_batch& batch, core::time_point now) {
        if (!opening_ && batch.messages) {
            const core::unix_ms known = batch.server_now != 0 ? batch.server_now : wall_now();
            const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(now - opened_);
            opening_.emplace(opened_, known - since.count());
        }
        if (!opening_)
            return;
        for (decoded_event& event : batch.events)
            event.history = event.history || opening_->shows(now, event.what.created_at);
    }

    room_sink& sink_;
    const std::string& unique_id_;
    core::time_point opened_;
    managed_reader reader_;
    std::optional<opening> opening_;
    bool live_ = false;
};

class managed_client final : public way_client {
public:
    managed_client(provider_options provider, net::tls_client tls, std::string unique_id)
        : provider_(std::move(provider)), tls_(std::move(tls)), unique_id_(std::move(unique_id)) {}

    net::awaitable<way_answer> run(std::int64_t room_id, room_sink& sink) override;

private:
    net::websocket_request request() const {
        net::websocket_request out;
        out.to = provider_.url;
        out.to.target = managed_target(unique_id_, provider_.key.reveal());
        out.headers = {{"User-Agent", "tiktok2twitch"}};
        out.timeout = patience;
        out.message_limit = managed_reader::max_message_bytes;
        return out;
    }

    provider_options provider_;
    net::tls_client tls_;
    std::string unique_id_;
};

way_answer told(core::error_code reason, const net::websocket& socket) {
    if (reason == errc::closed) {
        const std::uint16_t code = socket.close_code();
        return answer_of_close(code == 0 ? 1006 : code);
    }
    way_answer out;
    out.reason = reason;
    if (reason == way_errc::way_says_offline)
        out.what = answer_class::offline;
    else if (reason == errc::live_ended || reason == errc::live_suspended)
        out.what = answer_class::ended;
    return out;
}

net::awaitable<way_answer> managed_client::run(std::int64_t, room_sink& sink) {
    co_await asio::this_coro::throw_if_cancelled(false);
    way_answer out;
    if (const auto wait = provider_.quota->take()) {
        out.what = answer_class::rate_limited;
        out.wait = *wait;
        out.reason = way_errc::quota_used;
        out.of_provider = true;
        co_return out;
    }
    net::http_response refusal;
    net::websocket_request wanted = request();
    auto socket = co_await net::connect_websocket(std::move(wanted), tls_, &refusal);
    if (!socket) {
        out.reason = socket.error();
        if (out.reason == net::errc::handshake_refused) {
            out = answer_of_upgrade(refusal.status, headers_of(refusal), refusal.body, wall_now());
            if (out.what == answer_class::rate_limited)
                provider_.quota->hold(out.wait);
        }
        co_return out;
    }
    sink.on_connected(clock::now());
    managed_stream stream(sink, unique_id_);
    push_handlers handlers;
    handlers.on_message = [&stream](const std::string& message, bool text, core::time_point now) {
        return stream.on_message(message, text, now);
    };
    handlers.on_pong = [&stream](core::time_point now) {
        stream.on_pong(now);
    };
    const core::error_code reason = co_await run_push_socket(*socket, std::move(handlers));
    out = told(reason, *socket);
    if (out.what == answer_class::rate_limited)
        provider_.quota->hold(out.wait);
    co_return out;
}

}  // namespace

void provider_quota::restore(const std::string& note) {
    quota_.restore(note, wall_now());
}

std::optional<core::duration> provider_quota::take() {
    const core::unix_ms now = wall_now();
    if (const core::unix_ms wait = quota_.wait(now); wait > 0)
        return std::chrono::milliseconds(wait);
    keep_(quota_.spend(now));
    return std::nullopt;
}

void provider_quota::hold(core::duration wait) {
    const core::unix_ms now = wall_now();
    keep_(quota_.hold(now + std::chrono::duration_cast<std::chrono::milliseconds>(wait).count(), now));
}

std::unique_ptr<way_client> make_managed_client(provider_options provider, net::tls_client tls,
                                                std::string unique_id) {
    return std::make_unique<managed_client>(std::move(provider), std::move(tls), std::move(unique_id));
}

}  // namespace tiktok2twitch::tiktok
