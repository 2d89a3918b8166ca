// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "e2e/login_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using nlohmann::json;
using sim::auth_endpoint;
using sim::auth_fault;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace fs = std::filesystem;

class doctor_test : public login_fixture {
protected:
    doctor_test() {
        world_.call([this] {
            world_.tiktok().add_room("ann");
            auto& rules = world_.twitch().rules();
            rules.add_channel("chan");
            rules.set_role("bot", "chan", sim::role::moderator);
            world_.tiktok().comment("ann", sim::chatter(), "hello");
        });
    }
    // Whatever a test does to the world: the doctor says nothing in chat and uses up no refresh token.
    ~doctor_test() override {
        EXPECT_THAT(world_.call([this] { return world_.twitch().lines(); }),
                    Not(Contains(HasSubstr("PRIVMSG"))));
        EXPECT_EQ(world_.call([this] { return world_.auth().rules().refreshes(); }), 0U);
        EXPECT_THAT(complaints(), IsEmpty());
    }

    void store(const std::string& login, std::vector<std::string> scopes = {"chat:read", "chat:edit"},
               bool renewable = true) {
        fs::create_directories(state_());
        fs::permissions(state_(), fs::perms::owner_all);
        const auto pair =
            world_.call([&] { return world_.auth().rules().grant("app", login, scopes, now()); });
        twitch::grant grant;
        grant.access = core::secret(pair.access);
        if (renewable)
            grant.refresh = core::secret(pair.refresh);
        grant.client_id = "app";
        grant.login = login;
        ASSERT_FALSE(twitch::token_store(state_(), login).save(grant));
    }

    std::vector<std::string> ways(std::vector<std::string> extra = {}) {
        extra.push_back("TIKTOK2TWITCH_TIKTOK_WEB_URL=" + world_.https_url());
        extra.push_back("TIKTOK2TWITCH_TIKTOK_WEBCAST_URL=" + world_.https_url());
        extra.push_back("TIKTOK2TWITCH_TIKTOK_WS_URL=" + world_.wss_url());
        extra.push_back("TIKTOK2TWITCH_TWITCH_IRC_URL=" + world_.ircs_url());
        extra.push_back("TIKTOK2TWITCH_TWITCH_HELIX_URL=" + world_.helix_url());
        return extra;
    }
    finished look(std::vector<std::string> more = {}, std::vector<std::string> extra = {}) {
        std::vector<std::string> arguments{"doctor", "--tiktok", "ann", "--channel", "chan"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(std::move(arguments), ways(std::move(extra)));
    }
    // Something that must be mended: its line, and the code.
    void expect_broken(int code, const std::string& line, const finished& ended) {
        EXPECT_EQ(ended.code, code) << ended.out << ended.err;
        EXPECT_THAT(ended.out, HasSubstr("\n" + line)) << ended.err;
    }
};

TEST_F(doctor_test, a_way_without_a_fault_is_ok_at_every_hop) {
    store("bot");
    const auto ended = look();
    EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, Not(HasSubstr("warning ")));
    EXPECT_THAT(ended.out, Not(HasSubstr("broken ")));
    EXPECT_THAT(ended.out, Not(HasSubstr("skipped ")));
    for (const auto* line :
         {"ok       configuration   no file; the defaults apply", "ok       routes          @ann -> #chan",
          "ok       running relay   none as bot with this state directory",
          "ok       DNS             localhost: this machine",
          "ok       clock           agrees with that of localhost", "ok       TikTok lookup   @ann: live now",
          "ok       TikTok cookie   TikTok hands the visitor cookie (ttwid) out",
          "ok       TikTok socket   @ann: opened, and messages come",
          "ok       Twitch scopes   may read and write the chat", "ok       chat login      as bot",
          "ok       join            #chan: joined",
          "ok       role            #chan: moderator, about 168 lines a minute",
          "ok       room modes      #chan: none is on", " 0 broken, 0 skipped: a relay can start\n"})
        EXPECT_THAT(ended.out, HasSubstr(line));
    EXPECT_THAT(ended.out, HasSubstr("token-bot.json: bot's, good for 3 h 59 min and renewed by itself"));
    EXPECT_THAT(ended.out, Not(HasSubstr("\x1b[")));
    EXPECT_THAT(look({"--color", "always"}).out, HasSubstr("\x1b[32mok"));
    const auto quiet = look({"-q"});
    EXPECT_EQ(quiet.code, 0);
    EXPECT_EQ(quiet.out, "");
    EXPECT_EQ(world_.call([this] { return world_.twitch().rules().violations().size(); }), 0U);
    EXPECT_THAT(world_.call([this] { return world_.tiktok().complaints(); }), IsEmpty());
    const auto left = std::distance(fs::directory_iterator(state_()), fs::directory_iterator());
    EXPECT_EQ(left, 1) << "only the login is in the state directory";
}

TEST_F(doctor_test, as_json_every_hop_has_its_place) {
    store("bot");
    const auto names = [](const json& found) {
        std::vector<std::string> out;
        for (const auto& each : found.at("checks"))
            out.push_back(each.at("name"));
        return out;
    };
    const auto good = json::parse(look({"--json"}).out);
    EXPECT_EQ(good.at("version"), 1);
    EXPECT_EQ(good.at("result"), "ok");
    EXPECT_EQ(good.at("exit_code"), 0);
    const std::vector<std::string> expected{
        "configuration", "routes",        "state_directory", "running_relay", "trust_store", "dns",
        "connection",    "connection",    "connection",      "connection",    "clock",       "tiktok_cookie",
        "tiktok_lookup", "tiktok_socket", "twitch_token",    "twitch_scopes", "irc_login",   "join",
        "role",          "room_modes"};
    EXPECT_EQ(names(good), expected);
    EXPECT_EQ(good.at("counts").at("ok"), expected.size());
    EXPECT_EQ(good.at("checks").at(17).at("about"), "#chan");

    // The order and the names stay when something breaks.
    world_.call([this] { world_.twitch().faults().refuse_connections = true; });
    const auto ended = look({"--json", "-q"});
    EXPECT_EQ(ended.code, 69);
    const auto bad = json::parse(ended.out);
    EXPECT_EQ(names(bad), expected);
    EXPECT_EQ(bad.at("result"), "broken");
    EXPECT_EQ(bad.at("exit_code"), 69);
    EXPECT_EQ(bad.at("checks").at(8).at("status"), "broken");
    EXPECT_THAT(std::string(bad.at("checks").at(8).at("fix")), HasSubstr("firewall"));
    EXPECT_EQ(bad.at("checks").at(16).at("status"), "skipped");
}

TEST_F(doctor_test, a_configuration_that_cannot_be_used_is_explained_and_the_rest_skipped) {
    const auto file = temp_.write("config.toml", "[twitch]\nlogni = \"bot\"\ntoken = 7\n");
    const auto ended = look({"--config", file});
    EXPECT_EQ(ended.code, 78);
    EXPECT_THAT(ended.out, HasSubstr("broken   configuration   " + file + ":2: "));
    EXPECT_THAT(ended.out, HasSubstr("broken   configuration   " + file + ":3: "));
    EXPECT_THAT(ended.out, HasSubstr("skipped  room modes      needs configuration"));
    EXPECT_EQ(look({"--config", temp_.file("none.toml")}).code, 66);
}

TEST_F(doctor_test, without_a_route_the_rest_of_the_way_is_looked_at) {
    store("bot");
    const auto ended = run({"doctor"}, ways());
    expect_broken(78, "broken   routes          nothing to relay. Fix: give --tiktok USER", ended);
    EXPECT_THAT(ended.out, HasSubstr("ok       chat login      as bot"));
    EXPECT_THAT(ended.out, HasSubstr("skipped  join            needs routes"));
}

TEST_F(doctor_test, a_state_directory_that_cannot_be_used_is_74) {
    const auto token = world_.call([this] {
        return world_.auth().rules().grant("app", "bot", {"chat:read", "chat:edit"}, now()).access;
    });
    const std::vector<std::string> login{"TIKTOK2TWITCH_TWITCH_TOKEN=" + token,
                                         "TIKTOK2TWITCH_TWITCH_LOGIN=bot"};
    state_name_ = "file";
    temp_.write("file", "no directory");
    expect_broken(74, "broken   state directory " + state_() + ": cannot be written: Not a directory. Fix: ",
                  look({}, login));
    state_name_ = "file/below";
    expect_broken(74, "broken   state directory " + state_() + ": cannot be made: Not a directory. Fix: ",
                  look({}, login));
    state_name_ = "open";
    fs::create_directory(state_());
    fs::permissions(state_(), fs::perms::all);
    const auto open = look({}, login);
    EXPECT_EQ(open.code, 0) << open.out;
    EXPECT_THAT(open.out, HasSubstr("warning  state directory " + state_() +
                                    ": other users of this machine may write into it. Fix: chmod 700 "));
    state_name_ = "not/yet";
    const auto fresh = look({}, login);
    EXPECT_EQ(fresh.code, 0) << fresh.out;
    EXPECT_THAT(fresh.out, HasSubstr("not there yet; made when it is needed"));
    EXPECT_FALSE(fs::exists(state_())) << "the doctor changes nothing";
}

TEST_F(doctor_test, a_relay_that_runs_is_named_and_not_disturbed) {
    store("bot");
    auto relay = start({"run", "--tiktok", "ann", "--channel", "chan"}, ways());
    ASSERT_TRUE(world_.wait_for([this] { return world_.twitch().joined("bot", "chan"); })) << relay->err();
    // A relay that does not get around to an answer within 2 s is none to the doctor, which is right.
    const std::string named = "ok       running relay   one as bot: running for ";
    auto ended = look();
    for (int more = 2; more > 0 && ended.out.find(named) == std::string::npos; --more)
        ended = look();
    EXPECT_EQ(ended.code, 0) << ended.out;
    EXPECT_THAT(ended.out, HasSubstr(named));
    EXPECT_TRUE(world_.call([this] { return world_.twitch().joined("bot", "chan"); }));
    relay->signal(SIGTERM);
    EXPECT_EQ(relay->wait(), 0) << relay->err();
}

TEST_F(doctor_test, no_trust_and_a_strange_certificate_are_told_apart) {
    store("bot");
    expect_broken(78, "broken   trust store     tls.ca_file " + temp_.file("none.pem") + ": ",
                  look({}, {"TIKTOK2TWITCH_TLS_CA_FILE=" + temp_.file("none.pem")}));
    const auto other = net::make_test_identity({"localhost"}).value();
    const auto ended = look({}, {"TIKTOK2TWITCH_TLS_CA_FILE=" + temp_.write("other.pem", other.ca_pem)});
    EXPECT_EQ(ended.code, 69);
    EXPECT_THAT(ended.out, HasSubstr("what answers has no certificate for localhost that is trusted here. "
                                     "Fix: check the clock; log in to the network if it has a login page"));
    EXPECT_THAT(ended.out, HasSubstr("(certificate_refused)"));
    EXPECT_THAT(ended.out, HasSubstr("skipped  TikTok lookup   @ann: needs connection localhost:"));
}

TEST_F(doctor_test, names_ports_and_hosts_are_told_apart) {
    store("bot");
    // RFC 6761: never has an address.
    expect_broken(69, "broken   DNS             nowhere.invalid: ",
                  look({"--set", "tiktok.ws_url=wss://nowhere.invalid"}));
    const auto refused = look({"--set", "twitch.irc_url=ircs://localhost:1"});
    expect_broken(
        69,
        "broken   connection      localhost:1: nothing listens at localhost:1, or a firewall refuses "
        "(twitch.irc_url). Fix: ",
        refused);
    EXPECT_THAT(refused.out, HasSubstr("skipped  chat login      needs connection localhost:1"));
}

TEST_F(doctor_test, a_clock_that_is_off_is_a_warning_in_both_directions) {
    store("bot");
    world_.call([this] { world_.auth().set_clock_ahead(std::chrono::minutes(5)); });
    const auto slow = look();
    EXPECT_EQ(slow.code, 0);
    EXPECT_THAT(slow.out, HasSubstr("warning  clock           this machine's clock is "));
    EXPECT_THAT(slow.out, HasSubstr(" behind that of localhost"));
    EXPECT_THAT(slow.out, HasSubstr("Fix: sudo timedatectl set-ntp true"));
    world_.call([this] { world_.auth().set_clock_ahead(std::chrono::minutes(-5)); });
    EXPECT_THAT(look().out, HasSubstr(" ahead of that of localhost"));
}

TEST_F(doctor_test, what_tiktok_says_about_the_account_is_told_apart) {
    store("bot");
    const auto nobody = run({"doctor", "--tiktok", "nobody", "--channel", "chan"}, ways());
    expect_broken(78, "broken   TikTok lookup   @nobody: TikTok knows no such account", nobody);
    EXPECT_THAT(nobody.out, HasSubstr("Fix: Check the spelling of the handle"));
    EXPECT_THAT(nobody.out, HasSubstr("skipped  TikTok socket   @nobody: needs TikTok lookup @nobody"));
    world_.call([this] { world_.tiktok().end_live("ann"); });
    const auto offline = look();
    EXPECT_EQ(offline.code, 0) << offline.out;
    EXPECT_THAT(offline.out, HasSubstr("ok       TikTok lookup   @ann: not live now"));
    EXPECT_THAT(offline.out, HasSubstr("skipped  TikTok socket   @ann: there is one only during a live"));
}

TEST_F(doctor_test, one_way_of_the_lookup_is_enough_and_none_is_not) {
    store("bot");
    world_.call([this] { world_.tiktok().always(sim::endpoint::api, sim::answer_status(403)); });
    const auto one = look();
    EXPECT_EQ(one.code, 0) << one.out;
    EXPECT_THAT(one.out,
                HasSubstr("warning  TikTok lookup   @ann: live now, says the live page; the other way "
                          "does not work: TikTok refused the request (HTTP 403)"));
    world_.call([this] { world_.tiktok().always(sim::endpoint::page, sim::answer_status(429)); });
    const auto none = look();
    expect_broken(
        69, "broken   TikTok lookup   @ann: TikTok refused the request (HTTP 403); the live page: ", none);
    EXPECT_THAT(none.out, HasSubstr("(lookup_forbidden)"));
}

TEST_F(doctor_test, cookie_and_socket_have_hops_of_their_own) {
    store("bot");
    world_.call([this] { world_.tiktok().shut_pages(); });
    const auto pages = look();
    EXPECT_EQ(pages.code, 0) << pages.out;
    EXPECT_THAT(pages.out,
                HasSubstr("ok       TikTok cookie   TikTok hands the visitor cookie (ttwid) out by register; "
                          "/@user/live: check page for browsers, /live: check page for browsers, /: check "
                          "page for browsers\n"));
    world_.call([this] { world_.tiktok().always(sim::endpoint::registration, sim::answer_status(403)); });
    const auto cookie = look();
    expect_broken(69,
                  "broken   TikTok cookie   no door hands the visitor cookie (ttwid) out; register: refused "
                  "(HTTP 403), /@user/live: check page for browsers, ",
                  cookie);
    EXPECT_THAT(cookie.out, HasSubstr("skipped  TikTok socket   @ann: needs TikTok cookie"));
    world_.call([this] {
        world_.tiktok().clear_faults();
        world_.tiktok().script(sim::endpoint::socket, {sim::answer_device_blocked()});
    });
    const auto once = look();
    EXPECT_EQ(once.code, 0) << once.out;
    EXPECT_THAT(once.out, HasSubstr("warning  TikTok socket   @ann: opened with the second identity"));
    world_.call([this] { world_.tiktok().always(sim::endpoint::socket, sim::answer_illegal_secret_key()); });
    expect_broken(
        69,
        "broken   TikTok socket   @ann: TikTok asked for a signed address (illegal secret key) [HTTP "
        "200, Handshake-Msg: illegal secret key, Handshake-Status: 417, x-tt-logid: "
        "20260909160450EXAMPLE0123456789AB]. Fix: ",
        look());
}

TEST_F(doctor_test, without_a_login_it_says_how_to_get_one) {
    const auto nobody = look();
    expect_broken(78, "broken   Twitch token    nobody is logged in. Fix: run 'tiktok2twitch login'", nobody);
    EXPECT_THAT(nobody.out, HasSubstr("skipped  role            needs Twitch token"));
    store("bot");
    store("other");
    expect_broken(78, "broken   Twitch token    more than one login is stored (bot, other). Fix: ", look());
    EXPECT_EQ(look({"--set", "twitch.login=bot"}).code, 0);
    expect_broken(78, "broken   Twitch token    third is not logged in",
                  look({"--set", "twitch.login=third"}));
}

TEST_F(doctor_test, a_token_that_has_ended_is_the_relays_to_renew) {
    store("bot");
    world_.call([this] { world_.auth().rules().expire_access("bot"); });
    const auto ended = look();
    EXPECT_EQ(ended.code, 0) << ended.out;
    EXPECT_THAT(ended.out, HasSubstr("token-bot.json: the access token has ended, as they do after hours; a "
                                     "relay renews it when it starts. Fix: nothing to do."));
    EXPECT_THAT(ended.out, HasSubstr("skipped  chat login      needs a token that is valid now"));
    store("bot", {"chat:read", "chat:edit"}, false);
    world_.call([this] { world_.auth().rules().expire_access("bot"); });
    const auto gone = look();
    EXPECT_EQ(gone.code, 77) << gone.out;
    EXPECT_THAT(gone.out, HasSubstr("Twitch does not accept it any more. Fix: run 'tiktok2twitch login'"));
}

TEST_F(doctor_test, a_token_that_should_still_be_good_or_was_being_renewed_may_be_lost) {
    const auto change = [this](const std::function<void(twitch::grant&)>& how) {
        twitch::token_store files(state_(), "bot");
        auto grant = *stored("bot");
        how(grant);
        ASSERT_FALSE(files.save(grant));
    };
    store("bot");
    const auto later = std::chrono::duration_cast<std::chrono::milliseconds>(
                           (std::chrono::system_clock::now() + std::chrono::hours(3)).time_since_epoch())
                           .count();
    change([&](twitch::grant& grant) { grant.expires_at = later; });
    EXPECT_EQ(look().code, 0);
    world_.call([this] { world_.auth().rules().disconnect("bot"); });
    const auto revoked = look();
    expect_broken(
        77,
        "broken   Twitch token    " + state_() +
            "/token-bot.json: Twitch does not accept it, 2 h 59 min before its end: it was revoked, "
            "or renewed by a copy of this state directory on another machine. Fix: run 'tiktok2twitch login'",
        revoked);
    EXPECT_THAT(revoked.out, HasSubstr("(token_invalid)"));
    change([](twitch::grant& grant) {
        grant.expires_at = 0;
        grant.refreshing = true;
    });
    EXPECT_EQ(look().code, 77);
}

TEST_F(doctor_test, files_of_the_login_that_are_somebody_else_s_are_74) {
    store("bot");
    temp_.write("state/token-bot.lock", "");
    run_as_ordinary_user();
    EXPECT_EQ(look().code, 0);
    const auto lock = state_() + "/token-bot.lock";
    fs::permissions(lock, fs::perms::none);
    const auto locked = look();
    expect_broken(74,
                  "broken   Twitch token    " + lock +
                      ": cannot be used: Permission denied. Fix: sudo chown \"$USER\" " + lock +
                      " && chmod 600 " + lock + " (system:13)\n",
                  locked);
    EXPECT_THAT(locked.out, HasSubstr("ok       chat login      as bot"))
        << "the rest of the way is looked at";
    const auto file = state_() + "/token-bot.json";
    fs::permissions(file, fs::perms::none);
    const auto unread = look();
    expect_broken(
        74, "broken   Twitch token    " + file + ": cannot be used: Permission denied. Fix: sudo chown ",
        unread);
    EXPECT_THAT(unread.out, HasSubstr("skipped  chat login      needs Twitch token"));
}

TEST_F(doctor_test, a_stored_login_that_cannot_be_used_is_77) {
    store("bot");
    fs::permissions(state_() + "/token-bot.json", fs::perms::others_read, fs::perm_options::add);
    const auto exposed = look();
    EXPECT_EQ(exposed.code, 77);
    EXPECT_THAT(exposed.out, HasSubstr("chmod 600"));
    EXPECT_THAT(exposed.out, HasSubstr("(token_store_exposed)"));
    temp_.write("state/token-bot.json", "{");
    fs::permissions(state_() + "/token-bot.json", fs::perms::owner_read | fs::perms::owner_write);
    expect_broken(77, "broken   Twitch token    " + state_() + "/token-bot.json: ", look());
}

TEST_F(doctor_test, a_configured_token_has_to_be_good_and_fit_the_login) {
    const auto pasted = world_.call([this] {
        return world_.auth().rules().grant("app", "bot", {"chat:read", "chat:edit"}, now()).access;
    });
    const std::string token = "TIKTOK2TWITCH_TWITCH_TOKEN=oauth:" + pasted;
    const auto ending = look({}, {token, "TIKTOK2TWITCH_TWITCH_LOGIN=bot"});
    EXPECT_EQ(ending.code, 0) << ending.out;
    EXPECT_THAT(ending.out,
                HasSubstr("warning  Twitch token    twitch.token (TIKTOK2TWITCH_TWITCH_TOKEN): bot's, "
                          "ends in 3 h 59 min and cannot be renewed. Fix: remove it and run"));
    EXPECT_THAT(ending.out, Not(HasSubstr(pasted)));
    const auto other = look({}, {token, "TIKTOK2TWITCH_TWITCH_LOGIN=other"});
    EXPECT_EQ(other.code, 77);
    EXPECT_THAT(other.out, HasSubstr("it is bot's, but twitch.login is other. Fix: set twitch.login to bot"));
    const auto nobody = look({}, {token});
    EXPECT_EQ(nobody.code, 0) << nobody.out;
    EXPECT_THAT(nobody.out, HasSubstr("(TIKTOK2TWITCH_TWITCH_TOKEN): bot's, ends in 3 h 59 min"));
    EXPECT_THAT(nobody.out, HasSubstr("ok       chat login      as bot"));
    const auto wrong =
        look({}, {"TIKTOK2TWITCH_TWITCH_TOKEN=nonsensetoken1", "TIKTOK2TWITCH_TWITCH_LOGIN=bot"});
    EXPECT_EQ(wrong.code, 77);
    EXPECT_THAT(wrong.out, HasSubstr("(token_invalid)"));
    EXPECT_THAT(wrong.out, Not(HasSubstr("nonsensetoken1")));
}

TEST_F(doctor_test, missing_scopes_are_named_with_the_command) {
    store("bot", {"chat:read"});
    const auto ended = look();
    expect_broken(77, "broken   Twitch scopes   missing: chat:edit. Fix: run 'tiktok2twitch login' again",
                  ended);
    EXPECT_THAT(ended.out, HasSubstr("(scope_missing)"));
}

TEST_F(doctor_test, a_login_service_that_does_not_work_is_69) {
    store("bot");
    world_.call([this] { world_.auth().always(auth_endpoint::validate, auth_fault::server_error); });
    const auto ended = look();
    EXPECT_EQ(ended.code, 69) << ended.out;
    EXPECT_THAT(ended.out, HasSubstr("(auth_server_error)"));
}

TEST_F(doctor_test, a_refused_chat_login_is_77) {
    store("bot");
    world_.call([this] { world_.twitch().faults().refuse_logins = 1; });
    const auto ended = look();
    expect_broken(77, "broken   chat login      Twitch refused the login. Fix: run 'tiktok2twitch login'",
                  ended);
    EXPECT_THAT(ended.out, HasSubstr("skipped  join            needs chat login"));
}

TEST_F(doctor_test, channels_that_cannot_be_joined_are_told_apart) {
    store("bot");
    const auto wrong = run({"doctor", "--tiktok", "ann", "--channel", "chna"}, ways());
    expect_broken(
        78, "broken   join            #chna: there is no such channel. Fix: correct the route's channel; ",
        wrong);
    EXPECT_THAT(wrong.out, HasSubstr("skipped  role            #chna: needs join #chna"));
    world_.call([this] { world_.twitch().rules().ban("bot", "chan"); });
    expect_broken(
        69, "broken   join            #chan: bot is banned there. Fix: The streamer can undo it: /unban bot",
        look());
    world_.call([this] {
        world_.twitch().rules().unban("bot", "chan");
        world_.twitch().rules().set_suspended("chan", true);
    });
    expect_broken(
        69,
        "broken   join            #chan: Twitch says that this channel is suspended or not there: ", look());
}

TEST_F(doctor_test, without_the_api_silence_is_all_that_tells_of_a_wrong_channel) {
    store("bot");
    world_.call([this] { world_.helix().always(sim::helix_endpoint::users, sim::helix_status(503)); });
    expect_broken(
        78, "broken   join            #chna: Twitch does not answer: there is hardly such a channel. Fix: ",
        run({"doctor", "--tiktok", "ann", "--channel", "chna"}, ways()));
}

TEST_F(doctor_test, over_helix_it_asks_what_a_relay_asks_and_the_token_stays_out_of_chat) {
    const std::vector<std::string> helix{"--set", "twitch.transport=helix"};
    store("bot", {"user:write:chat"});
    const auto good = look(helix);
    EXPECT_EQ(good.code, 0) << good.out << good.err;
    EXPECT_THAT(good.out, HasSubstr(" 0 warnings, 0 broken, 0 skipped: a relay can start\n"));
    for (const auto* line :
         {"ok       Twitch scopes   may write to the chat through Twitch's API",
          "ok       chat login      as bot, with Twitch's API",
          "ok       join            #chan: there is such a channel",
          "ok       role            #chan: Twitch's API does not tell; about 33 lines a minute",
          "ok       room modes      #chan: none is on"})
        EXPECT_THAT(good.out, HasSubstr(line));
    EXPECT_EQ(world_.call([this] { return world_.twitch().logins(); }), 0U);
    EXPECT_THAT(look({"--set", "twitch.transport=helix", "--set", "commands.enabled=false"}).out,
                HasSubstr("about 33 lines a minute, moderator or not: without commands.enabled"));

    world_.call([this] { world_.twitch().rules().set_modes("chan", {.slow = 30}); });
    EXPECT_THAT(
        look(helix).out,
        HasSubstr("warning  room modes      #chan: slow mode (one line every 30 s); does not matter if "
                  "bot is a moderator. Fix: write /mod bot"));
    world_.call([this] { world_.helix().always(sim::helix_endpoint::settings, sim::helix_status(503)); });
    EXPECT_THAT(look(helix).out, HasSubstr("warning  room modes      #chan: Twitch does not tell: "));
    expect_broken(
        78, "broken   join            #chna: there is no such channel. Fix: ",
        run({"doctor", "--tiktok", "ann", "--channel", "chna", "--set", "twitch.transport=helix"}, ways()));
    world_.call([this] { world_.helix().always(sim::helix_endpoint::users, sim::helix_status(503)); });
    const auto down = look(helix);
    expect_broken(69, "broken   chat login      Twitch's API does not work at the moment", down);
    EXPECT_THAT(down.out, HasSubstr("skipped  join            needs chat login"));

    store("bot");
    expect_broken(77, "broken   Twitch scopes   missing: user:write:chat. Fix: ", look(helix));
}

TEST_F(doctor_test, the_transport_decides_which_address_a_relay_cannot_do_without) {
    store("bot", {"chat:read", "chat:edit", "user:write:chat"});
    const auto no_api = look({"--set", "twitch.helix_url=https://localhost:1"});
    EXPECT_EQ(no_api.code, 0) << no_api.out;
    EXPECT_THAT(no_api.out,
                HasSubstr("warning  connection      localhost:1: nothing listens at localhost:1, or "
                          "a firewall refuses (twitch.helix_url); a relay starts, but does not "
                          "learn whether its channels exist. Fix: "));
    EXPECT_THAT(no_api.out, HasSubstr("ok       join            #chan: joined"));
    const auto no_irc =
        look({"--set", "twitch.transport=helix", "--set", "twitch.irc_url=ircs://localhost:1"});
    EXPECT_EQ(no_irc.code, 0) << no_irc.out;
    EXPECT_THAT(no_irc.out, HasSubstr("a relay starts, but cannot read the chat: moderators' commands do "
                                      "nothing. Fix: "));
    EXPECT_THAT(look({"--set", "twitch.transport=helix", "--set", "twitch.irc_url=ircs://localhost:1",
                      "--set", "commands.enabled=false"})
                    .out,
                Not(HasSubstr("localhost:1:")));
    const auto neither =
        look({"--set", "twitch.transport=helix", "--set", "twitch.helix_url=https://localhost:1"});
    expect_broken(69, "broken   connection      localhost:1: nothing listens at ", neither);
    EXPECT_THAT(neither.out, HasSubstr("skipped  chat login      needs connection localhost:1"));
}

TEST_F(doctor_test, rank_and_modes_come_with_what_they_mean) {
    store("bot");
    world_.call([this] {
        auto& rules = world_.twitch().rules();
        rules.set_modes(
            "chan", {.slow = 30, .followers_only = 10, .subs_only = true, .emote_only = true, .r9k = true});
    });
    const auto moderator = look();
    EXPECT_EQ(moderator.code, 0);
    EXPECT_THAT(moderator.out,
                HasSubstr("ok       room modes      #chan: slow mode (one line every 30 s), "));
    EXPECT_THAT(moderator.out, HasSubstr(": not for a moderator"));
    world_.call([this] { world_.twitch().rules().set_role("bot", "chan", sim::role::ordinary); });
    const auto ordinary = look({"-q"});
    EXPECT_EQ(ordinary.code, 0);
    EXPECT_EQ(
        ordinary.out,
        "warning  role            #chan: ordinary viewer, about 33 lines a minute. Fix: write /mod bot in "
        "the "
        "channel's chat, for more.\n"
        "warning  room modes      #chan: slow mode (one line every 30 s), followers-only (only who has "
        "followed for 10 min may write), subscribers-only (only subscribers may write), emote-only (every "
        "line with other text is refused), unique-chat (a line like an earlier one is refused). Fix: write "
        "/mod bot in the channel's chat, or switch it off: /slowoff /followersoff /subscribersoff "
        "/emoteonlyoff /uniquechatoff\n");
}

TEST_F(doctor_test, every_route_has_its_checks_up_to_a_bound) {
    store("bot");
    std::string config;
    for (int i = 0; i < 20; ++i) {
        const auto number = std::to_string(i);
        config += "[[route]]\ntiktok = \"user" + number + "\"\nchannel = \"chan" + number + "\"\n";
        world_.call([&] {
            world_.tiktok().add_room("user" + number, sim::account_state::offline);
            world_.twitch().rules().add_channel("chan" + number);
        });
    }
    const auto file = temp_.write("config.toml", config);
    const auto ended = run({"doctor", "--config", file}, ways());
    EXPECT_EQ(ended.code, 0) << ended.out;
    EXPECT_THAT(ended.out, HasSubstr("@user9: not live now"));
    EXPECT_THAT(ended.out, Not(HasSubstr("@user10: ")));
    EXPECT_THAT(ended.out, HasSubstr("skipped  TikTok lookup   10 more; "));
    EXPECT_THAT(ended.out, HasSubstr("#chan14: joined"));
    EXPECT_THAT(ended.out, Not(HasSubstr("#chan15: ")));
    EXPECT_THAT(ended.out, HasSubstr("skipped  join            5 more; "));
    EXPECT_EQ(world_.call([this] { return world_.twitch().rules().violations().size(); }), 0U);
}

TEST_F(doctor_test, a_dry_run_is_looked_at_without_a_login) {
    const auto ended = look({"-n"});
    EXPECT_EQ(ended.code, 0) << ended.out;
    EXPECT_THAT(ended.out, HasSubstr("ok       TikTok socket   @ann: opened, and messages come"));
    EXPECT_THAT(ended.out, HasSubstr("skipped  chat login      a dry run needs no login"));
    EXPECT_EQ(requests(auth_endpoint::validate), 0U);
}

TEST_F(doctor_test, an_interrupt_ends_it_at_once) {
    constexpr auto at_once = std::chrono::seconds(8);  // the requests are waited for for 10 s
    store("bot");
    world_.call([this] { world_.tiktok().always(sim::endpoint::api, sim::answer_stall()); });
    const auto program = start({"doctor", "--tiktok", "ann", "--channel", "chan"}, ways());
    ASSERT_TRUE(world_.wait_for([this] { return world_.tiktok().request_count(sim::endpoint::api) > 0; }));
    program->signal(SIGINT);
    EXPECT_EQ(program->wait(at_once), 130);
    EXPECT_THAT(program->out(), Not(HasSubstr("TikTok lookup")));
    EXPECT_THAT(program->out(), Not(HasSubstr("a relay can start")));

    world_.call([this] {
        world_.tiktok().clear_faults();
        world_.helix().always(sim::helix_endpoint::users, sim::helix_does(sim::helix_fault::kind::stall));
    });
    const auto asking =
        start({"doctor", "--tiktok", "ann", "--channel", "chan", "--set", "twitch.transport=helix"}, ways());
    ASSERT_TRUE(
        world_.wait_for([this] { return world_.helix().request_count(sim::helix_endpoint::users) > 0; }));
    asking->signal(SIGINT);
    EXPECT_EQ(asking->wait(at_once), 130);
    EXPECT_THAT(asking->out(), Not(HasSubstr("chat login")));
}

}  // namespace
}  // namespace tiktok2twitch::test
