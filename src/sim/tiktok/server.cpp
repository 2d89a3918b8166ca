// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/tiktok/server.hpp"

#include <algorithm>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/sim/tiktok/session.hpp"
#include "tiktok2twitch/sim/twitch/rules.hpp"

namespace tiktok2twitch::sim {

core::time_point steady_now() {
    return net::timer_now();
}

core::unix_ms wall_now() {
    return net::wall_now();
}

void tiktok_server::impl::complain(std::string what) {
    complaints.push_back(std::move(what));
}

// Handles are compared without regard to case (docs/protocol/tiktok.md §1).
tiktok_room* tiktok_server::impl::by_handle(std::string_view unique_id) {
    const std::string name = lower(unique_id);
    const auto renamed = old_names.find(name);
    const auto found = rooms.find(renamed == old_names.end() ? name : renamed->second);
    return found == rooms.end() ? nullptr : found->second.get();
}

tiktok_room* tiktok_server::impl::by_room_id(std::int64_t room_id) {
    for (const auto& [handle, room] : rooms) {
        if (room->room_id() == room_id) {
            return room.get();
        }
    }
    return nullptr;
}

bool tiktok_server::impl::was_room(std::int64_t room_id) const {
    return std::any_of(rooms.begin(), rooms.end(),
                       [room_id](const auto& entry) { return entry.second->was(room_id); });
}

std::vector<tiktok_socket*> tiktok_server::impl::sockets_of(std::string_view unique_id) {
    std::vector<tiktok_socket*> found;
    const tiktok_room* room = by_handle(unique_id);
    for (const auto& session : host.sessions()) {
        tiktok_socket* socket = session->socket();
        if (socket != nullptr && socket->record().open && room != nullptr &&
            socket->record().unique_id == room->unique_id()) {
            found.push_back(socket);
        }
    }
    return found;
}

tiktok_server::tiktok_server(net::asio::any_io_executor executor, net::tls_server tls,
                             tiktok_settings settings)
    : impl_(std::make_unique<impl>(std::move(executor), std::move(tls), settings)) {}

tiktok_server::~tiktok_server() = default;

std::uint16_t tiktok_server::port() const noexcept {
    return impl_->host.port();
}

void tiktok_server::start() {
    impl_->host.start();
}

void tiktok_server::stop() {
    impl_->host.stop();
}

tiktok_settings& tiktok_server::settings() noexcept {
    return impl_->settings;
}
void tiktok_server::on_change(std::function<void()> callback) {
    impl_->change = std::move(callback);
}
void tiktok_server::on_comment(std::function<void(const comment_record&)> callback) {
    impl_->commented = std::move(callback);
}

tiktok_room& tiktok_server::add_room(const std::string& unique_id, account_state state) {
    auto& room = impl_->rooms[lower(unique_id)];
    room = std::make_unique<tiktok_room>(unique_id, impl_->next_room_id++, state);
    return *room;
}

tiktok_room* tiktok_server::find_room(std::string_view unique_id) {
    return impl_->by_handle(unique_id);
}

void tiktok_server::push(const std::string& unique_id, room_message message) {
    for (tiktok_socket* socket : impl_->sockets_of(unique_id)) {
        socket->push(message);
    }
    impl_->changed();
}

std::int64_t tiktok_server::comment(const std::string& unique_id, const chatter& from,
                                    std::string_view text) {
    tiktok_room* room = impl_->by_handle(unique_id);
    if (room == nullptr) {
        return 0;
    }
    room_message message = room->comment(from, text, wall_now());
    const std::int64_t msg_id = message.msg_id;
    if (impl_->commented) {
        impl_->commented({unique_id, msg_id, from, std::string(text)});
    }
    push(unique_id, std::move(message));
    return msg_id;
}

void tiktok_server::pause(const std::string& unique_id) {
    if (tiktok_room* room = impl_->by_handle(unique_id)) {
        push(unique_id, room->pause(wall_now()));
    }
}

void tiktok_server::resume(const std::string& unique_id) {
    if (tiktok_room* room = impl_->by_handle(unique_id)) {
        push(unique_id, room->resume(wall_now()));
    }
}

void tiktok_server::end_live(const std::string& unique_id, bool notice) {
    if (tiktok_room* room = impl_->by_handle(unique_id)) {
        room_message message = room->end(wall_now());
        if (notice) {
            push(unique_id, std::move(message));
        }
        close_sockets(unique_id);
    }
}

void tiktok_server::suspend(const std::string& unique_id) {
    if (tiktok_room* room = impl_->by_handle(unique_id)) {
        push(unique_id, room->suspend(wall_now()));
        close_sockets(unique_id);
    }
}

void tiktok_server::restart(const std::string& unique_id, bool notice) {
    if (notice) {
        end_live(unique_id);
    }
    if (tiktok_room* room = impl_->by_handle(unique_id)) {
        room->restart(impl_->next_room_id++, wall_now());
    }
}

void tiktok_server::rename(const std::string& from, const std::string& to, bool old_name_works) {
    auto account = impl_->rooms.extract(lower(from));
    if (account.empty()) {
        return;
    }
    for (const auto& record : impl_->records) {
        if (record->unique_id == account.mapped()->unique_id()) {
            record->unique_id = to;
        }
    }
    account.mapped()->rename(to);
    account.key() = lower(to);
    impl_->rooms.insert(std::move(account));
    if (old_name_works) {
        impl_->old_names[lower(from)] = lower(to);
    }
}

// What can be made to go wrong at the TikTok stand-in, and what it has seen.

scripted_answer answer_status(int status, std::string body) {
    scripted_answer answer;
    answer.response.status = status;
    answer.response.body = std::move(body);
    return answer;
}

scripted_answer answer_stall() {
    scripted_answer answer;
    answer.what = scripted_answer::kind::stall;
    return answer;
}

scripted_answer answer_reset() {
    scripted_answer answer;
    answer.what = scripted_answer::kind::reset;
    return answer;
}

scripted_answer answer_proper() {
    scripted_answer answer;
    answer.what = scripted_answer::kind::proper;
    return answer;
}

scripted_answer answer_too_many(std::string retry_after) {
    scripted_answer answer = answer_status(429);
    if (!retry_after.empty()) {
        answer.response.headers.push_back({"Retry-After", std::move(retry_after)});
    }
    return answer;
}

scripted_answer answer_redirect(std::string location) {
    scripted_answer answer = answer_status(302);
    answer.response.headers.push_back({"Location", std::move(location)});
    return answer;
}

scripted_answer answer_check_page() {
    constexpr std::size_t size = 1462;  // as it was seen
    std::string page =
        "<!DOCTYPE html><html><head><title>Please wait...</title></head><body><p id=\"wci\" "
        "class=\"_wafchallengeid\"></p><p id=\"cs\"></p><p id=\"rci\"></p><script>/* slardar_us_waf ";
    const std::string_view end = " */</script></body></html>";
    page.append(size - page.size() - end.size(), '.').append(end);
    scripted_answer answer = answer_status(200, std::move(page));
    answer.response.headers.push_back({"Content-Type", "text/html; charset=utf-8"});
    answer.response.headers.push_back({"x-tt-system-error", "3"});
    answer.response.headers.push_back(
        {"Set-Cookie", "ak_bmsc=0123456789ABCDEF; Domain=.tiktok.com; Path=/; Max-Age=7200; HttpOnly"});
    return answer;
}

namespace {

scripted_answer refused_upgrade(std::string message, std::string status) {
    scripted_answer answer = answer_status(200);
    answer.response.headers.push_back({"Handshake-Msg", std::move(message)});
    answer.response.headers.push_back({"Handshake-Status", std::move(status)});
    answer.response.headers.push_back({"x-tt-logid", "20260909160450EXAMPLE0123456789AB"});
    return answer;
}

}  // namespace

scripted_answer answer_device_blocked() {
    return refused_upgrade("DEVICE_BLOCKED", "415");
}

scripted_answer answer_illegal_secret_key() {
    return refused_upgrade("illegal secret key", "417");
}

scripted_answer answer_cookie_missing() {
    return refused_upgrade("http: named cookie not present", "417");
}

scripted_answer answer_detected() {
    return answer_status(200);
}

void tiktok_server::script(endpoint where, std::vector<scripted_answer> answers) {
    impl_->faults.add(where, std::move(answers));
}

void tiktok_server::always(endpoint where, scripted_answer answer) {
    impl_->faults.always(where, std::move(answer));
}

void tiktok_server::clear_faults() {
    impl_->faults.clear();
    impl_->refuse_connections = false;
}

void tiktok_server::shut_pages() {
    for (const endpoint where : {endpoint::page, endpoint::live, endpoint::home}) {
        impl_->faults.always(where, answer_check_page());
    }
}

void tiktok_server::forget_cookies() {
    impl_->issued.clear();
}

void tiktok_server::refuse_connections(bool refuse) {
    impl_->refuse_connections = refuse;
}

void tiktok_server::stall(const std::string& unique_id) {
    for (tiktok_socket* socket : impl_->sockets_of(unique_id)) {
        socket->stall();
    }
}

void tiktok_server::close_sockets(const std::string& unique_id) {
    for (tiktok_socket* socket : impl_->sockets_of(unique_id)) {
        socket->close();
    }
}

void tiktok_server::reset_sockets(const std::string& unique_id) {
    for (tiktok_socket* socket : impl_->sockets_of(unique_id)) {
        socket->reset();
    }
}

void tiktok_server::reset_mid_frame(const std::string& unique_id) {
    for (tiktok_socket* socket : impl_->sockets_of(unique_id)) {
        socket->reset_mid_frame();
    }
}

void tiktok_server::send_raw(const std::string& unique_id, std::string message) {
    for (tiktok_socket* socket : impl_->sockets_of(unique_id)) {
        socket->send_raw(message);
    }
}

void tiktok_server::replay(const std::string& unique_id, std::vector<std::string> frames) {
    for (std::string& frame : frames) {
        send_raw(unique_id, std::move(frame));
    }
}

const std::vector<request_record>& tiktok_server::requests() const noexcept {
    return impl_->requests;
}

std::size_t tiktok_server::request_count(endpoint where) const noexcept {
    const auto found = impl_->counts.find(where);
    return found == impl_->counts.end() ? 0 : found->second;
}

const std::vector<std::shared_ptr<socket_record>>& tiktok_server::sockets() const noexcept {
    return impl_->records;
}

std::size_t tiktok_server::open_sockets(std::string_view unique_id) const {
    return impl_->sockets_of(unique_id).size();
}

std::size_t tiktok_server::listening_sockets(std::string_view unique_id) const {
    const auto open = impl_->sockets_of(unique_id);
    return static_cast<std::size_t>(std::count_if(
        open.begin(), open.end(), [](const tiktok_socket* socket) { return socket->listening(); }));
}

const std::vector<std::string>& tiktok_server::complaints() const noexcept {
    return impl_->complaints;
}

}  // namespace tiktok2twitch::sim
