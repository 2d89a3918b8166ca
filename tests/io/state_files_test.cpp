// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/service/state_files.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <csignal>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>

#include "support/temp_dir.hpp"
#include "tiktok2twitch/files/posix_file.hpp"
#include "tiktok2twitch/net/clock.hpp"

namespace tiktok2twitch::app {
namespace {

const core::time_point start{std::chrono::hours(1)};
constexpr core::unix_ms wall = 1'789'600'000'000;

relay::moderation blocking(const std::string& word) {
    relay::moderation state;
    state.apply(relay::command::block{word}, start, "!tiktok");
    return state;
}

using tiktok::message_memory;
using verdict = message_memory::verdict;

constexpr core::unix_ms minute = 60'000;

// One process, as the relay service uses its files.
struct run {
    explicit run(const std::string& directory, const std::string& login = "bot") {
        EXPECT_FALSE(files.use_directory(directory, login));
    }
    state_files::kept open(std::vector<std::string> channels = {"chan"}) {
        memory = message_memory();
        return files.open("ann", channels, memory);
    }
    void write() {
        files.flush();
        EXPECT_TRUE(files.worker()->finish(std::chrono::seconds(60)));
        loop.restart();
        loop.poll();
    }
    bool knows(std::int64_t id) { return memory.judge(id, net::wall_now(), true) == verdict::duplicate; }

    boost::asio::io_context loop;
    state_files files{[this](std::function<void()> call) {
        boost::asio::post(loop, std::move(call));
    }};
    message_memory memory;
};

struct state_files_test : testing::Test {
    test::temp_dir temp;
    const std::string seen = "messages-bot-ann.rec";
    const std::string gifts = "gifts-bot-ann.rec";

    // Messages 1 to `count`, said in the channel.
    void say(int count, const std::string& channel = "chan", std::vector<std::string> channels = {"chan"}) {
        run relay(temp.path());
        relay.open(std::move(channels));
        for (int id = 1; id <= count; ++id)
            relay.files.mark({{"ann", channel, id}});
        relay.files.mark_alive("ann", 7001, net::wall_now());
        relay.write();
    }
    std::string words_of(const std::function<void()>& what) {
        testing::internal::CaptureStderr();
        what();
        return testing::internal::GetCapturedStderr();
    }
};

TEST_F(state_files_test, restart_knows_what_was_said_and_when_the_room_was_alive) {
    say(3);
    run relay(temp.path());
    EXPECT_TRUE(relay.open().done.empty());
    EXPECT_TRUE(relay.knows(1) && relay.knows(3));
    EXPECT_EQ(relay.memory.room_id(), 7001);
    relay.memory.on_connected(7001, net::wall_now() + minute);
    EXPECT_EQ(relay.memory.judge(4, net::wall_now(), true), verdict::fresh);
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(temp.file(seen)).permissions(), perms::owner_read | perms::owner_write);
}

TEST_F(state_files_test, what_one_of_two_routes_has_said_is_news_for_the_other) {
    const std::vector<std::string> both{"fast", "slow"};
    say(7, "fast", both);
    say(4, "slow", both);
    run relay(temp.path());
    const auto kept = relay.open(both);
    EXPECT_TRUE(relay.knows(4)) << "said in both";
    EXPECT_EQ(kept.done.size(), 3U);
    EXPECT_THAT(kept.done.at(5), testing::ElementsAre("fast"));
    EXPECT_FALSE(relay.knows(5));
}

TEST_F(state_files_test, route_that_is_new_begins_with_what_the_others_know) {
    say(3, "old", {"old"});
    run relay(temp.path());
    EXPECT_TRUE(relay.open({"new", "old"}).done.empty() && relay.knows(3));
    relay.files.mark({{"ann", "new", 4}, {"ann", "old", 4}, {"ann", "old", 5}});
    relay.files.set_routes("ann", {"new", "old", "third"});
    relay.files.mark({{"ann", "third", 6}});
    relay.write();
    run next(temp.path());
    const auto kept = next.open({"third", "old", "new"});
    EXPECT_TRUE(next.knows(4));
    EXPECT_EQ(kept.done.at(5).count("third"), 1U);
    EXPECT_EQ(kept.done.at(5).count("new"), 0U);
    EXPECT_THAT(kept.done.at(6), testing::ElementsAre("third"));
}

TEST_F(state_files_test, two_accounts_in_one_directory_share_nothing) {
    say(3);
    run other(temp.path(), "other");
    other.open({"elsewhere"});
    EXPECT_FALSE(other.knows(1));
    EXPECT_EQ(other.memory.room_id(), 0);
}

// Two processes of one state directory; here two of this one cannot exclude each other, so a child.
TEST_F(state_files_test, same_route_in_two_processes_is_told) {
    int pipes[2];
    ASSERT_EQ(::pipe(pipes), 0);
    const auto child = ::fork();
    if (child == 0) {
        route_locks locks(temp.path());
        const bool taken = locks.take("@ann -> #chan").value() == 0 && ::write(pipes[1], "x", 1) == 1;
        if (taken)
            ::pause();
        ::_exit(1);
    }
    char byte = 0;
    ASSERT_EQ(::read(pipes[0], &byte, 1), 1);
    const auto said = words_of([&] {
        run relay(temp.path(), "other");
        relay.open({"chan", "mine"});
        relay.write();
    });
    EXPECT_THAT(said, testing::HasSubstr("@ann -> #chan is carried by another relay as well (process " +
                                         std::to_string(child) + ")"));
    EXPECT_THAT(said, testing::Not(testing::HasSubstr("#mine")));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(words_of([&] {
                  run relay(temp.path(), "other");
                  relay.open({"chan"});
                  relay.write();
              }),
              "");
}

TEST_F(state_files_test, damage_costs_what_the_file_lost_and_is_told_once) {
    say(20);
    const auto whole = temp.read(seen);
    const auto known = [this] {
        run relay(temp.path());
        relay.open();
        int out = 0;
        for (int id = 1; id <= 20; ++id)
            out += relay.knows(id) ? 1 : 0;
        return out;
    };
    struct damage {
        std::string bytes;
        int at_least;
    };
    const auto half = whole.size() / 2;
    auto flipped = whole;
    flipped[half] = static_cast<char>(flipped[half] ^ 1);
    auto headless = whole;
    headless[3] = static_cast<char>(headless[3] ^ 1);
    for (const auto& [bytes, at_least] :
         {damage{whole.substr(0, half), 8}, damage{whole.substr(0, half) + std::string(half, '\0'), 8},
          damage{flipped, 19}, damage{headless, 20}, damage{whole + std::string(4096, '\0'), 20},
          damage{std::string(10, '\0') + whole, 20}, damage{"", 0}}) {
        temp.write(seen, bytes);
        int found = 0;
        EXPECT_THAT(words_of([&] { found = known(); }), testing::HasSubstr(temp.file(seen)));
        EXPECT_GE(found, at_least);
        EXPECT_EQ(words_of([&] { EXPECT_EQ(known(), found); }), "") << "mended for good";
    }
}

TEST_F(state_files_test, killed_while_writing_loses_no_finished_record) {
    say(5);
    temp.write(seen, temp.read(seen) + "#1234");
    {
        run relay(temp.path());
        relay.open();
        relay.files.mark({{"ann", "chan", 6}});
        relay.write();
    }
    run relay(temp.path());
    relay.open();
    EXPECT_TRUE(relay.knows(5) && relay.knows(6));
}

TEST_F(state_files_test, later_version_is_refused_with_a_sentence_and_left_alone) {
    std::string later = files::record_header({"messages", 2});
    files::append_record(later, "nobody knows");
    temp.write(seen, later);
    const auto said = words_of([&] { say(3); });
    EXPECT_THAT(said, testing::HasSubstr(temp.file(seen) + " was written by a later version"));
    EXPECT_EQ(temp.read(seen), later);
}

TEST_F(state_files_test, files_of_the_first_version_are_taken_over_once_and_stay_as_they_are) {
    const std::string old = "i 1\ni 2\nf 5\na 7001 1789600000000\ni 3";
    temp.write("seen-ann.log", old);
    temp.write("gifts-ann.log", "v 1\nt 1 2 3 4 1 0\nt 5 6");
    {
        run relay(temp.path());
        const auto kept = relay.open({"one", "two"});
        EXPECT_TRUE(kept.done.empty());
        EXPECT_EQ(relay.memory.floor(), 5) << "as it was; what is judged as history raises it";
        EXPECT_EQ(relay.memory.room_id(), 7001);
        EXPECT_TRUE(relay.knows(1) && relay.knows(2));
        EXPECT_FALSE(relay.knows(3)) << "torn";
        EXPECT_EQ(kept.streaks, "v 1\nt 1 2 3 4 1 0\n");
        relay.write();
    }
    EXPECT_EQ(temp.read("seen-ann.log"), old);
    temp.write("seen-ann.log", old + "\ni 4\n");  // by an older program
    run relay(temp.path());
    EXPECT_EQ(relay.open({"one", "two"}).streaks, "v 1\nt 1 2 3 4 1 0\n");
    EXPECT_EQ(relay.memory.floor(), 5);
    EXPECT_TRUE(relay.knows(1));
    EXPECT_FALSE(relay.knows(4));
}

TEST_F(state_files_test, growing_memory_is_made_small_and_keeps_the_newest) {
    constexpr int many = 60'000;
    say(many);
    EXPECT_LT(std::filesystem::file_size(temp.file(seen)),
              files::record_file::compact_after + std::uintmax_t{many} * 40);
    run relay(temp.path());
    relay.open();
    EXPECT_TRUE(relay.knows(many));
    EXPECT_FALSE(std::filesystem::exists(temp.file(seen + ".tmp")));
}

TEST_F(state_files_test, what_is_in_a_file_s_place_is_named_with_the_fix_and_no_end) {
    temp.write("target", "precious");
    for (const auto& name :
         {seen, gifts, std::string("routes.lock"), std::string("moderation-bot-chan.rec")}) {
        const auto path = temp.file(name);
        const auto expect_named = [&](const std::string& why) {
            const auto said = words_of([&] {
                run relay(temp.path());
                relay.open();
                relay.files.load_moderation("chan", start, wall);
                relay.files.mark({{"ann", "chan", 1}});
                relay.files.note({{"ann", "t 1 2 3 4 1 0\n"}});
                relay.write();
            });
            EXPECT_THAT(said, testing::HasSubstr(path + ": " + why)) << name;
            EXPECT_THAT(said, testing::HasSubstr("Fix: "));
        };
        std::filesystem::remove(path);  // the relay has made it when another one's place was taken
        std::filesystem::create_directories(path + "/x");
        expect_named("it is a directory");
        std::filesystem::remove_all(path);
        ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
        expect_named("it is a pipe or a device");
        std::filesystem::remove(path);
        for (const auto* to : {"target", "nowhere"}) {
            std::filesystem::create_symlink(temp.file(to), path);
            expect_named("it is a symbolic link");
            std::filesystem::remove(path);
        }
    }
    EXPECT_EQ(temp.read("target"), "precious");
    EXPECT_FALSE(std::filesystem::exists(temp.file("nowhere")));
}

TEST_F(state_files_test, disk_that_hangs_keeps_nobody_waiting) {
    const auto disk = std::make_shared<std::promise<void>>();
    run relay(temp.path());
    relay.open();
    relay.files.worker()->submit([opened = disk->get_future().share()] {
        opened.wait();
        return core::error_code();
    });
    const auto said = words_of([&] {
        for (int id = 1; id <= 20'000; ++id) {
            relay.files.mark({{"ann", "chan", id}});
            relay.files.flush();
        }
    });
    EXPECT_THAT(said, testing::HasSubstr("does not answer"));
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << "told once";
    disk->set_value();
    relay.write();
    relay.open();
    EXPECT_TRUE(relay.knows(1));
}

TEST_F(state_files_test, what_moderators_set_is_kept_by_channel) {
    run relay(temp.path());
    EXPECT_TRUE(relay.files.load_moderation("chan", start, wall).blocked_words().empty());
    relay.files.save_moderation("chan", blocking("one").text(start, wall));
    relay.files.save_moderation("chan", blocking("two").text(start, wall));
    EXPECT_THAT(relay.files.load_moderation("chan", start, wall).blocked_words(),
                testing::ElementsAre("two"));
    EXPECT_TRUE(relay.files.load_moderation("other", start, wall).blocked_words().empty());
    EXPECT_FALSE(std::filesystem::exists(temp.file("moderation-bot-chan.rec.tmp")));
    relay.files.save_moderation("chan", blocking("#hash\ntag").text(start, wall));
    EXPECT_THAT(relay.files.load_moderation("chan", start, wall).blocked_words(),
                testing::ElementsAre("#hash tag"))
        << "cleaned, as every word of a moderator is";
    run other(temp.path(), "other");
    EXPECT_TRUE(other.files.load_moderation("chan", start, wall).blocked_words().empty());
}

TEST_F(state_files_test, what_moderators_set_survives_damage_as_far_as_it_is_whole) {
    const auto path = temp.file("moderation-bot-chan.rec");
    run relay(temp.path());
    relay.files.save_moderation("chan", blocking("one").text(start, wall));
    relay.write();
    const auto whole = temp.read("moderation-bot-chan.rec");
    temp.write("moderation-bot-chan.rec", whole + std::string(100, '\0'));
    EXPECT_THAT(relay.files.load_moderation("chan", start, wall).blocked_words(),
                testing::ElementsAre("one"));
    for (const auto& text :
         {whole.substr(0, whole.size() / 2), std::string("not a state"), std::string(1024 * 1024 + 1, ' ')}) {
        temp.write("moderation-bot-chan.rec", text);
        EXPECT_THAT(words_of([&] {
                        EXPECT_TRUE(relay.files.load_moderation("chan", start, wall).blocked_words().empty());
                    }),
                    testing::HasSubstr(path));
        relay.write();  // a damaged one is moved aside by then, and not the next
    }
    std::string later = files::record_header({"moderation", 2});
    temp.write("moderation-bot-chan.rec", later);
    EXPECT_TRUE(relay.files.load_moderation("chan", start, wall).blocked_words().empty());
    relay.files.save_moderation("chan", blocking("two").text(start, wall));
    relay.write();
    EXPECT_EQ(temp.read("moderation-bot-chan.rec"), later);
}

TEST_F(state_files_test, what_moderators_set_in_the_first_version_is_taken_over) {
    const auto old = blocking("one").text(start, wall);
    temp.write("moderation-chan.json", old);
    run relay(temp.path());
    EXPECT_THAT(relay.files.load_moderation("chan", start, wall).blocked_words(),
                testing::ElementsAre("one"));
    relay.files.save_moderation("chan", blocking("two").text(start, wall));
    EXPECT_THAT(relay.files.load_moderation("chan", start, wall).blocked_words(),
                testing::ElementsAre("two"));
    EXPECT_EQ(temp.read("moderation-chan.json"), old);
}

TEST(state_files_without_a_directory, keep_nothing) {
    state_files dry({});
    message_memory memory;
    EXPECT_TRUE(dry.open("ann", {"chan"}, memory).streaks.empty());
    dry.mark({{"ann", "chan", 1}});
    dry.note({{"ann", "t 1 2 3 4 1 0\n"}});
    dry.flush();
    dry.save_moderation("chan", blocking("one").text(start, wall));
    EXPECT_TRUE(dry.load_moderation("chan", start, wall).blocked_words().empty());
    EXPECT_FALSE(std::filesystem::exists("moderation-chan.json"));
}

TEST_F(state_files_test, notes_of_gift_streaks_are_kept_by_account) {
    {
        run relay(temp.path());
        EXPECT_EQ(relay.open().streaks, "");
        relay.files.note({{"ann", "t 1 2 3 4 1 0\n"}, {"stranger", "t 9 9 9 9 1 0\n"}});
        relay.write();
    }
    run relay(temp.path());
    EXPECT_EQ(relay.open().streaks, "t 1 2 3 4 1 0\n");
    run other(temp.path(), "other");
    EXPECT_EQ(other.open().streaks, "");
}

TEST_F(state_files_test, notes_that_say_the_same_again_do_not_fill_the_disk) {
    run relay(temp.path());
    relay.open();
    std::string lines;
    for (int i = 0; i < 1000; ++i)
        lines += "t 1 2 3 4 1 0\n";
    for (std::uint64_t written = 0; written < 2 * files::record_file::compact_after;
         written += lines.size()) {
        relay.files.note({{"ann", lines}});
        relay.write();
    }
    EXPECT_LT(std::filesystem::file_size(temp.file(gifts)), files::record_file::compact_after);
}

TEST(posix_file, is_read_up_to_its_limit_and_replaced_as_a_whole) {
    test::temp_dir temp;
    const auto path = temp.file("f");
    EXPECT_EQ(files::read_file(path, 10).error(), boost::system::errc::no_such_file_or_directory);
    EXPECT_FALSE(files::replace_file(path, "0123456789"));
    EXPECT_EQ(files::read_file(path, 10).value(), "0123456789");
    EXPECT_EQ(files::read_file(path, 9).error(), boost::system::errc::file_too_large);
    EXPECT_FALSE(files::replace_file(path, "a"));
    EXPECT_EQ(files::read_file(path, 10).value(), "a");
    EXPECT_TRUE(files::replace_file(temp.file("missing/f"), "a"));
}

// Each of these would wait for the other end of the pipe, on the thread that does everything.
TEST(posix_file, pipe_in_a_file_s_place_is_an_error_and_does_not_block) {
    test::temp_dir temp;
    const auto path = temp.file("f");
    const auto no_file = boost::system::errc::no_such_device_or_address;
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    EXPECT_EQ(files::read_file(path, 10).error(), no_file);
    EXPECT_EQ(files::open_plain(path, O_RDWR).error(), no_file);
    EXPECT_EQ(files::open_plain(temp.path(), O_RDONLY).error(), boost::system::errc::is_a_directory);
    ASSERT_EQ(::mkfifo((path + ".tmp").c_str(), 0600), 0);
    EXPECT_FALSE(files::replace_file(path, "a"));  // both pipes go, as a file left behind would
    EXPECT_EQ(files::read_file(path, 10).value(), "a");
    std::filesystem::create_directories(path + ".tmp/x");
    EXPECT_EQ(files::replace_file(path, "b"), boost::system::errc::is_a_directory);
    EXPECT_EQ(files::read_file(path, 10).value(), "a");
}

TEST(posix_file, link_is_not_followed_wherever_it_leads) {
    test::temp_dir temp;
    temp.write("target", "precious");
    for (const auto* to : {"target", "nowhere"}) {
        const auto path = temp.file(std::string("link-to-") + to);
        std::filesystem::create_symlink(temp.file(to), path);
        for (const int flags : {O_RDONLY, O_WRONLY | O_CREAT, O_RDWR | O_CREAT | O_TRUNC})
            EXPECT_EQ(files::open_plain(path, flags).error(),
                      boost::system::errc::too_many_symbolic_link_levels);
        EXPECT_FALSE(files::replace_file(path, "ours"));  // takes the link's place
        EXPECT_FALSE(std::filesystem::is_symlink(path));
    }
    std::filesystem::create_symlink(temp.file("target"), temp.file("f.tmp"));
    EXPECT_FALSE(files::replace_file(temp.file("f"), "ours"));
    EXPECT_EQ(temp.read("target"), "precious");
    EXPECT_FALSE(std::filesystem::exists(temp.file("nowhere")));
}

TEST(posix_file, files_of_strangers_are_not_used) {
    EXPECT_TRUE(files::may_be_trusted(1000, 1000, 1000));
    EXPECT_TRUE(files::may_be_trusted(1000, 1000, 0)) << "root in a user's directory";
    EXPECT_TRUE(files::may_be_trusted(0, 1000, 1000)) << "made by root";
    EXPECT_FALSE(files::may_be_trusted(1001, 1000, 1000));
    EXPECT_FALSE(files::may_be_trusted(1001, 1000, 0));
    if (::geteuid() != 0)
        return;  // nobody else can make one
    test::temp_dir temp;
    const auto path = temp.write("f", "a");
    ASSERT_EQ(::chown(path.c_str(), 1001, 1001), 0);
    EXPECT_EQ(files::open_plain(path, O_RDONLY).error(), boost::system::errc::operation_not_permitted);
    ASSERT_EQ(::chown(temp.path().c_str(), 1001, 1001), 0);
    EXPECT_TRUE(files::open_plain(path, O_RDONLY));
}

TEST(posix_file, new_files_and_directories_belong_to_the_owner_of_the_directory) {
    if (::geteuid() != 0)
        return;  // theirs are ours
    test::temp_dir temp;
    ASSERT_EQ(::chown(temp.path().c_str(), 1001, 1002), 0);
    EXPECT_FALSE(files::make_directories(temp.file("a/b/")));
    EXPECT_FALSE(files::replace_file(temp.file("a/b/f"), "x"));
    EXPECT_TRUE(files::open_plain(temp.file("a/b/g"), O_WRONLY | O_CREAT));
    for (const auto* name : {"a", "a/b", "a/b/f", "a/b/g"}) {
        struct stat info {};
        ASSERT_EQ(::stat(temp.file(name).c_str(), &info), 0);
        EXPECT_EQ(info.st_uid, 1001U) << name;
        EXPECT_EQ(info.st_gid, 1002U) << name;
        EXPECT_EQ(info.st_mode & 0077U, 0U) << name;
    }
    EXPECT_FALSE(files::make_directories(temp.file("a/b"))) << "it is there";
    EXPECT_EQ(files::make_directories(temp.file("a/b/f/c")), boost::system::errc::not_a_directory);
}

// A pipe is what fsync() knows nothing of; network and FUSE directories answer the same.
TEST(posix_file, what_cannot_be_synced_has_been_synced) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    EXPECT_FALSE(files::sync(ends[1]));
    ::close(ends[0]);
    ::close(ends[1]);
    EXPECT_TRUE(files::cannot_be_synced(EINVAL));
    EXPECT_TRUE(files::cannot_be_synced(ENOTSUP));
    EXPECT_FALSE(files::cannot_be_synced(EIO));
    EXPECT_FALSE(files::cannot_be_synced(ENOSPC));
    EXPECT_EQ(files::sync(-1), boost::system::errc::bad_file_descriptor);
}

}  // namespace
}  // namespace tiktok2twitch::app
