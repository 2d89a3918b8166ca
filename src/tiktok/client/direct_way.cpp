// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/client/direct_way.hpp"

#include <algorithm>
#include <optional>
#include <random>
#include <utility>

#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/client/live_connection.hpp"
#include "tiktok2twitch/tiktok/client/room_client.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/room/door_plan.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/tiktok/wire/check_page.hpp"
#include "tiktok2twitch/tiktok/wire/handshake.hpp"
#include "tiktok2twitch/tiktok/wire/room_page.hpp"
#include "tiktok2twitch/tiktok/wire/visitor_cookies.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// Not from options.web_url: whoever stands in for TikTok sees what TikTok would see.
constexpr const char* site = "https://www.tiktok.com";

// Who swallows requests for a while is asked again within 10 s of its recovery, so no try may last longer.
constexpr core::duration patience = std::chrono::seconds(8);

// A door that says nothing for so long is as good as shut; there are others.
constexpr core::duration door_limit = std::chrono::seconds(5);

net::http_request get(core::url base, std::string_view target, const user_agent& browser,
                      const char* accept) {
    net::http_request request;
    request.to = std::move(base);
    request.to.target = under(request.to.target, target);
    request.headers = {{"User-Agent", std::string(browser.text)},
                       {"Accept", accept},
                       {"Accept-Language", "en-US,en;q=0.9"},
                       {"Referer", std::string(site) + "/"}};
    request.body_limit = max_page_bytes;
    return request;
}

}  // namespace

net::http_request data_request(core::url base, std::string_view target, const user_agent& browser) {
    net::http_request request = get(std::move(base), target, browser, "application/json, text/plain, */*");
    request.timeout = patience;
    return request;
}

net::http_request page_request(core::url base, std::string_view target, const user_agent& browser) {
    return get(std::move(base), target, browser, "text/html,application/xhtml+xml,*/*;q=0.8");
}

net::http_request door_request(core::url base, cookie_door door, std::string_view unique_id,
                               const user_agent& browser) {
    net::http_request request = page_request(
        std::move(base),
        door == cookie_door::user_page ? live_page_target(unique_id) : std::string(path_of(door)), browser);
    if (door == cookie_door::registration) {
        request.method = "POST";
        request.body =
            R"({"aid":1988,"service":"www.tiktok.com","union":false,"unionHost":"","needFid":false,"fid":""})";
        for (net::http_header& header : request.headers)
            if (header.name == "Accept")
                header.value = "application/json, text/plain, */*";
        request.headers.push_back({"Origin", site});
        // JSON under the name of a form, as TikTok is known to take it from clients that are no browser.
        request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    }
    request.timeout = door_limit;
    return request;
}

net::websocket_request socket_request(const options& options, std::int64_t room_id, const user_agent& browser,
                                      std::string cookies, std::uint64_t seed) {
    net::websocket_request request;
    request.to = options.ws_url;
    request.to.target =
        under(request.to.target, websocket_target(room_id, browser, options.heartbeat_interval, seed));
    request.headers = {{"User-Agent", std::string(browser.text)},
                       {"Origin", site},
                       {"Referer", std::string(site) + "/"},
                       {"Accept-Language", "en-US,en;q=0.9"},
                       {"Accept-Encoding", "gzip, deflate"},
                       {"Cache-Control", "no-cache"},
                       {"Cookie", std::move(cookies)}};
    request.timeout = patience;
    request.message_limit = webcast_session::max_frame_bytes;
    return request;
}

std::vector<header_view> headers_of(const net::http_response& response) {
    std::vector<header_view> out;
    for (const net::http_header& header : response.headers)
        out.push_back({header.name, header.value});
    return out;
}

namespace {

namespace asio = net::asio;
using net::clock;
using net::stopped;

std::string came_by(cookie_door door, const std::string& story) {
    const std::string name(door == cookie_door::registration ? name_of(door) : path_of(door));
    return "visitor cookie by " + name + " (" + story + ")";
}

void log_answer(std::string_view question, const core::result<net::http_response>& answer) {
    if (!core::log_enabled(core::log_level::debug))
        return;
    std::string text(question);
    if (answer)
        text += ": HTTP " + std::to_string(answer->status) + ", " + std::to_string(answer->body.size()) +
                " bytes";
    else
        text += ": " + answer.error().message();
    core::log(core::log_level::debug, "tiktok", text);
}

// An answer that makes no sense because it is the check page.
template <class T>
core::result<T> unless_checked(const net::http_response& answer, core::result<T> read) {
    if (!read && read.error() == errc::lookup_blocked && is_check_page(headers_of(answer), answer.body))
        return core::result<T>(boost::system::in_place_error, core::error_code(errc::check_page));
    return read;
}

class direct_way final : public way_in {
public:
    direct_way(options options, net::tls_client tls, std::uint64_t seed, std::string unique_id)
        : options_(std::move(options)),
          tls_(std::move(tls)),
          engine_(seed),
          unique_id_(std::move(unique_id)),
          browser_(any_browser()),
          cookies_(options_.ws_url.host),
          doors_(!unique_id_.empty(), options_.door_pause) {}

    net::awaitable<core::result<room_status>> lookup_api(std::string unique_id) override {
        net::http_request request = data_request(options_.web_url, api_live_target(unique_id), *browser_);
        const auto answer = co_await ask(std::move(request), "room lookup");
        if (!answer)
            co_return answer.error();
        co_return unless_checked(*answer, parse_api_live(answer->status, answer->body));
    }

    net::awaitable<core::result<room_status>> lookup_page(std::string unique_id) override {
        net::http_request request = page_request(options_.web_url, live_page_target(unique_id), *browser_);
        const auto answer = co_await ask(std::move(request), "live page");
        if (!answer)
            co_return answer.error();
        co_return unless_checked(*answer, parse_live_page(answer->status, answer->body));
    }

    net::awaitable<core::result<bool>> check_alive(std::int64_t room_id) override {
        net::http_request request =
            data_request(options_.webcast_url, check_alive_target(room_id), *browser_);
        const auto answer = co_await ask(std::move(request), "check_alive");
        if (!answer)
            co_return core::result<bool>(boost::system::in_place_error, answer.error());
        co_return unless_checked(*answer, parse_check_alive(answer->status, answer->body, room_id));
    }

    net::awaitable<std::vector<door_report>> try_doors() override;
    net::awaitable<connection_end> connect(std::int64_t room_id, bool fresh_identity,
                                           room_sink& sink) override;
    core::time_point not_before() const override {
        // Who has a cookie needs no door.
        const bool needs_door = !cookies_.usable(clock::now());
        return std::max(left_alone_until_, needs_door ? doors_.not_before() : core::time_point::min());
    }

private:
    net::awaitable<core::result<net::http_response>> ask(net::http_request request, std::string_view what);
    net::awaitable<door_report> try_door(cookie_door door, visitor_cookies& into);
    net::awaitable<core::error_code> identify();
    net::awaitable<connection_end> connect_once(std::int64_t room_id, room_sink& sink);

    const user_agent* any_browser() { return &user_agents()[engine_() % user_agents().size()]; }
    void forget() {
        browser_ = any_browser();
        cookies_.clear();
    }
    // Without the header nobody has asked for anything: the room's own pace will do.
    void heed(const net::http_response& answer) {
        if (answer.status >= 400 && !answer.find("Retry-After").empty())
            left_alone_until_ =
                clock::now() + asked_to_wait(answer.status, headers_of(answer), net::wall_now());
    }
    void log(core::log_level level, std::string_view text) const {
        core::log(level, unique_id_.empty() ? "tiktok" : "tiktok/@" + unique_id_, text);
    }

    options options_;
    net::tls_client tls_;
    std::mt19937_64 engine_;
    std::string unique_id_;
    // Who we are for TikTok. The two belong together, and are kept over reconnects: a new one every time ends
    // in a block (docs/protocol/tiktok.md §2.9).
    const user_agent* browser_;
    visitor_cookies cookies_;
    std::optional<cookie_door> door_;  // through which the cookie came
    door_plan doors_;
    core::time_point left_alone_until_ = core::time_point::min();  // but for the doors
};

net::awaitable<core::result<net::http_response>> direct_way::ask(net::http_request request,
                                                                 std::string_view what) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (clock::now() < left_alone_until_)
        co_return core::error_code(errc::lookup_rate_limited);
    auto answer = co_await net::http_fetch(std::move(request), tls_);
    log_answer(what, answer);
    if (answer)
        heed(*answer);
    co_return answer;
}

net::awaitable<door_report> direct_way::try_door(cookie_door door, visitor_cookies& into) {
    co_await asio::this_coro::throw_if_cancelled(false);
    net::http_request request = door_request(options_.web_url, door, unique_id_, *browser_);
    const auto answer = co_await net::http_fetch(std::move(request), tls_);
    log_answer(name_of(door), answer);
    if (!answer) {
        door_report report;
        report.door = door;
        report.error = answer.error();
        co_return report;
    }
    const std::vector<header_view> headers = headers_of(*answer);
    visitor_cookies fresh = into;
    const bool found = fresh.take(headers, clock::now(), net::wall_now());
    const door_report report =
        read_door_answer(door, answer->status, headers, answer->body, found, net::wall_now());
    if (report.answer == door_answer::cookie || !found)
        into = std::move(fresh);
    co_return report;
}

net::awaitable<std::vector<door_report>> direct_way::try_doors() {
    co_await asio::this_coro::throw_if_cancelled(false);
    std::vector<door_report> reports;
    cookies_.clear();
    bool open = false;
    for (std::size_t i = 0; i < cookie_doors; ++i) {
        const auto door = static_cast<cookie_door>(i);
        if (door == cookie_door::user_page && unique_id_.empty())
            continue;
        visitor_cookies apart(options_.ws_url.host);
        const door_report report = co_await try_door(door, apart);
        if (stopped(co_await asio::this_coro::cancellation_state))
            break;
        reports.push_back(report);
        if (report.answer == door_answer::cookie && !std::exchange(open, true)) {
            cookies_ = std::move(apart);
            door_ = door;
        }
    }
    co_return reports;
}

net::awaitable<core::error_code> direct_way::identify() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (cookies_.usable(clock::now()))
        co_return core::error_code();
    if (clock::now() < doors_.not_before())
        co_return doors_.reason();
    cookies_.clear();
    doors_.begin();
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        if (stopped(co_await asio::this_coro::cancellation_state))
            co_return asio::error::operation_aborted;
        const door_step step = doors_.next(clock::now());
        if (step.act == door_step::what::give_up)
            co_return doors_.reason();
        if (step.act == door_step::what::wait) {
            timer.expires_at(net::deadline_of(step.until));
            co_await timer.async_wait(net::use_nothrow_awaitable);
            continue;
        }
        const door_report report = co_await try_door(step.door, cookies_);
        if (stopped(co_await asio::this_coro::cancellation_state))
            co_return asio::error::operation_aborted;
        doors_.on_report(clock::now(), report);
        if (report.answer == door_answer::cookie) {
            const bool news = std::exchange(door_, step.door) != step.door;
            log(news ? core::log_level::info : core::log_level::debug, came_by(step.door, doors_.reasons()));
            co_return core::error_code();
        }
    }
}

net::awaitable<connection_end> direct_way::connect_once(std::int64_t room_id, room_sink& sink) {
    co_await asio::this_coro::throw_if_cancelled(false);
    connection_end end;
    end.reason = co_await identify();
    end.reached = false;
    if (end.reason) {
        end.detail = doors_.reasons();
        co_return end;
    }
    sink.on_cookie(*door_);
    cookies_.used(clock::now());
    net::http_response refusal;
    net::websocket_request request =
        socket_request(options_, room_id, *browser_, cookies_.line(clock::now()), engine_());
    request.asked = &end.reached;
    auto socket = co_await net::connect_websocket(std::move(request), tls_, &refusal);
    if (!socket) {
        end.reason = socket.error();
        if (end.reason == net::errc::handshake_refused) {
            handshake_refusal why = classify_refusal(refusal.status, headers_of(refusal));
            end.reason = why.reason;
            end.detail = std::move(why.detail);
            heed(refusal);
            // Each time, also when the state stays the same: the log id is the only handle on a refusal.
            log(core::log_level::info, "the chat socket was refused: " + end.detail);
        } else if (end.reason == net::errc::closed_by_peer) {
            end.reason = errc::closed;
            end.detail = "during the handshake";
        }
        co_return end;
    }
    const core::time_point begin = clock::now();
    sink.on_connected(begin);
    const session_options session{options_.heartbeat_interval, options_.stale_after};
    end.reason = co_await run_connection(std::move(*socket), session, room_id, sink);
    end.lasted = clock::now() - begin;
    cookies_.used(clock::now());
    co_return end;
}

net::awaitable<connection_end> direct_way::connect(std::int64_t room_id, bool fresh_identity,
                                                   room_sink& sink) {
    co_await asio::this_coro::throw_if_cancelled(false);
    // What cannot be replaced yet is better than nothing.
    if (fresh_identity && clock::now() >= doors_.not_before())
        forget();
    connection_end end = co_await connect_once(room_id, sink);
    // Only the cookie was wrong: a new one is fetched at once, and once.
    if (end.reason == errc::cookie_refused && !stopped(co_await asio::this_coro::cancellation_state)) {
        forget();
        end = co_await connect_once(room_id, sink);
    }
    co_return end;
}

}  // namespace

std::unique_ptr<way_in> make_direct_way(options options, net::tls_client tls, std::uint64_t seed,
                                        std::string unique_id) {
    return std::make_unique<direct_way>(std::move(options), std::move(tls), seed, std::move(unique_id));
}

}  // namespace tiktok2twitch::tiktok
