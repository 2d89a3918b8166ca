// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/service/input_router.hpp"

#include <gmock/gmock.h>

namespace tiktok2twitch::app {
namespace {

using testing::HasSubstr;

std::string room_of(input_router& router, const std::string& line) {
    const auto routed = router.take(line, true);
    return routed.frame ? routed.frame->room : "-";
}

TEST(input_router, one_room_needs_no_name) {
    input_router router;
    router.add("ann");
    EXPECT_EQ(room_of(router, R"({"text":"x"})"), "ann");
    EXPECT_EQ(room_of(router, R"({"t":5,"room":"@Ann","b64":""})"), "ann");
    EXPECT_EQ(room_of(router, R"({"text":"y"})"), "ann");
    EXPECT_EQ(room_of(router, ""), "-");
    EXPECT_EQ(router.summary(), "the input has ended: 3 messages");
}

TEST(input_router, several_rooms_are_named_and_the_name_holds) {
    input_router router;
    router.add("ann");
    router.add("bob");
    const auto nameless = router.take(R"({"text":"x"})", true);
    EXPECT_FALSE(nameless.frame);
    EXPECT_THAT(nameless.warning, HasSubstr("name no room"));
    EXPECT_EQ(router.take(R"({"text":"x"})", true).warning, "");
    EXPECT_EQ(room_of(router, R"({"room":"bob","text":"x"})"), "bob");
    EXPECT_EQ(room_of(router, R"({"text":"y"})"), "bob");
    EXPECT_EQ(room_of(router, R"({"room":"ann","text":"x"})"), "ann");
    EXPECT_THAT(router.take(R"({"room":"eve","text":"x"})", true).warning, HasSubstr("for @eve"));
    EXPECT_EQ(router.take(R"({"room":"eve","text":"x"})", true).warning, "");
    EXPECT_EQ(router.summary(), "the input has ended: 3 messages, 4 lines were for other rooms");
}

TEST(input_router, what_cannot_be_read_is_said_once_and_counted) {
    input_router router;
    router.add("ann");
    EXPECT_THAT(router.take("oops", true).warning, HasSubstr("line 1: not a JSON object"));
    EXPECT_EQ(router.take("", false).warning, "");
    EXPECT_EQ(room_of(router, R"({"text":"x"})"), "ann");
    EXPECT_EQ(router.summary(), "the input has ended: 1 message, 2 lines could not be read");
}

TEST(input_router, strangers_are_bounded) {
    input_router router;
    router.add("ann");
    std::size_t said = 0;
    for (int i = 0; i < 1000; ++i)
        said += router.take(R"({"room":"u)" + std::to_string(i) + R"(","text":"x"})", true).warning.empty()
                    ? 0
                    : 1;
    EXPECT_EQ(said, input_router::most_strangers);
}

}  // namespace
}  // namespace tiktok2twitch::app
