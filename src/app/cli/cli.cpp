// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/cli/cli.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <tuple>
#include <utility>

#include <CLI/CLI.hpp>

#include "tiktok2twitch/app/config/keys.hpp"
#include "tiktok2twitch/app/config/loader.hpp"
#include "tiktok2twitch/app/config/toml.hpp"
#include "tiktok2twitch/core/nearest.hpp"
#include "tiktok2twitch/core/parse.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr const char* examples = R"(
Examples:
  tiktok2twitch demo                              see it work; no account, no network
  tiktok2twitch login                             log the bot account in, once
  tiktok2twitch --tiktok USER --channel CHAN -n   watch a room, send nothing
  tiktok2twitch --tiktok USER --channel CHAN      relay until Ctrl-C
  tiktok2twitch doctor --tiktok USER --channel CHAN   find out why it does not work
  tiktok2twitch config show                       every setting, its value and its source

More about a command: tiktok2twitch help COMMAND
Every setting is also an environment variable, TIKTOK2TWITCH_<SECTION>_<KEY>:
  TIKTOK2TWITCH_TWITCH_TOKEN=... tiktok2twitch ...
)";

template <class T>
using choice = std::pair<std::string_view, T>;

constexpr std::array<choice<color_choice>, 3> colors{
    {{"auto", color_choice::automatic}, {"always", color_choice::always}, {"never", color_choice::never}}};
constexpr std::array<choice<core::log_format>, 2> log_formats{
    {{"text", core::log_format::text}, {"json", core::log_format::json}}};

// False when something else was given; nothing given leaves `out` as it is.
template <class T, std::size_t N>
bool choose(T& out, const std::optional<std::string>& given, const std::array<choice<T>, N>& choices) {
    if (!given) {
        return true;
    }
    const auto found = std::ranges::find(choices, *given, &choice<T>::first);
    if (found == choices.end()) {
        return false;
    }
    out = found->second;
    return true;
}

template <class T>
std::optional<T> whole(std::string_view text) {
    T value = 0;
    const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool all = failed == std::errc{} && stop == text.data() + text.size();
    return all ? std::optional(value) : std::nullopt;
}

constexpr const char* beginning =
    R"(tiktok2twitch carries the chat of a TikTok LIVE into a Twitch channel's chat.

  tiktok2twitch demo                           see it work; no account, no network
  tiktok2twitch login                          log the bot account in, once
  tiktok2twitch --tiktok USER --channel CHAN   relay until Ctrl-C

All commands and options: tiktok2twitch --help
)";

constexpr std::string_view more_help = "Try 'tiktok2twitch --help'.\n";

early_exit usage_error(const std::string& text) {
    return {
        .code = exit_code::usage, .out = {}, .err = "tiktok2twitch: " + text + "\n" + std::string(more_help)};
}

// What was probably meant by the first argument that the command line has no place for.
std::string unexpected_argument(std::string_view argument, const std::vector<std::string>& command_names,
                                const std::vector<std::string>& option_names) {
    const std::vector<std::string_view> commands(command_names.begin(), command_names.end());
    const std::vector<std::string_view> options(option_names.begin(), option_names.end());
    if (argument.starts_with("-") && !options.empty()) {
        const std::string_view name = argument.substr(0, argument.find('='));
        return "unknown option " + show_quoted(name) + "; the nearest one is " +
               std::string(core::nearest(name, options));
    }
    const std::string_view command = core::nearest(argument, commands);
    if (command == argument) {
        return "one command at a time: " + show_quoted(argument) + " is the second";
    }
    // Half of the letters wrong is no typing error but a name.
    if (core::edit_distance(argument, command) * 2 <= command.size()) {
        return "unknown command " + show_quoted(argument) + "; did you mean \"" + std::string(command) +
               "\"?";
    }
    return "unexpected argument " + show_quoted(argument) +
           "; a relay is started with --tiktok USER --channel CHAN";
}

// What CLI11 fills; texts that need a second look are turned into values by finish().
class parser {
public:
    parser() : app_("Carries the chat of a TikTok LIVE room into a Twitch channel's chat.", "tiktok2twitch") {
        app_.set_help_flag("-h,--help", "show this text");
        app_.set_version_flag("-V,--version", "tiktok2twitch " T2T_VERSION, "show the version");
        app_.require_subcommand(0, 1);
        add_global_options();
        app_.footer("\nOptions for all commands: tiktok2twitch --help");  // each command takes it over
        add_commands();
        app_.footer(examples);
    }

    std::variant<command_line, early_exit> parse(std::vector<std::string> arguments) {
        out_.bare = arguments.empty();
        const bool words_only =
            std::ranges::none_of(arguments, [](const std::string& each) { return each.starts_with('-'); });
        if (!arguments.empty() &&
            (arguments.front() == "help" || (words_only && arguments.back() == "help"))) {
            std::erase(arguments, "help");
            return help_about(arguments);
        }
        if (arguments.size() == 1 && arguments.front() == "version") {
            arguments.front() = "--version";
        }
        typed_ = arguments;
        std::ranges::reverse(arguments);  // CLI11 takes them from the back
        try {
            app_.parse(arguments);
        } catch (const CLI::CallForHelp&) {
            return early_exit{.code = exit_code::ok, .out = help(), .err = {}};
        } catch (const CLI::CallForVersion& version) {
            return early_exit{.code = exit_code::ok, .out = std::string(version.what()) + "\n", .err = {}};
        } catch (const CLI::ExtrasError&) {
            return usage_error(unexpected());
        } catch (const CLI::ArgumentMismatch& error) {
            return usage_error(wrong_option(named_in(error.what())));
        } catch (const CLI::ConversionError& error) {
            return usage_error(named_in(error.what()) + " takes no value");  // only flags are converted here
        } catch (const CLI::RequiredError&) {
            return usage_error(missing());
        } catch (const CLI::ParseError&) {
            return usage_error("the command line cannot be understood");
        }
        return finish();
    }

private:
    void add_global_options() {
        app_.add_option("--tiktok", tiktok_, "TikTok user: user, @user or the address of the live page")
            ->type_name("USER");
        app_.add_option("--channel", channel_, "Twitch channel: chan, #chan or its address")
            ->type_name("CHAN");
        app_.add_option("--config", out_.config_path, "configuration file (TOML)")->type_name("FILE");
        app_.add_option("--state-dir", out_.state_dir,
                        "where tokens, seen messages and the send log are kept")
            ->type_name("DIR");
        app_.add_option("--set", settings_, "one setting, for example --set relay.pack=false")
            ->type_name("SECTION.KEY=VALUE")
            ->allow_extra_args(false);
        app_.add_flag("-n,--dry-run", out_.dry_run, "do everything but send to Twitch");
        app_.add_flag("--once", out_.once, "end with the live instead of waiting for the next one");
        app_.add_option("--report", out_.report, "write the final counts as JSON on exit")->type_name("FILE");
        app_.add_option("--record", record_, "write down what comes from TikTok, for 'replay'")
            ->type_name("FILE");
        app_.add_option("--record-anonymous", record_anonymous_, "the same without people, for a report")
            ->type_name("FILE");
        app_.add_flag("--keep-texts", keep_texts_,
                      "leave the comments in --record-anonymous: they are people's words");
        app_.add_option("--input", input_, "- reads a recording from standard input instead of TikTok")
            ->type_name("-");
        app_.add_flag("-q,--quiet", quiet_, "warnings and errors only");
        app_.add_flag_callback(
            "--no-progress", [this] { out_.progress = false; }, "no status row on a terminal");
        app_.add_flag("-v,--verbose", verbose_, "details for finding a fault");
        app_.add_option("--color", color_, "auto, always or never")->type_name("WHEN");
        app_.add_option("--log-format", log_format_, "text or json")->type_name("FORMAT");
    }

    // One command is one call here, one enumerator, and one case in the caller's switch.
    CLI::App* add_command(CLI::App& parent, command what, const std::string& name, const std::string& help) {
        CLI::App* added = parent.add_subcommand(name, help);
        added->fallthrough();  // global options are fine behind a command, too
        added->parse_complete_callback([this, what] { out_.what = what; });
        return added;
    }

    void add_commands() {
        add_command(app_, command::run, "run", "relay until stopped (the default)");

        CLI::App* demo = add_command(app_, command::demo, "demo",
                                     "the whole relay against built-in stand-ins for TikTok and Twitch");
        demo->add_option("--for", demo_for_, "how long, such as 30s (the default)")->type_name("DURATION");
        demo->add_option("--seed", demo_seed_, "the same seed plays the same scene")->type_name("NUMBER");
        demo->add_flag("--flood", out_.demo_flood, "a room that writes far more than Twitch takes");

        CLI::App* replay = add_command(app_, command::replay, "replay",
                                       "send a recording through the relay; prints what Twitch would get");
        replay->add_option("file", out_.replay_file, "recording (.jsonl, .bin, or .gz of either)")
            ->type_name("FILE")
            ->required();
        replay->add_option("--template", template_, "instead of relay.template")->type_name("TEXT");
        replay->add_flag("--explain", out_.replay_explain,
                         "for every message what happened to it, and which rule did it");
        replay->add_flag("--paced", out_.replay_paced,
                         "with the limits, packing and ages of the configuration, as an ordinary account");

        CLI::App* login = add_command(app_, command::login, "login", "log the bot account in to Twitch");
        login->add_option("--client-id", client_id_, "instead of twitch.client_id")->type_name("ID");
        login->add_flag_callback(
            "--no-qr", [this] { out_.qr = false; }, "print the address without a QR code");
        add_command(app_, command::whoami, "whoami", "say who is logged in, with which rights");
        add_command(app_, command::logout, "logout", "revoke the login and forget it");

        add_relay_command(command::status, "status", "ask the running relay how it is",
                          "as JSON: the report's counts, and more");
        add_relay_command(command::stop, "stop", "stop the running relay, and wait until it has ended",
                          "the answer as JSON");
        add_relay_command(command::reload, "reload", "have the running relay read its configuration again",
                          "the answer as JSON");

        add_relay_command(command::held, "held", "show what the running relay holds for a moderator",
                          "as JSON");
        for (const auto& [what, name, help] : {std::tuple(command::approve, "approve", "say a held message"),
                                               std::tuple(command::deny, "deny", "drop a held message")})
            add_relay_command(what, name, help, "the answer as JSON")
                ->add_option("id", id_, "its number, as 'held' shows it")
                ->type_name("ID")
                ->required();

        CLI::App* doctor =
            add_command(app_, command::doctor, "doctor",
                        "check every hop from TikTok to Twitch and say how to mend it; says nothing in chat");
        doctor->add_flag("--json", out_.json, "as JSON");

        CLI::App* config = app_.add_subcommand("config", "check or show the configuration");
        config->fallthrough();
        config->require_subcommand(0, 1);
        config->parse_complete_callback([this] { config_ = true; });
        add_command(*config, command::config_check, "check", "say what is wrong with it");
        add_command(*config, command::config_show, "show", "print the effective values, secrets masked");
    }

    // One that asks a relay which runs.
    CLI::App* add_relay_command(command what, const std::string& name, const std::string& help,
                                const std::string& json) {
        CLI::App* added = add_command(app_, what, name, help);
        added->add_flag("--json", out_.json, json);
        added->add_option("--pid", pid_, "which one, when several use the state directory")->type_name("PID");
        return added;
    }

    // The help of the innermost command that was given.
    std::string help() const {
        const CLI::App* at = &app_;
        std::string before;
        while (!at->get_subcommands().empty()) {
            before += (before.empty() ? "" : " ") + at->get_name();
            at = at->get_subcommands().front();
        }
        return at->help(before);
    }

    // `words`: the names of a command, as behind "help".
    early_exit help_about(const std::vector<std::string>& words) const {
        const CLI::App* at = &app_;
        std::string before;
        for (const std::string& word : words) {
            const auto all = at->get_subcommands(every_one);
            const auto found =
                std::ranges::find(all, word, [](const CLI::App* each) { return each->get_name(); });
            if (found == all.end()) {
                return usage_error(unexpected_argument(word, names_of(all.empty() ? app_ : *at), {}));
            }
            before += (before.empty() ? "" : " ") + at->get_name();
            at = *found;
        }
        return {.code = exit_code::ok, .out = at->help(before), .err = {}};
    }

    // "--tiktok" of CLI11's "--tiktok: 1 required USER missing"; its words are nobody's own.
    static std::string named_in(const std::string& text) {
        const std::size_t from = std::min(text.find('-'), text.size());
        return text.substr(from, text.find_first_of(":= ", from) - from);
    }

    // An option without its value, or with one too many.
    std::string wrong_option(const std::string& name) const {
        const auto given = std::ranges::count_if(typed_, [&name](const std::string& word) {
            return word == name || word.starts_with(name + "=");
        });
        if (given <= 1) {
            return name + ": its value is missing";
        }
        const bool route = name == "--tiktok" || name == "--channel";
        return name + ": given more than once" +
               (route ? "; several routes are written as [[route]] in the configuration file" : "");
    }

    // What a command cannot do without.
    std::string missing() const {
        const std::string command = app_.get_subcommands().front()->get_name();
        return command == "replay" ? "replay: which recording? Its file is missing"
                                   : command +
                                         ": which message? Its number is missing; 'tiktok2twitch held' "
                                         "shows it";
    }

    static bool every_one(const CLI::App*) { return true; }

    static std::vector<std::string> names_of(const CLI::App& of) {
        std::vector<std::string> names;
        for (const CLI::App* each : of.get_subcommands(every_one)) {
            names.push_back(each->get_name());
        }
        return names;
    }

    std::string unexpected() const {
        const CLI::App* given = app_.get_subcommands().empty() ? &app_ : app_.get_subcommands().front();
        const auto commands = names_of(given->get_subcommands(every_one).empty() ? app_ : *given);
        std::vector<std::string> options;
        for (const CLI::App* of : {static_cast<const CLI::App*>(&app_), given}) {
            for (const CLI::Option* option : of->get_options()) {
                for (const std::string& name : option->get_lnames()) {
                    options.push_back("--" + name);
                }
            }
        }
        const std::vector<std::string> extra = app_.remaining(true);
        return extra.empty() ? "too many arguments" : unexpected_argument(extra.front(), commands, options);
    }

    // Empty, or what is wrong.
    std::string finish_recordings() {
        const bool relays = out_.what == command::run;
        if (input_ && !relays) {
            return "--input belongs to a relay";
        }
        if ((record_ || record_anonymous_) && !relays && out_.what != command::replay) {
            return "--record and --record-anonymous belong to a relay, and to 'replay'";
        }
        if (input_ && *input_ != "-") {
            return "--input: only - is known, which reads standard input; for a file: --input - < " +
                   show_quoted(*input_);
        }
        out_.reads_input = input_.has_value();
        if (keep_texts_ && !record_anonymous_) {
            return "--keep-texts belongs to --record-anonymous";
        }
        if (record_ && record_ == record_anonymous_) {
            return "--record and --record-anonymous need a file each";
        }
        for (const auto& [name, file] :
             {std::pair("--record", record_), std::pair("--record-anonymous", record_anonymous_)}) {
            if (!file) {
                continue;
            }
            if (!file->ends_with(".jsonl") && !file->ends_with(".jsonl.gz")) {
                return name + std::string(": the file's name ends in .jsonl or .jsonl.gz, found ") +
                       show_quoted(*file);
            }
            const bool anonymous = file == record_anonymous_;
            out_.recordings.push_back({*file, anonymous, anonymous && keep_texts_});
        }
        return {};
    }

    std::variant<command_line, early_exit> finish() {
        if (tiktok_.has_value() != channel_.has_value()) {
            return usage_error(tiktok_
                                   ? "--tiktok needs --channel: a route goes from a TikTok user to a Twitch "
                                     "channel"
                                   : "--channel needs --tiktok: a route goes from a TikTok user to a Twitch "
                                     "channel");
        }
        if (tiktok_) {
            out_.route = route_config{.tiktok = *tiktok_, .channel = *channel_};
        }
        if (const std::string wrong = finish_recordings(); !wrong.empty()) {
            return usage_error(wrong);
        }
        if (quiet_ && verbose_) {
            return usage_error("--quiet and --verbose exclude each other");
        }
        out_.level =
            verbose_ ? core::log_level::debug : (quiet_ ? core::log_level::warning : core::log_level::info);
        if (!choose(out_.color, color_, colors)) {
            return usage_error("--color: expected auto, always or never, found " + show_quoted(*color_));
        }
        if (!choose(out_.format, log_format_, log_formats)) {
            return usage_error("--log-format: expected text or json, found " + show_quoted(*log_format_));
        }
        if (config_ && out_.what == command::run) {
            return usage_error("config: expected check or show");
        }
        if (demo_for_) {
            const auto parsed = core::parse_duration(*demo_for_);
            if (!parsed || *parsed == core::duration::zero()) {
                return usage_error("--for: expected " + std::string(kinds::duration.expected) + ", found " +
                                   show_quoted(*demo_for_));
            }
            out_.demo_for = *parsed;
        }
        if (pid_) {
            out_.pid = whole<long>(*pid_);
            if (!out_.pid || *out_.pid <= 0) {
                return usage_error("--pid: expected the number of a process, found " + show_quoted(*pid_));
            }
        }
        if (id_) {
            const auto id = whole<std::uint64_t>(*id_);
            if (!id || *id == 0) {
                return usage_error("expected the number of a held message, found " + show_quoted(*id_) +
                                   "; 'tiktok2twitch held' shows them");
            }
            out_.id = *id;
        }
        if (demo_seed_) {
            out_.demo_seed = whole<std::uint64_t>(*demo_seed_);
            if (!out_.demo_seed) {
                return usage_error("--seed: expected a number, found " + show_quoted(*demo_seed_));
            }
        }
        if (auto wrong = read_settings()) {
            return usage_error(*wrong);
        }
        if (client_id_) {
            out_.settings.push_back({"twitch.client_id", *client_id_, "--client-id"});
        }
        if (template_) {
            out_.settings.push_back({"relay.template", *template_, "--template"});
        }
        return out_;
    }

    std::optional<std::string> read_settings() {
        for (const std::string& text : settings_) {
            const std::size_t equals = text.find('=');
            if (equals == std::string::npos) {
                return "--set: expected SECTION.KEY=VALUE, found " + show_quoted(text);
            }
            const std::string name = text.substr(0, equals);
            const auto key = find_key(name);
            if (key && config_keys()[*key].kind == &kinds::secret) {
                return "--set " + name +
                       ": other users of the machine can read command lines; set the environment variable " +
                       config_keys()[*key].variable() + " instead";
            }
            out_.settings.push_back({name, text.substr(equals + 1), "--set"});
        }
        return std::nullopt;
    }

    CLI::App app_;
    command_line out_;
    std::optional<std::string> tiktok_;
    std::optional<std::string> channel_;
    std::vector<std::string> settings_;
    std::vector<std::string> typed_;
    std::optional<std::string> demo_for_;
    std::optional<std::string> demo_seed_;
    std::optional<std::string> template_;
    std::optional<std::string> pid_;
    std::optional<std::string> id_;
    std::optional<std::string> client_id_;
    std::optional<std::string> color_;
    std::optional<std::string> record_;
    std::optional<std::string> record_anonymous_;
    std::optional<std::string> input_;
    bool keep_texts_ = false;
    std::optional<std::string> log_format_;
    bool config_ = false;
    bool quiet_ = false;
    bool verbose_ = false;
};

}  // namespace

std::variant<command_line, early_exit> parse_command_line(std::vector<std::string> arguments) {
    return parser().parse(std::move(arguments));
}

std::string short_help() {
    return beginning;
}

bool use_color(color_choice choice, std::span<const std::string> variables, bool is_terminal) {
    if (choice != color_choice::automatic) {
        return choice == color_choice::always;
    }
    return is_terminal && !variable(variables, "NO_COLOR") && variable(variables, "TERM") != "dumb";
}

}  // namespace tiktok2twitch::app
