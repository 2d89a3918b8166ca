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

scripted_answer refusal(std::string message, std::string status) {
    scripted_answer answer = answer_status(200);
    answer.response.headers.push_back({"Handshake-Msg", std::move(message)});
    answer.response.headers.push_back({"Handshake-Status", std::move(status)});
    answer.response.headers.push_back({"x-tt-logid", "20260909160450EXAMPLE0123456789AB"});
    return answer;
}

}  // namespace

scripted_answer answer_device_blocked() {
    return refusal("DEVICE_BLOCKED", "415");
}

scripted_answer answer_illegal_secret_key() {
    return refusal("illegal secret key", "417");
}

scripted_answer answer_cookie_missing() {
    return refusal("http: named cookie not present", "417");
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
