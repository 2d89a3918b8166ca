// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "e2e/login_fixture.hpp"
#include "support/full_disk.hpp"

#include <pty.h>

#include <filesystem>
#include <fstream>

namespace tiktok2twitch::test {
namespace {

using namespace std::chrono_literals;
using sim::auth_endpoint;
using sim::auth_fault;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class login_test : public login_fixture {
protected:
    using login_fixture::login_fixture;
};

class short_code_test : public login_fixture {
protected:
    // One poll fits, far from both ends however slow this machine is: the code's life begins when it is
    // handed out, the client's wait when it has got it.
    short_code_test() : login_fixture(7s, 4s) {}
};

TEST_F(login_test, a_code_that_is_entered_stores_a_login_that_only_its_owner_can_read) {
    const auto program = start({"login"});
    const auto code = shown_code();
    ASSERT_TRUE(waits_for_polls(2));
    approve("bot");
    ASSERT_EQ(program->wait(), 0) << program->err();
    EXPECT_THAT(program->out(), HasSubstr("https://www.twitch.tv/activate?public=true&device-code=" + code));
    EXPECT_THAT(program->out(), HasSubstr("Logged in as bot (user id "));
    EXPECT_THAT(program->out(), Not(HasSubstr("may NOT")));
    EXPECT_THAT(program->out(), Not(HasSubstr("▀"))) << "no QR code where it is no terminal";
    const auto grant = stored("bot");
    ASSERT_TRUE(grant);
    EXPECT_EQ(grant->client_id, "app");
    EXPECT_THAT(grant->scopes,
                ElementsAre("chat:read", "chat:edit", "user:write:chat", "moderator:manage:chat_messages"));
    EXPECT_EQ(program->out().find(grant->access.reveal()), std::string::npos);
    EXPECT_EQ((program->out() + program->err()).find(grant->refresh.reveal()), std::string::npos);
    struct stat info {};
    ASSERT_EQ(stat((state_() + "/token-bot.json").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600U);
    EXPECT_THAT(complaints(), IsEmpty());
    EXPECT_THAT(program->err(), IsEmpty());
}

// Four hours later would be in the middle of a show.
TEST_F(login_test, an_application_that_is_not_public_is_told_at_once_and_by_whoami_and_doctor) {
    const std::vector<std::string> site{"TIKTOK2TWITCH_TWITCH_CLIENT_ID=site"};
    const auto program = start({"login"}, site);
    ASSERT_TRUE(waits_for_polls(1));
    approve("bot");
    ASSERT_EQ(program->wait(), 0) << program->err();
    EXPECT_THAT(program->err(), HasSubstr("cannot be renewed, and ends in "));
    EXPECT_THAT(program->err(), HasSubstr("not a public client"));
    const auto whoami = start({"whoami"}, site);
    EXPECT_EQ(whoami->wait(), 0);
    EXPECT_THAT(whoami->out(), HasSubstr("and cannot be renewed"));
    EXPECT_THAT(whoami->err(), HasSubstr("not a public client"));
    const auto doctor = start({"doctor"}, site);
    doctor->wait();
    EXPECT_THAT(doctor->out(), HasSubstr("not a public client"));
    EXPECT_THAT(complaints(), IsEmpty());
}

TEST_F(login_test, slow_down_and_server_errors_are_waited_out) {
    fault(auth_endpoint::poll, {auth_fault::server_error, auth_fault::cut, auth_fault::slow_down});
    const auto program = start({"login"});
    ASSERT_TRUE(waits_for_polls(3));
    EXPECT_TRUE(program->wait_for_err("still trying"));
    EXPECT_TRUE(program->wait_for_err("Twitch answers again"));
    approve("bot");
    ASSERT_EQ(program->wait(), 0) << program->err();
    const auto polls = world_.call([this] {
        std::vector<core::time_point> times;
        for (const auto& request : world_.auth().requests())
            if (request.where == auth_endpoint::poll)
                times.push_back(request.at);
        return times;
    });
    ASSERT_EQ(polls.size(), 4U);
    EXPECT_GE(polls[1] - polls[0], 1s);
    EXPECT_GE(polls[2] - polls[1], 1s);
    EXPECT_GE(polls[3] - polls[2], 6s);
    EXPECT_THAT(complaints(), IsEmpty());
}

TEST_F(login_test, a_denied_login_ends_with_77) {
    const auto program = start({"login"});
    const auto code = shown_code();
    world_.call([&] { world_.auth().rules().deny(code, now()); });
    EXPECT_EQ(program->wait(), 77);
    EXPECT_THAT(program->err(), HasSubstr("authorization_denied"));
    EXPECT_FALSE(stored("bot"));
}

TEST_F(short_code_test, a_code_that_nobody_enters_ends_with_77) {
    const auto ended = run({"login"});
    EXPECT_EQ(ended.code, 77);
    EXPECT_EQ(requests(auth_endpoint::poll), 1U);
    EXPECT_THAT(ended.err, HasSubstr("device_code_expired"));
    EXPECT_THAT(ended.err, Not(HasSubstr("lost")));
    EXPECT_THAT(complaints(), IsEmpty()) << "not asked any more after the end of the code";
}

TEST_F(login_test, a_service_that_cannot_be_reached_ends_with_69) {
    EXPECT_EQ(run({"login"}, {"TIKTOK2TWITCH_TWITCH_AUTH_URL=https://127.0.0.1:1"}).code, 69);
    world_.call([this] { world_.auth().always(auth_endpoint::device, auth_fault::server_error); });
    const auto ended = run({"login"});
    EXPECT_EQ(ended.code, 69);
    EXPECT_THAT(ended.err, HasSubstr("auth_server_error"));
}

TEST_F(login_test, without_a_client_id_or_with_an_unknown_one_it_says_what_to_do) {
    const auto none = run({"login"}, {"TIKTOK2TWITCH_TWITCH_CLIENT_ID="});
    EXPECT_EQ(none.code, 78);
    EXPECT_THAT(none.err, HasSubstr("client_id_missing"));
    EXPECT_THAT(none.err, HasSubstr("--client-id"));
    const auto unknown = run({"login", "--client-id", "nobody"});
    EXPECT_EQ(unknown.code, 78);
    EXPECT_THAT(unknown.err, HasSubstr("client_id_unknown"));
    EXPECT_EQ(run({"login", "--client-id", "not an id"}).code, 64);
}

TEST_F(login_test, another_account_than_the_configured_one_is_not_stored) {
    const auto program = start({"login"}, {"TIKTOK2TWITCH_TWITCH_LOGIN=bot"});
    approve("other");
    EXPECT_EQ(program->wait(), 77);
    EXPECT_THAT(program->err(), HasSubstr("that was other, but twitch.login is bot"));
    EXPECT_FALSE(stored("other"));
    EXPECT_FALSE(stored("bot"));
    EXPECT_EQ(requests(auth_endpoint::revoke), 2U);
}

TEST_F(login_test, rights_that_were_not_granted_are_named) {
    const auto program = start({"login"});
    approve("bot", std::vector<std::string>{"chat:read", "chat:edit"});
    ASSERT_EQ(program->wait(), 0) << program->err();
    EXPECT_THAT(program->out(), HasSubstr("may      send lines (chat:edit)"));
    EXPECT_THAT(program->out(), HasSubstr("may NOT  delete its lines"));
}

TEST_F(login_test, a_validation_that_fails_once_costs_nothing) {
    fault(auth_endpoint::validate, {auth_fault::malformed});
    EXPECT_EQ(log_in("bot").code, 0);
    EXPECT_TRUE(stored("bot"));
}

TEST_F(login_test, an_interrupt_gives_up_quietly) {
    const auto program = start({"login"});
    ASSERT_TRUE(waits_for_polls(1));
    program->signal(SIGINT);
    EXPECT_EQ(program->wait(), 130);
    EXPECT_THAT(program->err(), HasSubstr("given up"));
    EXPECT_THAT(program->err(), Not(HasSubstr("error")));
    EXPECT_FALSE(stored("bot"));
}

// Twitch has handed the tokens out, and nobody will ever use them.
TEST_F(login_test, tokens_that_are_not_kept_are_given_back) {
    fault(auth_endpoint::validate, {auth_fault::stall});
    const auto program = start({"login"});
    approve("bot");
    ASSERT_TRUE(world_.wait_for([&] { return world_.auth().request_count(auth_endpoint::validate) == 1; },
                                std::chrono::seconds(20)));
    program->signal(SIGINT);
    EXPECT_EQ(program->wait(), 130);
    EXPECT_THAT(program->err(), HasSubstr("given up; nothing was stored"));
    EXPECT_EQ(requests(auth_endpoint::revoke), 2U);

    std::filesystem::create_directories(state_() + "/token-bot.json.tmp");  // in the way
    const auto unkept = log_in("bot");
    EXPECT_EQ(unkept.code, 74) << unkept.err;
    EXPECT_THAT(unkept.err, HasSubstr("the login cannot be stored: " + state_() +
                                      "/token-bot.json.tmp: Is a directory. Fix: "));
    EXPECT_THAT(unkept.err, HasSubstr("rm -r " + state_() + "/token-bot.json.tmp"));
    EXPECT_EQ(requests(auth_endpoint::revoke), 4U);
    EXPECT_FALSE(stored("bot"));
}

TEST_F(login_test, an_interrupt_while_another_process_has_the_lock_changes_nothing) {
    ASSERT_EQ(log_in("other").code, 0);  // makes the directory
    {
        twitch::token_store store(state_(), "bot");
        const auto lock = store.try_lock();
        ASSERT_TRUE(lock && *lock);
        const auto program = start({"login"});
        approve("bot");
        ASSERT_TRUE(program->wait_for_err("waiting for another process")) << program->err();
        program->signal(SIGINT);
        EXPECT_EQ(program->wait(), 130);
        EXPECT_THAT(program->err(), HasSubstr("given up; nothing was stored"));
        EXPECT_FALSE(stored("bot"));
        EXPECT_EQ(requests(auth_endpoint::revoke), 2U) << "the tokens are given back";
    }
    twitch::token_store store(state_(), "other");
    const auto lock = store.try_lock();
    ASSERT_TRUE(lock && *lock);
    const auto program = start({"logout"});
    ASSERT_TRUE(program->wait_for_err("waiting for another process")) << program->err();
    program->signal(SIGINT);
    EXPECT_EQ(program->wait(), 130);
    EXPECT_TRUE(stored("other"));
    EXPECT_EQ(requests(auth_endpoint::revoke), 2U);
}

TEST_F(login_test, a_state_directory_that_cannot_be_written_is_said_before_anybody_is_asked) {
    temp_.write("file", "");
    state_name_ = "file/below";
    const auto ended = run({"login"});
    EXPECT_EQ(ended.code, 74) << ended.err;
    EXPECT_EQ(requests(auth_endpoint::device), 0U);
}

TEST_F(login_test, what_keeps_a_login_from_being_stored_is_said_before_anybody_is_asked) {
    ASSERT_EQ(log_in("bot").code, 0);
    const auto asked = requests(auth_endpoint::device);
    {
        const full_disk full;
        const auto ended = run({"login"});
        EXPECT_EQ(ended.code, 74);
        EXPECT_THAT(ended.err, HasSubstr("the state directory " + state_() + ": cannot be written: "));
    }
    const auto file = state_() + "/token-bot.json";
    std::filesystem::remove(file);
    std::filesystem::create_directory(file);
    for (const bool named : {true, false}) {
        const auto ended = run({"login"}, {named ? "TIKTOK2TWITCH_TWITCH_LOGIN=bot" : "X=y"});
        EXPECT_EQ(ended.code, 74);
        EXPECT_THAT(ended.err, HasSubstr("the login cannot be stored: " + file + ": Is a directory. Fix: "));
        EXPECT_THAT(ended.err, HasSubstr("rm -r " + file));
    }
    std::filesystem::remove(file);
    run_as_ordinary_user();
    std::filesystem::permissions(state_() + "/token-bot.lock", std::filesystem::perms::none);
    const auto locked = run({"login", "--set", "twitch.login=bot"});
    EXPECT_EQ(locked.code, 74);
    EXPECT_THAT(locked.err, HasSubstr("sudo chown \"$USER\" " + state_() + "/token-bot.lock"));
    EXPECT_EQ(requests(auth_endpoint::device), asked);

    // Not known before, as no login of that name is stored: said after.
    const auto unrenewable = log_in("bot");
    EXPECT_EQ(unrenewable.code, 0);
    EXPECT_THAT(unrenewable.err, HasSubstr("a relay could not renew this login: " + state_() +
                                           "/token-bot.lock: Permission denied. Fix: sudo chown "));
}

TEST_F(login_test, a_state_directory_that_is_not_private_is_a_warning) {
    std::filesystem::create_directory(state_());
    std::filesystem::permissions(state_(), std::filesystem::perms::all);
    const auto ended = log_in("bot");
    EXPECT_EQ(ended.code, 0);
    EXPECT_THAT(ended.err, HasSubstr("other users of this machine may write into it. Fix: chmod 700 "));
}

// As after "sudo tiktok2twitch login", which left a file behind that is not ours.
TEST_F(login_test, a_login_that_cannot_be_read_is_replaced) {
    ASSERT_EQ(log_in("bot").code, 0);
    run_as_ordinary_user();
    std::filesystem::permissions(state_() + "/token-bot.json", std::filesystem::perms::none);
    EXPECT_EQ(log_in("bot").code, 0);
    EXPECT_EQ(run({"whoami"}).code, 0);
}

// The rename works, and its directory cannot be opened to be put on the disk: the login is there all the
// same.
TEST_F(login_test, a_directory_that_may_be_written_and_not_read_costs_no_login) {
    ASSERT_EQ(log_in("other").code, 0);  // makes the directory
    run_as_ordinary_user();
    using std::filesystem::perms;
    const auto program = start({"login"});
    shown_code();
    std::filesystem::permissions(state_(), perms::owner_write | perms::owner_exec);
    approve("bot");
    EXPECT_EQ(program->wait(), 0) << program->err();
    EXPECT_EQ(requests(auth_endpoint::revoke), 0U);
    std::filesystem::permissions(state_(), perms::owner_all);
    EXPECT_TRUE(std::filesystem::exists(state_() + "/token-bot.json"));
    EXPECT_TRUE(std::filesystem::exists(state_() + "/token-other.json"));
}

TEST_F(login_test, tokens_that_are_lost_on_their_way_are_said_to_be) {
    const auto program = start({"login"});
    const auto code = shown_code();
    world_.call([&] {
        world_.auth().script(auth_endpoint::poll, {auth_fault::lose_answer});
        world_.auth().rules().approve(code, "bot", now());
    });
    EXPECT_EQ(program->wait(), 77);
    EXPECT_THAT(program->err(), HasSubstr("(device_code_expired)"));
    EXPECT_THAT(program->err(), HasSubstr("may have been lost on the way: if you agreed in the browser, run "
                                          "'tiktok2twitch login' again"));
}

TEST_F(login_test, a_crash_leaves_no_core_dump) {
    const auto program = start({"login"});
    shown_code();
    std::ifstream limits("/proc/" + std::to_string(program->pid()) + "/limits");
    std::string line;
    while (std::getline(limits, line) && !line.starts_with("Max core file size")) {
    }
    EXPECT_THAT(line, testing::ContainsRegex("Max core file size +[01] "));
}

TEST_F(login_test, a_configured_token_that_would_go_first_is_named) {
    const auto program = start({"login"}, {"TIKTOK2TWITCH_TWITCH_TOKEN=pastedpasted"});
    approve("bot");
    ASSERT_EQ(program->wait(), 0);
    EXPECT_THAT(program->err(), HasSubstr("TIKTOK2TWITCH_TWITCH_TOKEN"));
    EXPECT_THAT(program->err(), Not(HasSubstr("pastedpasted")));
}

// What the program writes to a terminal of that width before the code is entered.
std::string on_terminal(std::vector<std::string> arguments, std::vector<std::string> variables,
                        unsigned short columns) {
    winsize size{};
    size.ws_col = columns;
    size.ws_row = 50;
    const program_image image(std::move(arguments), std::move(variables));
    int master = -1;
    const pid_t pid = forkpty(&master, nullptr, nullptr, &size);
    if (pid == 0)
        image.run();
    std::string out;
    char buffer[4096];
    while (out.find("Waiting") == std::string::npos) {
        const auto got = read(master, buffer, sizeof buffer);
        if (got <= 0)
            break;
        out.append(buffer, static_cast<std::size_t>(got));
    }
    kill(pid, SIGINT);
    while (read(master, buffer, sizeof buffer) > 0) {
    }
    close(master);
    int status = 0;
    waitpid(pid, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 130);
    return out;
}

TEST_F(login_test, on_a_terminal_that_is_wide_enough_there_is_a_qr_code) {
    const std::vector<std::string> login{T2T_BINARY, "login", "--state-dir", state_()};
    auto variables = environment();
    variables.emplace_back("TERM=xterm");
    const auto wide = on_terminal(login, variables, 80);
    EXPECT_THAT(wide, HasSubstr("▀"));
    EXPECT_THAT(wide, HasSubstr("\x1b["));
    EXPECT_THAT(wide, HasSubstr("https://www.twitch.tv/activate"));
    EXPECT_THAT(on_terminal(login, variables, 30), Not(HasSubstr("▀")));
    auto without = login;
    without.emplace_back("--no-qr");
    EXPECT_THAT(on_terminal(without, variables, 80), Not(HasSubstr("▀")));
    variables.emplace_back("NO_COLOR=1");
    const auto plain = on_terminal(login, variables, 80);
    EXPECT_THAT(plain, HasSubstr("▀"));
    EXPECT_THAT(plain, Not(HasSubstr("\x1b[")));
}

}  // namespace
}  // namespace tiktok2twitch::test
