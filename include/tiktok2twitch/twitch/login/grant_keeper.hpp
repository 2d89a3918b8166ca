// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What to do next to keep a login alive (docs/protocol/twitch.md §3.4, §3.5). Pure: the shell
// (client/token_keeper.hpp) does what next() says and reports how it ended; on_refused() may come at any
// time. take_events() after each call. Two clocks: intervals are steady, `wall` is only compared with what is
// stored, so that a clock that is set neither makes it spin nor keeps it from renewing.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/twitch/account_types.hpp"
#include "tiktok2twitch/twitch/login/grant.hpp"
#include "tiktok2twitch/twitch/login/renewal.hpp"

namespace tiktok2twitch::twitch {

struct keeper_options {
    // twitch.login, lower case: whom the token must belong to; empty: anybody. An account that was renamed
    // since its login was stored is known by its number.
    std::string login;
    std::vector<std::string> scopes{std::string(scope_read), std::string(scope_edit)};  // without: lost
    core::secret pasted;     // from the configuration: there is no store then, and nothing can be renewed
    std::string store_path;  // for sentences
    // At least that often is Twitch's duty (docs/protocol/twitch.md §3.4)
    core::duration validate_every = std::chrono::hours(1);
};

// What happened, for the account and the log.
struct token_found {  // good, to be used from the next login on; told again after a refusal
    core::secret access;
    std::string login;
    // Empty, as the next two, while a pasted token could not be validated; told again when it was.
    std::string user_id;
    std::string client_id;
    std::vector<std::string> scopes;
    core::unix_ms expires_at = 0;  // 0: not known, or never
};
// Only a person can help; token_found follows if one does. Reasons: errc::login_needed, token_invalid (a
// pasted token), login_refused (a pasted token that the chat refuses while nobody can say whether it is
// good), wrong_account, scope_missing, renewed_elsewhere, refresh_refused and its kin, token_lock_failed,
// token_lock_busy, token_store_unwritable, or why the store cannot be read. What may pass by itself is tried
// again.
struct token_lost {
    core::error_code reason;
    std::string sentence;
};
struct keeper_notice {
    notice::severity level = notice::severity::info;
    std::string text;
};
using keeper_event = std::variant<token_found, token_lost, keeper_notice>;

class grant_keeper {
public:
    // What the shell has to do now, and how it reports.
    struct look_at_store {};  // on_looked(stamp)
    struct read_store {};     // on_read(grant, stamp)
    struct lock_store {};     // try it: on_lock_failed(), on_busy(), or keep it, read: on_read(grant, stamp)
    struct write_store {      // on_written(error, stamp)
        grant value;
        std::string over;  // when the stamp is not this any more, read instead: on_read(grant, stamp)
    };
    struct unlock_store {};  // nothing to report
    struct ask_validation {  // on_validated(answer)
        core::secret access;
    };
    struct ask_refresh {  // on_refreshed(answer); never to be broken off once it was begun
        std::string client_id;
        core::secret refresh;
    };
    struct rest_until {  // nothing to do before unless on_refused() is called
        core::time_point at;
    };
    // No store and no person can help: the configuration is wrong (token_host_refused), or the process ends
    // and the new pair could not be saved (token_store_unwritable).
    struct stop {
        core::error_code reason;
    };
    using step = std::variant<look_at_store, read_store, lock_store, write_store, unlock_store,
                              ask_validation, ask_refresh, rest_until, stop>;

    grant_keeper(keeper_options options, core::time_point now, std::uint64_t seed);

    step next(core::time_point now, core::unix_ms wall);

    void on_looked(const std::string& stamp, core::time_point now);
    void on_read(core::result<std::optional<grant>> stored, std::string stamp, core::time_point now);
    void on_busy(core::time_point now);
    void on_lock_failed(core::error_code failed, const std::string& lock_path, core::time_point now);
    void on_written(core::error_code failed, std::string stamp, core::time_point now);
    void on_validated(core::result<validation> answer, core::time_point now, core::unix_ms wall);
    void on_refreshed(core::result<token_pair> answer, core::time_point now, core::unix_ms wall);
    // The chat's login or the API (401, not 403) refused `used`. Without effect if it was replaced since.
    void on_refused(const core::secret& used, core::time_point now);
    // Another token was pasted. Not between a step and its report.
    void on_pasted(core::secret token, core::time_point now);
    // The process is about to end. While unsaved(), go on: next() tries to save now, and again for some
    // seconds from the first call on, and does nothing else. May come while a request is under way.
    void on_stop(core::time_point now) { unsaved_.on_stop(now); }

    std::vector<keeper_event> take_events() { return std::exchange(events_, {}); }
    bool lost() const noexcept { return lost_; }
    // The newest pair is in memory only: not the moment to stop. It is used, checked and, once its access
    // token is dead or refused, renewed as any other; saving it is tried beside all that.
    bool unsaved() const noexcept { return unsaved_.exists(); }
    // Twitch is asked for a new pair: whoever gives up now may lose both.
    bool renewing() const noexcept { return doing_ == activity::refreshing; }

    static constexpr std::size_t most_spent = unsaved_pair::most_spent;

private:
    enum class activity : std::uint8_t { resting, reading, validating, locking, marking, refreshing };

    bool kept() const noexcept { return options_.pasted.empty(); }  // in a store
    bool renewable() const noexcept { return held_ && held_->renewable(); }
    bool lock_needed() const noexcept {
        return doing_ == activity::marking || doing_ == activity::refreshing || unsaved();
    }
    // The held token, as far as is known.
    bool serves() const {
        return !lost_ && !token_.refused && !token_.invalid &&
               (held_->expires_at == 0 || wall_ < held_->expires_at);
    }
    step act();
    rest_until wait(core::time_point at) const { return {unsaved() ? std::min(at, unsaved_.save_at()) : at}; }
    struct alarm {
        std::optional<core::time_point> at;
        void (grant_keeper::*ring)(core::time_point now);
    };
    std::vector<alarm> alarms(core::time_point now, core::unix_ms wall) const;
    std::optional<step> rest(core::time_point now, core::unix_ms wall);
    void check(core::time_point now) { begin(activity::validating, now); }
    void try_again(core::time_point now);
    void lock_again(core::time_point now) {
        lock_at_.reset();
        begin(activity::locking, now);
    }
    void answer_refusal(core::time_point now);
    void begin_renewal(core::time_point at);
    void begin(activity what, core::time_point at) {
        doing_ = what;
        not_before_ = at;
    }

    void adopt(grant stored, core::time_point now);
    void on_unreadable(core::error_code failed, core::time_point now);
    void on_read_before_save(core::result<std::optional<grant>> stored, std::string stamp,
                             core::time_point now);
    void hold_up(core::error_code reason, const std::string& sentence, core::time_point now);
    void on_saved(core::time_point now);
    void on_unsaved(core::error_code failed, core::time_point now);
    void tell_renewed();
    void on_invalid(core::time_point now);
    bool is_early() const { return !unsaved() && token_lifetime::is_early(*held_, wall_); }
    void note_name(std::string login, const std::string& user_id);
    bool renewal_due(core::time_point now, core::unix_ms wall) const;
    void on_outage(core::error_code failed, core::time_point now, core::unix_ms wall);
    struct objection {
        core::error_code reason;
        std::string sentence;
    };
    std::optional<objection> unfit() const;  // why the held token does not serve here
    void tell_end(core::duration left);      // of a token that cannot be renewed
    std::string cure() const;
    void found();  // or lost, when it is unfit
    void lose(core::error_code reason) { lose(reason, core::explain(reason)); }
    void lose(core::error_code reason, std::string sentence);
    void look_again(activity how, core::time_point at) {  // although lost
        again_ = how;
        again_at_ = at;
    }
    void say(notice::severity level, std::string text) {
        events_.emplace_back(keeper_notice{level, std::move(text)});
    }
    // Once, until something succeeds.
    void complain(notice::severity level, const std::string& text) {
        if (std::exchange(complaint_, text) != text)
            say(level, text);
    }

    keeper_options options_;
    core::backoff retry_;
    std::vector<keeper_event> events_;

    activity doing_;
    core::time_point not_before_;  // of the activity
    bool locked_ = false;
    bool asked_ = false;  // a request is under way
    std::string stamp_;   // of the store when this process last read or wrote it
    core::time_point look_at_;

    core::unix_ms wall_ = 0;  // of the last next()

    std::optional<grant> held_;
    // What is known of it; of another token nothing is.
    struct token_state {
        bool found = false;      // it was told
        bool validated = false;  // the grant's names and scopes are Twitch's own
        bool invalid = false;    // the access token is, says Twitch
        bool renewing = false;   // a refresh is wanted, and goes on to be wanted over waits and validations
        bool refused = false;    // by the chat or the API
        std::optional<core::time_point> refused_until{};  // when something is done about it
        unsigned unclear = 0;                             // errc::refresh_unclear, since it was called good
    };
    token_state token_;
    std::string name_;  // of the account, as Twitch says; held_ has it as it was stored
    bool lost_ = false;
    activity again_ = activity::validating;  // what is done although it is lost, and when
    std::optional<core::time_point> again_at_;
    token_lifetime lifetime_;
    unsaved_pair unsaved_;
    bool saving_ = false;  // the step under way saves
    // The lock is somebody else's, or something is in the way: when the renewal that is wanted is tried
    // again.
    std::optional<core::time_point> lock_at_;
    std::optional<core::time_point> busy_since_;

    int end_told_ = 0;  // how urgently the end of a token that cannot be renewed was told
    std::optional<core::time_point> last_refusal_;
    unsigned refusals_ = 0;  // in a row
    core::error_code stop_;
    std::string complaint_;
    std::string lost_sentence_;
};

}  // namespace tiktok2twitch::twitch
