// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/login/login.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include <boost/system/errc.hpp>
#include <qrcodegen/qrcodegen.hpp>

#include "tiktok2twitch/app/cli/account_tools.hpp"
#include "tiktok2twitch/app/cli/terminal.hpp"
#include "tiktok2twitch/app/doctor/machine.hpp"
#include "tiktok2twitch/app/service/state_files.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/login/device_flow.hpp"
#include "tiktok2twitch/twitch/login/grant.hpp"

namespace tiktok2twitch::app {
namespace {

struct right {
    std::string_view scope;
    std::string_view meaning;
};
constexpr std::array rights{
    right{twitch::scope_read, "read the chat"},
    right{twitch::scope_edit, "send lines"},
    right{twitch::scope_send, "send lines through Twitch's API"},
    right{twitch::scope_delete, "delete its lines where it is a moderator"},
};

// As one word of a POSIX shell.
std::string for_shell(const std::string& value) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
    if (!value.empty() && value.find_first_not_of(plain) == std::string::npos)
        return value;
    std::string out = "'";
    for (const char c : value)
        out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
}

bool has(const std::vector<std::string>& scopes, std::string_view scope) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

}  // namespace

std::vector<std::string> wanted_scopes(bool delete_lines) {
    std::vector<std::string> out;
    for (const auto& each : rights)
        if (delete_lines || each.scope != twitch::scope_delete)
            out.emplace_back(each.scope);
    return out;
}

std::string invitation_text(const twitch::device_code& code, const std::string& qr,
                            const std::string& expected) {
    std::string out = "Open this address on any device, logged in to Twitch as ";
    out += expected.empty() ? "the bot account" : expected;
    out += ":\n\n    " + code.verification_uri + "\n\n";
    if (!qr.empty())
        out += qr + "\n";
    out += "Twitch shows this code there, or asks for it:  " + code.user_code + "\n\n";
    out += "Waiting for you to authorize it (the code is good for " + core::span_text(code.expires_in) +
           "; Ctrl-C gives up) ...\n";
    return out;
}

std::string rights_text(const std::vector<std::string>& scopes) {
    std::string out;
    for (const auto& each : rights) {
        out += has(scopes, each.scope) ? "  may      " : "  may NOT  ";
        out += std::string(each.meaning) + " (" + std::string(each.scope) + ")\n";
    }
    return out;
}

std::string no_renewal_text(bool needs_secret, core::duration left) {
    const auto end = left > core::duration::zero() ? ", in " + core::span_text(left) : std::string();
    if (!needs_secret)
        return "Twitch gave no refresh token with this login: it cannot be renewed; log in again before it "
               "ends" +
               end;
    return "this login cannot be renewed" + (end.empty() ? end : ", and ends" + end.substr(1)) + ": " +
           core::explain(make_error_code(twitch::errc::client_needs_secret)) +
           " Then run 'tiktok2twitch login' again.";
}

std::string relay_command(const command_line& given, bool has_routes) {
    std::string out = "tiktok2twitch";
    const auto add = [&out](const std::string& option, const std::string& value) {
        out += " " + option + " " + for_shell(value);
    };
    if (given.config_path)
        add("--config", *given.config_path);
    if (given.state_dir)
        add("--state-dir", *given.state_dir);
    for (const auto& each : given.settings)
        if (each.where == "--set")
            add("--set", each.key + "=" + each.value);
    if (given.route) {
        add("--tiktok", given.route->tiktok);
        add("--channel", given.route->channel);
    } else if (!has_routes) {
        out += " --tiktok USER --channel CHAN";
    }
    return out;
}

namespace {

constexpr std::size_t longest_text = 512;
constexpr int quiet = 4;  // light modules around it, as the standard wants
// From the 6x6x6 cube: the first sixteen colors are whatever the terminal's theme makes of them.
constexpr std::string_view black_on_white = "\x1b[38;5;16;48;5;231m";
constexpr std::string_view as_before = "\x1b[0m";

constexpr std::string_view block(bool upper, bool lower) noexcept {
    return upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
}

}  // namespace

std::string qr_text(std::string_view text, std::size_t columns, bool color) {
    if (text.size() > longest_text)
        return {};
    // Low error correction: a screen has no stains, and every module counts in 80 columns.
    const auto code = qrcodegen::QrCode::encodeText(std::string(text).c_str(), qrcodegen::QrCode::Ecc::LOW);
    const int end = code.getSize() + quiet;
    if (static_cast<std::size_t>(end + quiet) > columns)
        return {};
    // Outside of the code getModule() says light.
    const auto drawn = [&code, color, end](int x, int y) {
        return y < end && code.getModule(x, y) == color;
    };
    std::string out;
    for (int y = -quiet; y < end; y += 2) {
        if (color)
            out += black_on_white;
        for (int x = -quiet; x < end; ++x)
            out += block(drawn(x, y), drawn(x, y + 1));
        if (color)
            out += as_before;
        out += '\n';
    }
    return out;
}

namespace asio = net::asio;
using core::log;
using core::log_level;

namespace {

// The token is there and its names are asked for: worth some patience.
constexpr int validate_attempts = 5;
constexpr core::duration validate_pause = std::chrono::seconds(2);

constexpr const char* answer_lost =
    " Twitch's answer to your consent may have been lost on the way: if you agreed in the browser, run "
    "'tiktok2twitch login' again.";

// Draws the QR code of an address, or gives nothing where it could not be read.
using qr_drawer = std::function<std::string(const std::string&)>;

// What the doctor would say about the state directory; `known`: what was seen to fail already.
finding look_at_state(const std::string& directory, const core::error_code& known = {}) {
    auto facts = look_at_directory(directory);
    if (!facts.unusable)
        facts.unusable = known;
    auto found = of_directory(directory, facts);
    found.seen = "the state directory " + directory + ": " + found.seen + ". Fix: " + found.fix;
    return found;
}

// What keeps a login out of its files, and what to do; empty: nothing does.
std::string trouble_with(const twitch::token_store& store) {
    for (const auto& bad : store.obstacles()) {
        // What is stored there need not be read: it is replaced.
        const bool replaced = bad.path == store.path() && bad.error == boost::system::errc::permission_denied;
        if (!replaced)
            return "the login cannot be stored: " + bad.path + ": " + bad.error.message() +
                   ". Fix: " + file_fix(bad.error, bad.path);
    }
    return {};
}

class login_run {
public:
    login_run(const account_tools& tools, std::string client_id, std::string next, qr_drawer qr)
        : tools_(tools),
          api_(*tools.api),
          client_id_(std::move(client_id)),
          next_(std::move(next)),
          scopes_(wanted_scopes(tools.settings().delete_lines)),
          qr_(std::move(qr)) {}

    net::awaitable<exit_code> run() {
        co_await asio::this_coro::throw_if_cancelled(false);
        auto code = co_await api_.request_device_code(client_id_, scopes_);
        if (!code)
            co_return fail(code.error());
        print_now(invitation_text(*code, qr_(code->verification_uri), tools_.settings().twitch.login));
        said_public_ = code->verification_uri.find("public=true") != std::string::npos;
        auto token = co_await wait_for_person(*std::move(code));
        if (!token)
            co_return fail(token.error(), answer_may_be_lost_ ? answer_lost : "");
        auto who = co_await identify(token->access);
        if (!who) {
            co_await give_back(*token);
            co_return fail(who.error());
        }
        const auto& expected = tools_.settings().twitch.login;
        if (!expected.empty() && who->login != expected) {
            co_await give_back(*token);
            log(log_level::error, "login",
                "that was " + who->login + ", but twitch.login is " + expected +
                    ". Nothing was stored. Log in to Twitch as " + expected +
                    " in the browser and run 'tiktok2twitch login' again, or correct twitch.login.");
            co_return exit_code::login_refused;
        }
        const auto result = co_await keep(*token, *who);
        co_return result;
    }

private:
    static exit_code fail(const core::error_code& error, const char* more = "") {
        if (error == asio::error::operation_aborted)
            return exit_code::interrupted;
        log(log_level::error, "login", core::explain(error) + more);
        return exit_code_of(error);
    }

    net::awaitable<core::result<twitch::token_pair>> wait_for_person(twitch::device_code code) {
        co_await asio::this_coro::throw_if_cancelled(false);
        const auto device_code = code.device_code;
        twitch::device_flow flow(std::move(code), net::now());
        bool in_trouble = false;
        for (;;) {
            if (co_await is_cancelled())
                co_return core::error_code(asio::error::operation_aborted);
            const auto step = flow.next(net::now());
            switch (step.what) {
                case twitch::device_flow::action::done:
                    co_return flow.token();
                case twitch::device_flow::action::failed:
                    answer_may_be_lost_ = flow.answer_may_be_lost();
                    co_return flow.error();
                case twitch::device_flow::action::wait:
                    co_await pause_for(step.until - net::now());
                    break;
                case twitch::device_flow::action::poll: {
                    auto answer = co_await api_.poll_device_token(client_id_, scopes_, device_code);
                    if (!answer && answer.error() == asio::error::operation_aborted)
                        break;
                    flow.on_answer(std::move(answer), net::now());
                    tell_trouble(flow.trouble(), in_trouble);
                }
            }
        }
    }

    // Once when it begins and once when it is over.
    static void tell_trouble(const core::error_code& trouble, bool& in_trouble) {
        if (trouble && !in_trouble)
            log(log_level::warning, "login",
                "asking Twitch did not work (" + trouble.message() + "); still trying");
        else if (!trouble && in_trouble)
            log(log_level::info, "login", "Twitch answers again; still waiting for you");
        in_trouble = static_cast<bool>(trouble);
    }

    net::awaitable<core::result<twitch::validation>> identify(core::secret access) {
        co_await asio::this_coro::throw_if_cancelled(false);
        for (int attempt = 1;; ++attempt) {
            auto who = co_await api_.validate(access);
            if (who || who.error() == twitch::errc::token_invalid ||
                who.error() == asio::error::operation_aborted || attempt == validate_attempts)
                co_return who;
            co_await pause_for(validate_pause);
        }
    }

    // Nobody will use it: Twitch need not keep it, also when the person gave up. Whether that works makes no
    // difference here.
    net::awaitable<void> give_back(const twitch::token_pair& token) {
        co_await asio::this_coro::throw_if_cancelled(false);
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
        co_await api_.revoke(client_id_, token.access);
        if (!token.refresh.empty())
            co_await api_.revoke(client_id_, token.refresh);
    }

    // Asked with a refresh token that is none, for a real one works once. A public application's is refused
    // as such; of another one Twitch wants the secret first.
    net::awaitable<bool> needs_secret(std::string client_id) {
        co_await asio::this_coro::throw_if_cancelled(false);
        core::secret none("0");
        const auto answer = co_await api_.refresh(std::move(client_id), std::move(none));
        co_return !answer && answer.error() == twitch::errc::client_needs_secret;
    }

    // The same account under the name it had before: two logins would leave a relay without a choice.
    void forget_former_name(const twitch::grant& grant) const {
        for (const auto& name : twitch::stored_logins(tools_.state_dir())) {
            twitch::token_store other(tools_.state_dir(), name);
            const auto stored = other.load();
            if (name == grant.login || !stored || !*stored || (*stored)->user_id != grant.user_id)
                continue;
            if (!other.remove())
                log(log_level::info, "login",
                    name + " was this account's name before; its login is replaced by this one");
        }
    }

    net::awaitable<exit_code> keep(const twitch::token_pair& token, const twitch::validation& who) {
        co_await asio::this_coro::throw_if_cancelled(false);
        twitch::grant grant;
        grant.access = token.access;
        grant.refresh = token.refresh;
        grant.client_id = who.client_id;
        grant.login = who.login;
        grant.user_id = who.user_id;
        grant.scopes = who.scopes;
        if (!said_public_ && !token.refresh.empty())
            grant.needs_secret = co_await needs_secret(who.client_id);
        grant.obtained_at = net::wall_now();
        if (who.expires_in > core::duration::zero())
            grant.expires_at = grant.obtained_at +
                               std::chrono::duration_cast<std::chrono::milliseconds>(who.expires_in).count();
        twitch::token_store store(tools_.state_dir(), who.login);
        const auto lock = co_await wait_for_lock(store);
        const bool stopped = co_await is_cancelled();
        if (stopped) {
            co_await give_back(token);
            co_return exit_code::interrupted;
        }
        if (const auto error = store.save(grant)) {
            co_await give_back(token);
            // The directory alone could not be put on the disk: the file is there, with tokens that are not
            // good any more.
            const auto left = store.load();
            if (left && *left == grant)
                store.remove();
            const auto directory = look_at_state(tools_.state_dir());
            auto why = directory.how == health::broken ? directory.seen : trouble_with(store);
            if (why.empty())
                why = "the login cannot be stored in " + store.path() + ": " + error.message();
            log(log_level::error, "login", why);
            log(log_level::error, "login",
                "nothing was stored, and the tokens were given back; run 'tiktok2twitch login' again after "
                "that");
            co_return exit_code::io_error;
        }
        print_now("\nLogged in as " + who.login + " (user id " + who.user_id + ").\n" +
                  rights_text(who.scopes) + "Stored in " + store.path() + "\n" + "Next: " + next_ + "\n");
        if (!grant.renewable())
            log(log_level::warning, "login", no_renewal_text(grant.needs_secret, who.expires_in));
        forget_former_name(grant);
        warn_about_others(store, who.login);
        co_return exit_code::ok;
    }

    // What would keep a relay from using the login that was just stored.
    void warn_about_others(const twitch::token_store& store, const std::string& login) const {
        for (const auto& bad : store.obstacles())
            log(log_level::warning, "login",
                "a relay could not renew this login: " + bad.path + ": " + bad.error.message() +
                    ". Fix: " + file_fix(bad.error, bad.path));
        if (const auto source = tools_.configured_token_source(); !source.empty())
            log(log_level::warning, "login",
                "twitch.token is set (" + source + ") and goes before this login; remove it to use this one");
        if (tools_.settings().twitch.login.empty() && twitch::stored_logins(tools_.state_dir()).size() > 1)
            log(log_level::warning, "login",
                "more than one login is stored now; set twitch.login = \"" + login + "\" to use this one");
    }

    const account_tools& tools_;
    twitch::auth_api& api_;
    std::string client_id_;
    std::string next_;  // the command that makes use of the login
    std::vector<std::string> scopes_;
    qr_drawer qr_;
    bool said_public_ = false;  // the address says so of public applications (docs/protocol/twitch.md §3.3)
    bool answer_may_be_lost_ = false;
};

// Nobody should authorize anything before it is known that the result can be kept. False: why not was said.
bool can_be_kept(const account_tools& tools) {
    const auto& directory = tools.state_dir();
    const auto unmade = state_files::make_directory(directory);
    const auto state = look_at_state(directory, unmade);
    if (state.how == health::warning)
        log(log_level::warning, "login", state.seen);
    auto why = state.how == health::broken ? state.seen : std::string();
    // As whom the person will log in is not known yet: most likely as before.
    const auto& expected = tools.settings().twitch.login;
    const auto logins = expected.empty() ? twitch::stored_logins(directory) : std::vector{expected};
    for (const auto& login : logins)
        if (why.empty())
            why = trouble_with(twitch::token_store(directory, login));
    if (!why.empty())
        log(log_level::error, "login", why);
    return why.empty();
}

}  // namespace

exit_code run_login_command(const command_line& line, const environment& variables) {
    auto failed = exit_code::ok;
    const auto tools = prepare_account_tools(line, variables, failed);
    if (!tools)
        return failed;
    std::string client_id = tools->settings().client_id;
    if (client_id.empty())
        client_id = T2T_CLIENT_ID;
    if (client_id.empty()) {
        const auto error = make_error_code(twitch::errc::client_id_missing);
        log(log_level::error, "login", core::explain(error));
        return exit_code_of(error);
    }
    if (tools->state_dir().empty()) {
        log(log_level::error, "login",
            "no place for the login: give --state-dir, or set STATE_DIRECTORY, XDG_STATE_HOME or HOME");
        return exit_code::config_error;
    }
    if (!can_be_kept(*tools))
        return exit_code::io_error;
    const bool screen = isatty(STDOUT_FILENO) == 1 && variable(variables, "TERM") != "dumb";
    const auto draw = [&](const std::string& address) {
        return screen && line.qr
                   ? qr_text(address, terminal_columns(), use_color(line.color, variables, screen))
                   : std::string();
    };
    login_run run(*tools, std::move(client_id), relay_command(line, !tools->settings().routes.empty()), draw);
    const auto result = run_interruptibly([&run] { return run.run(); });
    if (result == exit_code::interrupted)
        log(log_level::info, "login", "given up; nothing was stored");
    return result;
}

}  // namespace tiktok2twitch::app
