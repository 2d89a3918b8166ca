// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What can be made to go wrong at the TikTok stand-in, and what it has seen.

#include <algorithm>

#include "sim/tiktok_session.hpp"

namespace tiktok2twitch::sim {

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

scripted_answer answer_device_blocked() {
    scripted_answer answer = answer_status(200);
    answer.response.headers.push_back({"Handshake-Msg", "DEVICE_BLOCKED"});
    answer.response.headers.push_back({"Handshake-Status", "415"});
    return answer;
}

scripted_answer answer_illegal_secret_key() {
    scripted_answer answer = answer_status(200);
    answer.response.headers.push_back({"Handshake-Msg", "illegal secret key"});
    answer.response.headers.push_back({"Handshake-Status", "417"});
    return answer;
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
