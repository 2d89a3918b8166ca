// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/reload.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::app {
namespace {

TEST(reload_test, routes_are_kept_added_and_removed) {
    const auto changes = compare_routes({{"ann", "one"}, {"bob", "two"}}, {{"bob", "two"}, {"ann", "three"}});
    EXPECT_EQ(changes.kept, (std::vector<route_config>{{"bob", "two"}}));
    EXPECT_EQ(changes.added, (std::vector<route_config>{{"ann", "three"}}));
    EXPECT_EQ(changes.removed, (std::vector<route_config>{{"ann", "one"}}));
}

TEST(reload_test, a_route_whose_events_changed_is_kept_with_the_new_ones) {
    event_set gifts;
    gifts.set(static_cast<std::size_t>(relay::event_kind::gift));
    const auto changes = compare_routes({{"ann", "one"}}, {{"ann", "one", gifts}});
    EXPECT_EQ(changes.kept, (std::vector<route_config>{{"ann", "one", gifts}}));
    EXPECT_TRUE(changes.added.empty());
    EXPECT_TRUE(changes.removed.empty());
}

TEST(reload_test, what_a_running_connection_depends_on_stays_and_is_named) {
    auto running = default_config();
    running.twitch.login = "bot";
    auto loaded = running;
    loaded.twitch.login = "other";
    loaded.ca_file = "/elsewhere.pem";
    loaded.tiktok.poll_interval = std::chrono::minutes(2);
    loaded.events.of(relay::event_kind::chat).line_template = "{name}: {text}";
    const auto keys = keys_that_need_restart(running, loaded);
    EXPECT_EQ(keys, (std::vector<std::string>{"tiktok.poll_interval", "twitch.login", "tls.ca_file"}));
    const auto merged = merge_reloaded(running, loaded);
    EXPECT_EQ(merged.twitch.login, "bot");
    EXPECT_EQ(merged.tiktok.poll_interval, running.tiktok.poll_interval);
    EXPECT_EQ(merged.ca_file, running.ca_file);
    EXPECT_EQ(merged.events.of(relay::event_kind::chat).line_template, "{name}: {text}");
}

TEST(reload_test, a_start_takes_the_stored_login_that_is_meant_or_the_only_one) {
    auto settings = default_config();
    use_stored_login(settings, {"bot"}, {});
    EXPECT_EQ(settings.twitch.login, "bot");
    EXPECT_TRUE(settings.twitch.token_is_kept);
    settings.twitch.login = "other";
    use_stored_login(settings, {"bot"}, {});
    EXPECT_FALSE(settings.twitch.token_is_kept);
    auto unclear = default_config();
    use_stored_login(unclear, {"bot", "other"}, {});
    EXPECT_EQ(unclear.twitch.login, "");
    EXPECT_FALSE(unclear.twitch.token_is_kept);
    auto pasted = default_config();
    pasted.twitch.token = core::secret("token");
    use_stored_login(pasted, {"bot"}, {});
    EXPECT_EQ(pasted.twitch.login, "");
    EXPECT_FALSE(pasted.twitch.token_is_kept);
}

TEST(reload_test, a_relay_keeps_its_stored_login_whatever_is_stored_by_now) {
    using logins = std::vector<std::string>;
    for (const auto& stored : {logins{"bot", "other"}, logins{"other"}, logins{}}) {
        auto again = default_config();
        use_stored_login(again, stored, {"bot", true});
        EXPECT_EQ(again.twitch.login, "bot");
        EXPECT_TRUE(again.twitch.token_is_kept);
    }
    auto now_pasted = default_config();
    now_pasted.twitch.token = core::secret("token");
    use_stored_login(now_pasted, {"bot"}, {"bot", true});
    EXPECT_FALSE(now_pasted.twitch.token_is_kept) << "which the reload says takes a restart";
    auto no_token_left = default_config();
    use_stored_login(no_token_left, {"other"}, {"bot", false});
    EXPECT_EQ(no_token_left.twitch.login, "bot");
    EXPECT_FALSE(no_token_left.twitch.token_is_kept);
}

TEST(reload_test, the_way_to_twitch_stays) {
    auto running = default_config();
    running.transport = chat_transport::helix;
    running.commands.enabled = false;
    auto loaded = running;
    loaded.commands.enabled = true;
    EXPECT_EQ(keys_that_need_restart(running, loaded), (std::vector<std::string>{"commands.enabled"}));
    loaded.transport = chat_transport::irc;
    loaded.helix_url = core::parse_url("https://localhost:1/helix").value();
    EXPECT_EQ(keys_that_need_restart(running, loaded),
              (std::vector<std::string>{"twitch.transport", "commands.enabled", "twitch.helix_url"}));
    const auto merged = merge_reloaded(running, loaded);
    EXPECT_EQ(merged.transport, chat_transport::helix);
    EXPECT_EQ(merged.helix_url.text(), running.helix_url.text());
}

TEST(reload_test, an_equal_configuration_needs_nothing) {
    EXPECT_TRUE(keys_that_need_restart(default_config(), default_config()).empty());
}

}  // namespace
}  // namespace tiktok2twitch::app
