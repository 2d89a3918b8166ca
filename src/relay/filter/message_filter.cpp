// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/message_filter.hpp"

#include <algorithm>
#include <utility>

#include "relay/language_codes.hpp"
#include "relay/message_filter_impl.hpp"
#include "relay/verdict_steps.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/priority.hpp"

namespace tiktok2twitch::relay {

namespace {

std::string seconds_text(core::duration window) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(window).count();
    return ms % 1000 == 0 ? std::to_string(ms / 1000) + "s" : std::to_string(ms) + "ms";
}

}  // namespace

bool message_filter::impl::judge_content(const event& event, verdict& out) const {
    if (auto rule = blocked.find(event.from))
        return drop(out, "blocked_user", std::move(*rule));
    out.text = core::clean_text(event.text);
    if (allowed.find(event.from))
        return false;
    const bool trusted = event.from.streamer || event.from.moderator;
    const bool may_link = event.from.streamer;
    if (!judge_names(event, may_link, out) || !is_comment(event.kind))
        return false;
    return (trusted || judge_form(event, out)) && judge_text(may_link, out) && !trusted;
}

bool message_filter::impl::judge_form(const event& event, verdict& out) const {
    if (out.text.empty())
        return true;  // a sticker; of other comments nothing is said anyway
    const std::string language = base_language(event.language);
    if (!languages.empty() && !language.empty() && std::ranges::find(languages, language) == languages.end())
        return drop(out, "language", "language " + language);
    if (options.min_length == 0 && options.max_length == 0)
        return true;
    const std::size_t length = core::count_clusters(out.text);
    if (length < options.min_length)
        return drop(out, "too_short", "min_length " + std::to_string(options.min_length));
    if (options.max_length != 0 && length > options.max_length)
        return drop(out, "too_long", "max_length " + std::to_string(options.max_length));
    return true;
}

bool message_filter::impl::judge_user(const event& event, core::time_point now, verdict& out) {
    const std::int64_t id = event.from.id;
    if (id == 0)
        return true;  // nobody's number
    if (!rates.admit(id, options.per_user, now))
        return drop(out, "user_rate",
                    "per_user " + std::to_string(options.per_user.count) + " in " +
                        seconds_text(options.per_user.window));
    if (options.hold_new_users <= core::duration::zero())
        return true;
    const bool is_new = !known.knows(id);
    known.touch(id);
    if (is_new && out.what != verdict::kind::hold) {
        hold(out, "new_user", "first comment of user " + std::to_string(id), options.hold_new_users);
        out.release_after = true;
    }
    return true;
}

message_filter::message_filter(std::unique_ptr<impl> made) : impl_(std::move(made)) {}
message_filter::message_filter(message_filter&&) noexcept = default;
message_filter& message_filter::operator=(message_filter&&) noexcept = default;
message_filter::~message_filter() = default;

verdict message_filter::judge(const event& event, core::time_point now) {
    verdict out;
    if (impl_->judge_content(event, out))
        impl_->judge_user(event, now, out);
    return out;
}

verdict message_filter::judge_again(const event& event) const {
    verdict out;
    impl_->judge_content(event, out);
    return out;
}

void message_filter::set_extra_words(const std::vector<std::string>& words) {
    word_matcher extra;
    for (const std::string& word : words)
        extra.add(word, "of the moderators");
    impl_->extra = std::move(extra);
}

void message_filter::set_lines(formatter lines) {
    impl_->lines = std::move(lines);
}

void message_filter::inherit(message_filter&& older) {
    impl_->rates = std::move(older.impl_->rates);
    impl_->known = std::move(older.impl_->known);
}

}  // namespace tiktok2twitch::relay
