// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Word lists that change, and break, while the relay runs.

#include <filesystem>
#include <thread>

#include "e2e/relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class word_files_e2e : public relay_fixture {
protected:
    std::string words_ = temp_.write("words.txt", "kumquat\n");

    std::unique_ptr<process> start_with_words() {
        return start({}, {"TIKTOK2TWITCH_FILTER_WORD_FILES=" + words_, "TIKTOK2TWITCH_RELAY_PACK=false"});
    }
    // As editors and configuration tools do it.
    void replace(const std::string& text) { std::filesystem::rename(temp_.write("words.new", text), words_); }

    static std::size_t count(const std::string& text, const std::string& what) {
        std::size_t found = 0;
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
            ++found;
        return found;
    }
    bool told(process& relay, const std::string& what, std::size_t times) {
        for (int i = 0; i < 200 && count(relay.err(), what) < times; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return count(relay.err(), what) == times;
    }
};

constexpr const char* in_force = "its words are in force";
constexpr const char* broken = "The word lists in force stay";

TEST_F(word_files_e2e, a_changed_list_counts_at_once_and_a_broken_one_changes_nothing) {
    auto relay = start_with_words();
    ASSERT_TRUE(listening()) << relay->err();
    comment("a kumquat");
    comment("a durian");
    ASSERT_TRUE(delivered(1)) << relay->err();

    replace("# today\ndurian\n");
    ASSERT_TRUE(told(*relay, in_force, 1)) << relay->err();
    comment("another durian");
    comment("another kumquat");
    ASSERT_TRUE(delivered(2)) << relay->err();

    std::filesystem::remove(words_);
    ASSERT_TRUE(told(*relay, broken, 1)) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr(words_ + ": cannot be read: No such file or directory"));
    std::this_thread::sleep_for(std::chrono::milliseconds(3500));
    EXPECT_EQ(count(relay->err(), broken), 1U) << "one line, not one for each look";

    std::filesystem::create_directory(words_);
    ASSERT_TRUE(told(*relay, broken, 2)) << relay->err();
    std::filesystem::remove(words_);
    ASSERT_TRUE(told(*relay, broken, 3)) << relay->err();
    temp_.write("words.txt", "kumquat\nd\xC3");
    ASSERT_TRUE(told(*relay, broken, 4)) << relay->err();
    temp_.write("words.txt", "kumquat\n!!!\n");
    ASSERT_TRUE(told(*relay, broken, 5)) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("line 2: \"!!!\" has no letter, digit or symbol"));
    comment("still no durian");
    comment("still a kumquat");
    ASSERT_TRUE(delivered(3)) << relay->err();

    replace("kumquat\n");
    ASSERT_TRUE(told(*relay, in_force, 2)) << relay->err();
    comment("at last a durian");
    comment("and no kumquat");
    ASSERT_TRUE(delivered(4)) << relay->err();
    ASSERT_TRUE(received(8)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(), ElementsAre(HasSubstr("a durian"), HasSubstr("another kumquat"),
                                     HasSubstr("still a kumquat"), HasSubstr("at last a durian")));
    EXPECT_EQ(report().at("filtered").at("blocked_word"), 4);
    expect_balanced(report());
}

TEST_F(word_files_e2e, a_new_list_takes_back_what_waits) {
    auto relay = start_with_words();
    ASSERT_TRUE(listening()) << relay->err();
    const auto type = [this](const std::string& text) {
        world_.call([&] { world_.twitch().say_with_badges("moderator/1", "vera", "chan", text); });
    };
    comment("said, with a durian");
    ASSERT_TRUE(delivered(1)) << relay->err();
    type("!tiktok slow 60");
    ASSERT_TRUE(delivered(2)) << relay->err();
    comment("waits, with a durian");
    comment("waits, with an apple");
    ASSERT_TRUE(received(3)) << relay->err();
    replace("durian\n");
    ASSERT_TRUE(told(*relay, in_force, 1)) << relay->err();
    type("!tiktok slow 0");
    ASSERT_TRUE(delivered(4)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts().back(), HasSubstr("apple"));
    EXPECT_EQ(report().at("filtered").at("blocked_word"), 1);
    EXPECT_EQ(report().at("relayed"), 2);
    expect_balanced(report());
}

}  // namespace
}  // namespace tiktok2twitch::test
