// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/login/grant.hpp"

#include <gmock/gmock.h>

#include <array>
#include <nlohmann/json.hpp>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace {

using nlohmann::json;

grant sample() {
    grant out;
    out.access = core::secret("access0");
    out.refresh = core::secret("refresh0");
    out.client_id = "client0";
    out.login = "some_bot";
    out.user_id = "12345";
    out.scopes = {"chat:read", "chat:edit"};
    out.obtained_at = 1'700'000'000'000;
    out.expires_at = 1'700'014'400'000;
    return out;
}

// The written form with one member changed, and without a checksum, as version 0.1.0 wrote it.
std::string with(const char* name, json value) {
    auto object = json::parse(write_grant(sample()));
    object.erase("checksum");
    object[name] = std::move(value);
    return object.dump();
}
void expect_damaged(const std::string& text) {
    const auto read = read_grant(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error(), errc::token_store_damaged);
}

TEST(grant_file, reads_what_it_wrote) {
    auto value = sample();
    EXPECT_EQ(read_grant(write_grant(value)).value(), value);
    value.refreshing = true;
    value.refresh = core::secret();
    value.expires_at = 0;
    value.scopes.clear();
    EXPECT_EQ(read_grant(write_grant(value)).value(), value);
}

TEST(grant_file, every_cut_is_damage) {
    const auto text = write_grant(sample());
    for (std::size_t length = 0; length + 2 < text.size(); ++length)
        expect_damaged(text.substr(0, length));
}

// A token with another character would be sent, and refused.
TEST(grant_file, every_changed_character_is_damage) {
    const auto text = write_grant(sample());
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto spoiled = text;
        spoiled[at] = static_cast<char>(spoiled[at] ^ 1);
        const auto read = read_grant(spoiled);
        EXPECT_TRUE(!read || *read == sample()) << at;
    }
}

TEST(grant_file, every_missing_member_is_damage) {
    auto whole = json::parse(write_grant(sample()));
    whole.erase("checksum");
    EXPECT_EQ(read_grant(whole.dump()).value(), sample()) << "version 0.1.0 wrote none";
    for (const auto& member : whole.items()) {
        if (member.key() == "needs_secret")
            continue;  // 0.1.0 did not write it
        auto less = whole;
        less.erase(member.key());
        expect_damaged(less.dump());
    }
}

TEST(grant_file, members_of_a_wrong_kind_or_size_are_damage) {
    expect_damaged(with("version", 2));
    expect_damaged(with("version", "1"));
    expect_damaged(with("access_token", ""));
    expect_damaged(with("access_token", 7));
    expect_damaged(with("refreshing", 1));
    expect_damaged(with("obtained_at", -1));
    expect_damaged(with("expires_at", 1.5));
    expect_damaged(with("expires_at", 100'000'000'000'000));
    expect_damaged(with("scopes", "chat:read"));
    expect_damaged(with("scopes", json::array({1})));
    expect_damaged(with("login", "Some_Bot"));
    expect_damaged(with("login", ""));
    expect_damaged(with("login", std::string(26, 'a')));
    EXPECT_TRUE(read_grant(with("login", std::string(25, 'a'))));
    expect_damaged(with("access_token", std::string(longest_token + 1, 'a')));
    EXPECT_TRUE(read_grant(with("access_token", std::string(longest_token, 'a'))));
    expect_damaged(with("scopes", std::vector<std::string>(257, "s")));
    EXPECT_TRUE(read_grant(with("scopes", std::vector<std::string>(256, "s"))));
    expect_damaged("[]");
    expect_damaged("null");
}

TEST(grant_file, what_could_break_a_header_or_a_line_is_damage) {
    for (const auto* bad : {"a b", "a\r\nQUIT", "a\tb", "\xc3\xa4", "a\x7f"})
        for (const auto* name : {"access_token", "refresh_token", "client_id", "user_id"})
            expect_damaged(with(name, bad));
}

TEST(grant_file, members_of_a_later_program_are_ignored) {
    EXPECT_EQ(read_grant(with("note", "new")).value(), sample());
}

TEST(grant_file, a_value_that_is_no_utf_8_is_written_without_throwing) {
    auto value = sample();
    value.login = "\xff";
    expect_damaged(write_grant(value));
}

TEST(grant_scopes, the_missing_ones_are_named_in_the_order_asked) {
    const std::array wanted{scope_send, scope_read, scope_delete};
    EXPECT_THAT(missing_scopes(sample(), wanted), testing::ElementsAre(scope_send, scope_delete));
    EXPECT_THAT(missing_scopes(grant{}, std::span(wanted).first(1)), testing::ElementsAre(scope_send));
    EXPECT_TRUE(missing_scopes(sample(), std::span<const std::string_view>{}).empty());
}

}  // namespace
}  // namespace tiktok2twitch::twitch
