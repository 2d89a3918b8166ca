// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/message_filter.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/filter/languages.hpp"

namespace tiktok2twitch::relay {
namespace {

// Both: the sentence for what cannot be used; empty: all is well.
std::string compile_languages(const std::vector<std::string>& tags, std::vector<std::string>& out) {
    for (const std::string& tag : tags) {
        if (const std::string problem = language_problem(tag); !problem.empty())
            return "filter.languages: \"" + tag + "\" " + problem;
        std::string language = base_language(tag);
        if (const auto two_letters = short_code(language); !two_letters.empty())
            out.emplace_back(two_letters);
        out.push_back(std::move(language));
    }
    return {};
}

std::string check_numbers(const filter_options& options) {
    if (options.max_length != 0 && options.min_length > options.max_length)
        return "filter.min_length is larger than filter.max_length: no comment would pass";
    if (options.per_user.count > rate_counter::most_count)
        return "filter.per_user: at most " + std::to_string(rate_counter::most_count) +
               " comments can be counted; write a shorter window";
    return {};
}

}  // namespace

core::result<message_filter> message_filter::compile(const filter_options& options,
                                                     const std::vector<word_list>& files, std::string* hint) {
    message_filter out;
    out.min_length_ = options.min_length;
    out.max_length_ = options.max_length;
    std::string problem = check_numbers(options);
    if (problem.empty())
        problem = compile_languages(options.languages, out.languages_);
    if (!problem.empty()) {
        if (hint != nullptr)
            *hint = std::move(problem);
        return core::make_error_code(core::errc::bad_filter);
    }
    auto texts = text_rules::compile(options, files, hint);
    if (!texts)
        return texts.error();
    auto users = user_rules::compile(options, hint);
    if (!users)
        return users.error();
    out.texts_ = std::move(*texts);
    out.users_ = std::move(*users);
    return out;
}

verdict message_filter::judge(const event& event, core::time_point now) {
    verdict out;
    if (judge_content(event, out))
        users_.count(event.from, now, out);
    return out;
}

verdict message_filter::judge_again(const event& event) const {
    verdict out;
    judge_content(event, out);
    return out;
}

bool message_filter::judge_content(const event& event, verdict& out) const {
    if (auto rule = users_.blocked(event.from))
        return out.drop("blocked_user", std::move(*rule));
    out.text = core::clean_text(event.text);
    if (users_.allowed(event.from))
        return false;
    const bool trusted = event.from.streamer || event.from.moderator;
    const bool may_link = event.from.streamer;
    if (!judge_names(event, may_link, out) || !is_comment(event.kind))
        return false;
    return (trusted || judge_form(event, out)) && texts_.judge_text(may_link, out) && !trusted;
}

bool message_filter::judge_names(const event& event, bool may_link, verdict& out) const {
    const bool paid = is_paid(event.kind);
    const auto& handle = event.from.unique_id;
    if (!texts_.judge_name(event.from.nickname, may_link, paid, out.name, out))
        return false;
    out.shows_handle =
        !lines_ || lines_->shows_handle(event.kind, out.name ? *out.name : event.from.nickname);
    if (out.shows_handle)
        return texts_.judge_name(handle, may_link, paid, out.unique_id, out);
    // Nobody sees it, and nothing is counted or dropped for it. It is made fit to be seen all the same: the
    // event may wait until another template does show it.
    verdict unseen;
    return texts_.judge_name(handle, may_link, true, out.unique_id, unseen);
}

bool message_filter::judge_form(const event& event, verdict& out) const {
    if (out.text.empty())
        return true;  // a sticker; of other comments nothing is said anyway
    const std::string language = base_language(event.language);
    if (!languages_.empty() && !language.empty() &&
        std::ranges::find(languages_, language) == languages_.end())
        return out.drop("language", "language " + language);
    if (min_length_ == 0 && max_length_ == 0)
        return true;
    const std::size_t length = core::count_clusters(out.text);
    if (length < min_length_)
        return out.drop("too_short", "min_length " + std::to_string(min_length_));
    if (max_length_ != 0 && length > max_length_)
        return out.drop("too_long", "max_length " + std::to_string(max_length_));
    return true;
}

void message_filter::judge_line(const event& event, std::string& body, std::span<const std::size_t> joints,
                                verdict& out) const {
    if (is_comment(event.kind) && !joints.empty() && !users_.allowed(event.from))
        texts_.judge_line(body, joints, event.from.streamer, out);
}

}  // namespace tiktok2twitch::relay
