// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The inside of account, over six files: account.cpp (routes and what they wait for), account_steps.cpp
// (the connection's life and the next step), account_lines.cpp (what the server says), account_probes.cpp
// (what keeps a channel silent, and when that is looked at again), account_moderation.cpp (chat, answers to
// it, and what is taken back) and account_elsewhere.cpp (what others say as this account).

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/away_story.hpp"
#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/twitch/account.hpp"
#include "twitch/answers.hpp"
#include "twitch/channel_gate.hpp"
#include "tiktok2twitch/twitch/sending/outbox.hpp"
#include "twitch/irc_session.hpp"
#include "twitch/join_plan.hpp"
#include "twitch/ledger.hpp"
#include "twitch/line_pace.hpp"
#include "twitch/login_limiter.hpp"
#include "twitch/notice_table.hpp"
#include "twitch/other_relay.hpp"
#include "twitch/own_lines.hpp"
#include "twitch/probe_schedule.hpp"
#include "twitch/room_events.hpp"
#include "twitch/send_budget.hpp"
#include "twitch/used_elsewhere.hpp"

namespace tiktok2twitch::twitch {

inline constexpr std::string_view suspected_mute = "suspected_mute";  // a pause's reason

// Kept after its last route went: what the server remembers about us there (spacing, slow mode, a ban)
// outlives a reload.
struct channel {
    std::uint64_t id = 0;
    std::string name;    // as the routes call it
    std::string called;  // at Twitch: another, once it was renamed there
    std::string room_id;
    std::set<relay::route_id> routes;
    channel_gate gate;
    channel_outbox box;
    waiting_answers answers;
    core::duration slow{};                       // between relayed lines, as moderators want it
    std::optional<core::time_point> relayed_at;  // the last relayed line was written
    line_pace pace;
    other_relay twin;
    bool without_id = false;      // a USERSTATE without one came since the last line went
    unsigned mute_step = 0;       // suspected mutes in a row
    unsigned invisible_step = 0;  // the same, of lines that were accepted and not seen
    core::time_point invisible_at = core::time_point::min();  // the last of these
    bool to_be_seen = false;  // one line goes; whether it is seen is waited for
    std::map<std::string, core::time_point, std::less<>> told;  // notices, by their id

    probe_schedule probe;    // runs while, and after, something keeps the channel silent
    bool asked = false;      // by a JOIN that is not answered yet
    bool denied = false;     // a NOTICE answered it
    bool by_hand = false;    // a person wanted the question, or the line that it led to
    bool gone_told = false;  // that Twitch's API does not know it
    bool silenced = false;   // people were told so, and not yet that it is over
    core::time_point told_next = core::time_point::min();   // the next try that they were told of last
    core::time_point told_still = core::time_point::min();  // when
};

// Lines that carried a route; kept after the route went.
struct line_counts {
    std::uint64_t sent = 0;
    std::uint64_t accepted = 0;
};

struct account::impl {
    impl(const twitch::options& options, std::vector<core::time_point> sent, bool cautious,
         core::time_point now, std::uint64_t seed);

    // account.cpp
    channel& channel_named(const std::string& name);
    channel* find(std::string_view name);     // as the routes call it
    channel* heard(std::string_view called);  // as Twitch calls it
    void add_route(relay::route_id route, std::string name, core::time_point now);
    void remove_route(relay::route_id route);
    void leave(channel& ch);
    void push(relay::line_part part, core::time_point now);
    void update(const twitch::options& options, core::time_point now);
    bool anything_left() const;
    void settle_rest(std::string_view reason);
    channel_status status_of(const channel& ch, core::time_point now) const;
    connection_status connection_of(core::time_point now) const;

    // account_steps.cpp
    void housekeeping(core::time_point now);
    bool drained(core::time_point now) const;
    void on_connected(core::time_point now);
    void on_disconnected(core::error_code reason, core::time_point now, core::duration told_wait);
    step next(core::time_point now);
    std::optional<step> protocol_step(core::time_point now);
    void run_joins(core::time_point now);
    void check_answers(core::time_point now);
    std::optional<step> line_step(core::time_point now);
    write_line launch(channel& ch, const flight& line, core::time_point now);
    void on_written(core::time_point now);
    void on_not_said();
    core::time_point deadline(core::time_point now) const;

    // account_lines.cpp
    void handle(const nothing&, core::time_point) {}
    void handle(const logged_in&, core::time_point now);
    void handle(const session_failed& event, core::time_point now);
    void handle(const user_state& event, core::time_point now);
    void handle(const room_state& event, core::time_point now);
    void handle(const room_notice& event, core::time_point now);
    void handle(const own_clear& event, core::time_point now);
    void handle(const own_line_cleared& event, core::time_point now);
    void handle(const own_part& event, core::time_point now);
    void handle(const reconnect_asked&, core::time_point now);
    void handle(const pong& event, core::time_point now);
    void set_role(channel& ch, role rank, core::time_point now);
    void handle(const channel_chat& event, core::time_point now);
    void accepted(channel& ch, const std::string& line_id, core::time_point now);
    void unanswered(channel& ch, core::time_point now);
    void suspect_mute(channel& ch, unsigned& so_far, std::string_view what, core::time_point now);
    void no_answer(channel& ch, const notice_rule& rule, core::time_point now);
    void react(channel& ch, const notice_rule& rule, const room_notice& event, core::time_point now);
    void fail(errc reason);
    void tell_away(core::error_code reason, core::time_point at, core::time_point now);
    void say(notice::severity level, std::string_view where, std::string text);
    // At its level once in a while, in between for debugging only. Where it silences the channel, after it
    // did so: people are told when it is tried next, in between as well.
    void tell(channel& ch, const notice_rule& rule, std::string_view detail, core::time_point now);

    // account_probes.cpp
    void pause(channel& ch, hold_kind kind, core::duration span, const notice_rule& rule,
               core::time_point now);
    void time_out(channel& ch, core::duration span, core::time_point now);
    void stop_channel(channel& ch, const notice_rule& rule, bool news, core::time_point now);
    bool worth_asking(const channel& ch, core::time_point now) const;
    // When something is done next about what keeps `ch` silent; nothing: nothing does.
    std::optional<core::time_point> next_try(const channel& ch, core::time_point now) const;
    std::string next_try_words(const channel& ch, core::time_point now) const;
    core::time_point probe_due(const channel& ch, core::time_point now) const;
    void run_probes(core::time_point now);
    void ask(channel& ch, core::time_point now);
    void join_again(const channel& ch);
    void on_joined(channel& ch, bool saw_user_state, core::time_point now);
    void probe_answered(channel& ch, core::time_point now);
    void join_unanswered(channel& ch, core::time_point now);
    void invisible(channel& ch, core::time_point now);
    void note_accepted(channel& ch, core::time_point now);
    void note_told(channel& ch, core::time_point now);
    // Says that it goes on, unless people were told of a next try that is still to come.
    void say_still(channel& ch, core::time_point now);
    void not_banned(channel& ch);
    void give_up_join(channel& ch);
    // `stood`: something kept it silent before what was just heard.
    void say_if_over(channel& ch, bool stood, std::string_view why, core::time_point now);
    void ask_now(std::string_view name, core::time_point now);
    void doubt(const channel& ch);
    void channel_known(channel& ch, const channel_finding& found, core::time_point now);
    void follow(channel& ch, const std::string& called);

    // account_moderation.cpp
    void note_delivery(const channel& ch, const flight& line, const std::string& line_id);
    std::size_t withdraw(const std::function<bool(relay::event_ticket)>& which, std::string_view reason);
    // When the channel's next line may go as far as the channel is concerned; nothing: it has none to say.
    std::optional<core::time_point> channel_due(const channel& ch) const;
    bool answers_next(const channel& ch) const;

    // account_elsewhere.cpp
    void own_line_seen(const own_sighting& seen, own_lines::reader who, core::time_point now);
    void answer_to_nobody(const user_state& event, core::time_point now);
    void decide_sightings(std::string_view channel, core::time_point now);
    void decide_all_sightings(core::time_point now);
    void line_arrived(const own_sighting& seen, core::time_point now);
    void said_elsewhere(const own_sighting& seen, core::time_point now);
    void heard_elsewhere(channel& ch, const std::string& text, core::time_point now);
    void count_accepted(const flight& line);
    void tell_twin(channel& ch, std::string_view by, core::time_point now);

    const std::string& login() const { return session.login().empty() ? settings.login : session.login(); }
    bool needs_token() const { return settings.token_is_kept && (settings.token.empty() || token_refused); }
    void retry_login(core::time_point now);
    bool may_speak() const { return connected && session.ready() && !reconnect_by && !closing; }

    twitch::options settings;
    ledger book;
    std::vector<notice> notices;
    std::deque<chat_message> chat;
    std::deque<delivery> deliveries;
    std::deque<cleared_line> cleared;
    std::deque<doubted_channel> doubts;

    std::map<relay::route_id, channel*> routes;
    std::map<relay::route_id, line_counts> counts;
    std::map<std::string, std::unique_ptr<channel>, std::less<>> channels;
    std::vector<channel*> order;  // whoever spoke last stands last

    core::backoff retry;
    login_limiter logins;
    std::optional<core::time_point> last_before_start;  // the newest send of an earlier process
    send_budget budget;
    own_lines own;
    struct undecided {
        own_sighting seen;
        own_lines::reader who;
    };
    std::vector<undecided> sightings;  // until the line in flight has its answer
    used_elsewhere elsewhere;
    std::deque<core::time_point> foreign;  // for take_foreign_lines()
    irc_session session;
    join_plan joins;
    bool ids_seen = false;  // USERSTATEs that answer a line carry an id, on this connection

    core::secret login_token;    // the last login's
    bool token_refused = false;  // the one in settings

    bool connected = false;
    core::time_point changed_at;   // online since, or away since
    core::error_code away_reason;  // of the last end
    core::away_story absence;
    core::time_point next_attempt;
    std::optional<core::time_point> reconnect_by;  // RECONNECT came: close by then
    std::optional<core::error_code> closing;
    core::error_code fatal;
    std::optional<core::time_point> drain_deadline;
    bool quit_sent = false;
    bool answered_last = false;  // the last line went ahead of its turn

    // The last line that next() handed out, and what held before it.
    struct being_written {
        channel* where = nullptr;
        std::set<relay::route_id> routes;
        bool left = false;
        std::optional<core::time_point> written_before;
        std::optional<core::time_point> relayed_before;
    };
    being_written writing;
};

}  // namespace tiktok2twitch::twitch
