// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/filter/message_filter.hpp"

#include <gtest/gtest.h>

#include "filter_support.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/filter/user_rules.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"

namespace tiktok2twitch::relay::test {
namespace {

event with_names(std::string_view nickname, std::string_view unique_id) {
    event made = comment("hello");
    made.from.nickname = nickname;
    made.from.unique_id = unique_id;
    return made;
}

event by(std::int64_t id, std::string_view text = "hello") {
    return comment(text, id);
}

core::time_point at(core::duration since) {
    return core::time_point{} + since;
}

TEST(message_filter_test, defaults_pass_clean_text_defang_links_and_drop_hate) {
    auto filter = make({});
    EXPECT_EQ(judge(filter, "  hello\n@you \u202Ethere ").text, "hello ＠you there");
    EXPECT_EQ(judge(filter, "example.com").text, "example(dot)com");
    EXPECT_EQ(judge(filter, "Sieg Heil!").reason, "blocked_word");
}

TEST(message_filter_test, user_rules_know_ids_handles_and_addresses) {
    auto options = bare();
    options.blocked_users = {"123", "@Evil.One", "https://www.tiktok.com/@worse/live"};
    auto filter = make(options);
    EXPECT_EQ(filter.judge(by(123), {}).rule, "user 123");
    EXPECT_EQ(filter.judge(by(123), {}).reason, "blocked_user");
    EXPECT_EQ(filter.judge(with_names("x", "EVIL.one"), {}).rule, "user @evil.one");
    EXPECT_EQ(filter.judge(with_names("x", "worse"), {}).what, kind::drop);
    EXPECT_EQ(filter.judge(with_names("123", "evil"), {}).what, kind::pass);
    event gift = by(123);
    gift.kind = event_kind::gift;
    EXPECT_EQ(filter.judge(gift, {}).what, kind::drop);
}

TEST(message_filter_test, blocked_wins_over_allowed) {
    auto options = bare();
    options.blocked_users = {"7"};
    options.allowed_users = {"7"};
    EXPECT_EQ(make(options).judge(by(7), {}).reason, "blocked_user");
}

TEST(message_filter_test, allowed_users_meet_no_other_rule) {
    auto options = with_words({"bad"});
    options.patterns = {"b"};
    options.links = link_action::drop;
    options.min_length = 30;
    options.languages = {"de"};
    options.per_user = {1, 1min};
    options.hold_new_users = 1min;
    options.allowed_users = {"7"};
    auto filter = make(options);
    event said = comment("bad example.com");
    said.language = "en";
    said.from.nickname = "bad";
    for (int i = 0; i < 3; ++i) {
        const auto answer = filter.judge(said, {});
        EXPECT_EQ(answer.what, kind::pass);
        EXPECT_EQ(answer.text, "bad example.com");
        EXPECT_EQ(answer.reason, "");
        EXPECT_FALSE(answer.name);
    }
}

TEST(message_filter_test, users_that_are_none_are_errors) {
    auto options = bare();
    for (const char* user : {"", "@", "a b", "99999999999999999999", "0"}) {
        options.blocked_users = {"fine", user};
        EXPECT_EQ(hint_of(options), "filter.blocked_users, entry 2: \"" + std::string(user) +
                                        "\" is no TikTok user; write @user or the permanent number");
    }
}

TEST(message_filter_test, lengths_are_counted_in_clusters_of_the_clean_text) {
    auto options = bare();
    options.min_length = 2;
    options.max_length = 4;
    auto filter = make(options);
    EXPECT_EQ(judge(filter, " 👨\u200D👩\u200D👧 ").reason, "too_short");
    EXPECT_EQ(judge(filter, "ab").what, kind::pass);
    EXPECT_EQ(judge(filter, "🇩🇪🇩🇪e\u0301z").what, kind::pass);
    EXPECT_EQ(judge(filter, "abcde").reason, "too_long");
    event sticker = comment("");
    sticker.kind = event_kind::emote_chat;
    EXPECT_EQ(filter.judge(sticker, {}).what, kind::pass);
    event streamer = comment("a");
    streamer.from.streamer = true;
    EXPECT_EQ(filter.judge(streamer, {}).what, kind::pass);
    options.min_length = 5;
    EXPECT_EQ(hint_of(options), "filter.min_length is larger than filter.max_length: no comment would pass");
}

TEST(message_filter_test, languages_compare_without_region_and_unknown_ones_pass) {
    auto options = bare();
    options.languages = {"pt-BR", "EN"};
    auto filter = make(options);
    const auto reason = [&filter](const char* language) {
        event said = comment("hello");
        said.language = language;
        return filter.judge(said, {}).reason;
    };
    for (const char* language : {"", "und", "un", "pt", "pt-PT", "en_US", "En"})
        EXPECT_EQ(reason(language), "") << language;
    EXPECT_EQ(reason("de"), "language");
    EXPECT_EQ(reason("p"), "language");
    options.languages = {"ENG", "fil"};
    filter = make(options);
    for (const char* language : {"en", "eng", "fil-PH"})
        EXPECT_EQ(reason(language), "") << language;
    EXPECT_EQ(reason("pt"), "language");
    options.languages = {"english"};
    EXPECT_EQ(hint_of(options),
              "filter.languages: \"english\" is no code of a language; did you mean \"en\"?");
    options.languages = {"und"};
    EXPECT_EQ(hint_of(options),
              "filter.languages: \"und\" is no language; write en, pt or de (unknown ones always pass)");
}

TEST(message_filter_test, names_with_blocked_words_drop_the_event_or_are_masked) {
    auto options = with_words({"bad"});
    auto dropping = make(options);
    EXPECT_EQ(dropping.judge(with_names("Mr B.A.D", "x"), {}).reason, "blocked_name");
    EXPECT_EQ(dropping.judge(with_names("Ann", "bad_guy88"), {}).reason, "blocked_name");
    event follow = with_names("bad", "x");
    follow.kind = event_kind::follow;
    EXPECT_EQ(dropping.judge(follow, {}).reason, "blocked_name");
    dropping.set_extra_words({"ugly"});
    EXPECT_EQ(dropping.judge(with_names("ugly", "x"), {}).rule, "word \"ugly\" of the moderators");

    options.words_action = filter_action::mask;
    auto masking = make(options);
    const auto said = masking.judge(with_names("Mr Bad", "bad_guy"), {});
    EXPECT_EQ(said.what, kind::pass);
    EXPECT_EQ(said.reason, "blocked_name");
    EXPECT_EQ(said.name, "Mr ***");
    EXPECT_EQ(said.unique_id, "***_guy");
    EXPECT_EQ(said.text, "hello");
    EXPECT_FALSE(masking.judge(with_names("Ann", "ann"), {}).name);
}

TEST(message_filter_test, names_meet_patterns_like_texts) {
    auto options = bare();
    options.patterns = {"\\d{4,}", "^\\.+$"};
    auto dropping = make(options);
    EXPECT_EQ(dropping.judge(with_names("call 55555", "x"), {}).reason, "blocked_name");
    EXPECT_EQ(dropping.judge(with_names("call 55555", "x"), {}).rule, "pattern 1 \"\\d{4,}\"");
    EXPECT_EQ(dropping.judge(with_names("Ann", "ann_20011"), {}).reason, "blocked_name");
    EXPECT_EQ(dropping.judge(with_names("...", "x"), {}).rule, "pattern 2 \"^\\.+$\"");
    EXPECT_EQ(dropping.judge(with_names("Ann 555", "x"), {}).what, kind::pass);

    options.patterns_action = filter_action::mask;
    const auto said = make(options).judge(with_names("call 55555", "ann_20011"), {});
    EXPECT_EQ(said.what, kind::pass);
    EXPECT_EQ(said.reason, "blocked_name");
    EXPECT_EQ(said.name, "call *****");
    EXPECT_EQ(said.unique_id, "ann_*****");
}

message_filter with_lines(const filter_options& options, std::string_view layout) {
    auto filter = make(options);
    filter.set_lines(formatter(parse_template(layout).value(), "host"));
    return filter;
}

TEST(message_filter_test, a_handle_that_no_line_shows_breaks_no_rule) {
    for (const auto action : {filter_action::drop, filter_action::mask, filter_action::hold}) {
        auto options = with_words({"gook"}, action);
        options.patterns = {"\\d{4,}"};
        options.patterns_action = action;
        options.links = link_action::defang;
        auto hidden = with_lines(options, "[T] {name}: {text}");
        auto shown = with_lines(options, "[T] {name} ({unique_id}): {text}");
        for (const char* handle : {"go.ok", "ann_20011", "maria.one"}) {
            for (const auto kind : {event_kind::chat, event_kind::gift, event_kind::follow}) {
                event said = with_names("Bob", handle);
                said.kind = kind;
                const auto unseen = hidden.judge(said, {});
                EXPECT_EQ(unseen.what, verdict::kind::pass) << handle;
                EXPECT_EQ(unseen.reason, "") << handle;
                EXPECT_TRUE(unseen.changes.empty()) << handle;
                EXPECT_TRUE(unseen.unique_id) << handle << ": fit to be seen all the same";
                EXPECT_NE(shown.judge(said, {}).reason, "") << handle;
            }
            for (const char* nickname : {"", "\u200B"})
                EXPECT_NE(hidden.judge(with_names(nickname, handle), {}).reason, "") << handle;
        }
    }
}

TEST(message_filter_test, a_handle_that_stands_for_a_masked_name_is_judged) {
    auto masking = with_lines(with_words({"bad"}, filter_action::mask), "[T] {name}: {text}");
    EXPECT_EQ(masking.judge(with_names("bad", "bad_guy"), {}).unique_id, "***_guy");
    auto options = with_words({"bad"}, filter_action::mask);
    options.patterns = {"guy"};
    auto filter = with_lines(options, "[T] {name}: {text}");
    EXPECT_EQ(filter.judge(with_names("bad", "a_guy"), {}).what, kind::drop);
    EXPECT_EQ(filter.judge(with_names("Ann", "a_guy"), {}).what, kind::pass);
}

TEST(message_filter_test, rules_about_users_know_handles_that_no_line_shows) {
    auto options = with_words({"bad"});
    options.blocked_users = {"@go.ok"};
    options.allowed_users = {"@friend"};
    auto filter = with_lines(options, "[T] {name}: {text}");
    EXPECT_EQ(filter.judge(with_names("Bob", "Go.ok"), {}).reason, "blocked_user");
    EXPECT_EQ(filter.judge(with_names("so bad", "friend"), {}).what, kind::pass);
}

TEST(message_filter_test, a_name_that_is_to_be_held_holds_the_event) {
    auto options = with_words({"bad"}, filter_action::hold);
    options.patterns = {"\\d{4,}"};
    options.patterns_action = filter_action::hold;
    for (const char* name : {"bad", "call 55555"}) {
        const auto said = make(options).judge(with_names(name, "x"), {});
        EXPECT_EQ(said.what, kind::hold) << name;
        EXPECT_EQ(said.reason, "blocked_name");
        EXPECT_EQ(said.wait, options.hold_for);
        EXPECT_FALSE(said.release_after);
        EXPECT_FALSE(said.name) << "whoever approves it approves the name";
    }
}

TEST(message_filter_test, of_a_name_that_is_masked_altogether_nothing_is_shown) {
    auto options = with_words({"bad", "🔥"}, filter_action::mask);
    auto masking = make(options);
    for (const char* name : {"bad", "B.A.D!", "~ bad ~", "🔥"}) {
        const auto said = masking.judge(with_names(name, "bad"), {});
        EXPECT_EQ(said.what, kind::pass) << name;
        EXPECT_EQ(said.name, "") << name;
        EXPECT_EQ(said.unique_id, "") << name;
    }
    EXPECT_EQ(masking.judge(with_names("bad 😀", "x"), {}).name, "*** 😀");
    EXPECT_FALSE(masking.judge(with_names("…", "x"), {}).name) << "it was so before";
}

TEST(message_filter_test, what_was_paid_for_is_told_at_once_without_the_name) {
    for (const auto action : {filter_action::drop, filter_action::hold}) {
        auto options = with_words({"bad"}, action);
        options.patterns = {"\\d{4,}"};
        options.patterns_action = action;
        auto filter = make(options);
        for (const auto kind : {event_kind::gift, event_kind::subscribe}) {
            for (const char* name : {"so bad", "call 55555"}) {
                event paid = with_names(name, "bad_guy");
                paid.kind = kind;
                const auto said = filter.judge(paid, {});
                EXPECT_EQ(said.what, verdict::kind::pass) << name;
                EXPECT_EQ(said.reason, "blocked_name");
                EXPECT_EQ(said.name, "");
                EXPECT_EQ(said.unique_id, "");
            }
        }
        event follow = with_names("so bad", "x");
        follow.kind = event_kind::follow;
        EXPECT_NE(filter.judge(follow, {}).what, verdict::kind::pass);
    }
}

TEST(message_filter_test, links_in_names_are_taken_apart_whatever_the_action) {
    auto options = bare();
    for (const auto action : {link_action::defang, link_action::drop, link_action::hold}) {
        options.links = action;
        const auto said = make(options).judge(with_names("www.x.zz now", "free.tv"), {});
        EXPECT_EQ(said.what, kind::pass);
        EXPECT_EQ(said.name, "www(dot)x(dot)zz now");
        EXPECT_EQ(said.unique_id, "free·tv");
        EXPECT_EQ(said.rule, "link \"www.x.zz\" in the name");
    }
    options.links = link_action::strip;
    EXPECT_EQ(make(options).judge(with_names("www.x.zz now", "ann"), {}).name, "[link] now");
    EXPECT_EQ(make(options).judge(with_names("https://x.zz/a", "ann"), {}).name, "");
    EXPECT_EQ(make(options).judge(with_names("maria.one", "ann"), {}).name, "maria·one")
        << "a name stays one";
    options.links = link_action::allow;
    EXPECT_FALSE(make(options).judge(with_names("www.x.zz now", "ann"), {}).name);
}

TEST(message_filter_test, a_name_that_could_be_clicked_keeps_its_letters) {
    auto filter = make({});
    const auto name_of = [&filter](const char* name) {
        const auto said = filter.judge(with_names(name, name), {});
        EXPECT_EQ(said.name, said.unique_id);
        return said.name.value_or(name);
    };
    EXPECT_EQ(name_of("maria.one"), "maria·one");
    EXPECT_EQ(name_of("Maria.Love"), "Maria·Love") << "names are no sentences";
    EXPECT_EQ(name_of("its.me.now"), "its·me·now");
    EXPECT_EQ(name_of("its.me.again"), "its.me.again");
    EXPECT_EQ(name_of("a.b.com x.tv"), "a·b·com x·tv");
    EXPECT_EQ(name_of("maria。one"), "maria·one");
    EXPECT_EQ(name_of("x.com/join"), "x(dot)com/join");
    EXPECT_EQ(name_of("https://x.com"), "x(dot)com");
    EXPECT_EQ(name_of("ann.fan no.net worth"), "ann·fan no·net worth");
    EXPECT_EQ(name_of("evil.cfd/x"), "evil(dot)cfd/x");
    EXPECT_EQ(name_of("evil.nosuch/x"), "evil(dot)nosuch/x");
    EXPECT_EQ(name_of("nice.it was"), "nice·it was");
    for (const char* name : {"ann.fann", "john.smith", "J.R.", "mr.t", "v1.5", "user.2004", "maria dot com",
                             "_.luna._", "x..y", "anna.k", "the.real.bob", "maria·one"})
        EXPECT_EQ(name_of(name), name);
}

TEST(message_filter_test, of_other_events_only_users_and_names_count) {
    auto options = with_words({"bad"});
    options.min_length = 50;
    options.per_user = {1, 1h};
    options.hold_new_users = 1min;
    auto filter = make(options);
    for (int kind_number = 0; kind_number < static_cast<int>(event_kinds); ++kind_number) {
        event happened = comment("bad");
        happened.kind = static_cast<event_kind>(kind_number);
        const bool is_comment = happened.kind == event_kind::chat || happened.kind == event_kind::question ||
                                happened.kind == event_kind::emote_chat;
        EXPECT_EQ(filter.judge(happened, {}).what, is_comment ? kind::drop : kind::pass) << kind_number;
    }
}

TEST(message_filter_test, a_user_may_say_so_much_in_any_window) {
    auto options = bare();
    options.per_user = {2, 10s};
    auto filter = make(options);
    EXPECT_EQ(filter.judge(by(1), at(0s)).what, kind::pass);
    EXPECT_EQ(filter.judge(by(1), at(4s)).what, kind::pass);
    EXPECT_EQ(filter.judge(by(1), at(9s)).reason, "user_rate");
    EXPECT_EQ(filter.judge(by(2), at(9s)).what, kind::pass);
    EXPECT_EQ(filter.judge(by(1), at(10s)).what, kind::pass);
    EXPECT_EQ(filter.judge(by(1), at(13s)).reason, "user_rate");
    EXPECT_EQ(filter.judge(by(1), at(13s)).rule, "per_user 2 in 10s");
    EXPECT_EQ(filter.judge(by(1), at(14s)).what, kind::pass);
    event moderator = by(1);
    moderator.from.moderator = true;
    EXPECT_EQ(filter.judge(moderator, at(14s)).what, kind::pass);
    EXPECT_EQ(filter.judge(by(0), at(14s)).what, kind::pass);
    options.per_user.count = 101;
    EXPECT_EQ(hint_of(options),
              "filter.per_user: at most 100 comments can be counted; write a shorter window");
}

TEST(message_filter_test, ten_thousand_users_are_counted_and_the_idlest_is_forgotten) {
    rate_counter counter;
    const user_rate once{1, 1h};
    for (std::int64_t user = 1; user <= 10'000; ++user)
        ASSERT_TRUE(counter.admit(user, once, {}));
    EXPECT_FALSE(counter.admit(1, once, {}));  // not idle any more
    EXPECT_TRUE(counter.admit(10'001, once, {}));
    EXPECT_EQ(counter.users(), 10'000u);
    EXPECT_FALSE(counter.admit(1, once, {}));
    EXPECT_TRUE(counter.admit(2, once, {}));
}

TEST(message_filter_test, a_new_users_first_comment_waits_and_goes_by_itself) {
    auto options = with_words({"bad"});
    options.hold_new_users = 20s;
    auto filter = make(options);
    EXPECT_EQ(filter.judge(by(1, "bad"), {}).what, kind::drop);
    const auto first = filter.judge(by(1), {});
    EXPECT_EQ(first.what, kind::hold);
    EXPECT_EQ(first.reason, "new_user");
    EXPECT_EQ(first.wait, 20s);
    EXPECT_TRUE(first.release_after);
    EXPECT_EQ(first.text, "hello");
    EXPECT_EQ(filter.judge(by(1), {}).what, kind::pass);
    event streamer = by(2);
    streamer.from.streamer = true;
    EXPECT_EQ(filter.judge(streamer, {}).what, kind::pass);
}

TEST(message_filter_test, fifty_thousand_users_are_known) {
    recent_users<int, most_known_users> known;
    for (std::int64_t user = 0; user <= 50'000; ++user)
        known.touch(user);
    EXPECT_EQ(known.size(), 50'000u);
    EXPECT_FALSE(known.knows(0));
    EXPECT_TRUE(known.knows(1));
    EXPECT_TRUE(known.knows(50'000));
}

TEST(message_filter_test, a_moderators_hold_is_stronger_than_that_of_new_users) {
    auto options = with_words({"bad"}, filter_action::hold);
    options.hold_new_users = 20s;
    options.links = link_action::defang;
    auto filter = make(options);
    const auto said = filter.judge(by(1, "bad example.com"), {});
    EXPECT_EQ(said.reason, "blocked_word");
    EXPECT_EQ(said.wait, options.hold_for);
    EXPECT_FALSE(said.release_after);
    EXPECT_EQ(said.text, "bad example(dot)com");
}

TEST(message_filter_test, a_later_rule_that_drops_wins_over_one_that_holds) {
    auto options = with_words({"bad"}, filter_action::hold);
    options.links = link_action::drop;
    const auto said = make(options).judge(by(1, "bad example.com"), {});
    EXPECT_EQ(said.what, kind::drop);
    EXPECT_EQ(said.reason, "link");
    EXPECT_EQ(said.wait, core::duration::zero());
}

TEST(message_filter_test, a_new_filter_inherits_rates_and_known_users) {
    auto options = bare();
    options.per_user = {1, 1min};
    options.hold_new_users = 20s;
    auto older = make(options);
    EXPECT_EQ(older.judge(by(1), at(0s)).reason, "new_user");
    auto filter = make(options);
    filter.inherit(std::move(older));
    EXPECT_EQ(filter.judge(by(1), at(1s)).reason, "user_rate");
    EXPECT_EQ(filter.judge(by(1), at(61s)).what, kind::pass);
}

TEST(message_filter_test, errors_are_bad_filter) {
    auto options = bare();
    options.patterns = {"("};
    EXPECT_EQ(message_filter::compile(options, {}).error(), core::errc::bad_filter);
    options = with_words({"?"});
    EXPECT_EQ(message_filter::compile(options, {}, nullptr).error(), core::errc::bad_filter);
}

TEST(message_filter_test, everything_that_was_changed_is_named_once) {
    auto options = with_words({"bad"}, filter_action::mask);
    options.patterns = {"\\d{4,}"};
    options.patterns_action = filter_action::mask;
    options.links = link_action::defang;
    auto filter = make(options);
    const auto said = judge(filter, "bad bad 12345 https://example.com and example.org");
    EXPECT_EQ(said.what, kind::pass);
    EXPECT_EQ(said.changes, (std::vector<std::string>{"blocked_word", "blocked_pattern", "link"}));
    EXPECT_EQ(said.reason, "blocked_word");
    EXPECT_TRUE(judge(filter, "hello").changes.empty());
    options.words_action = filter_action::hold;
    auto holding = make(options);
    const auto held = judge(holding, "bad 12345");
    EXPECT_EQ(held.what, kind::hold);
    EXPECT_EQ(held.reason, "blocked_word");
    EXPECT_EQ(held.changes, std::vector<std::string>{"blocked_pattern"});
    options.links = link_action::drop;
    auto dropping = make(options);
    EXPECT_TRUE(judge(dropping, "12345 https://example.com").changes.empty()) << "it goes nowhere";
}

}  // namespace
}  // namespace tiktok2twitch::relay::test
