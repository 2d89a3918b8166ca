// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/sim/tiktok_server.hpp"

#include <algorithm>

#include "net/clock.hpp"
#include "sim/tiktok_session.hpp"
#include "sim/twitch_text.hpp"

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

// Handles are compared without regard to case (tiktok.md 1).
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

}  // namespace tiktok2twitch::sim
