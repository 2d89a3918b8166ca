// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/ways/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

constexpr core::error_entry row(way_errc value, std::string_view identifier, std::string_view message,
                                std::string_view advice) {
    return {static_cast<int>(value), identifier, message, advice};
}

constexpr std::string_view wait_for_provider =
    "Nothing to do: the relay tries again, and uses the other ways of tiktok.ways meanwhile.";

constexpr core::error_entry entries[] = {
    row(way_errc::key_missing, "key_missing", "the provider wants a key, and there is none",
        "Set tiktok.sign_key or tiktok.managed_key (better: the credential of that name), or take the way "
        "out of "
        "tiktok.ways."),
    row(way_errc::key_refused, "key_refused", "the provider refused the key",
        "Correct the key (tiktok.sign_key, tiktok.managed_key) and run 'tiktok2twitch reload'; the way is "
        "left "
        "out until then."),
    row(way_errc::creator_not_allowed, "creator_not_allowed", "the key is not allowed to read this streamer",
        "Allow the streamer for the key at the provider, or use a key without that limit."),
    row(way_errc::network_blocked, "network_blocked", "the provider refuses this network",
        "Get a key at the provider, or set proxy.url; some internet providers are blocked as a whole."),
    row(way_errc::plan_too_small, "plan_too_small", "the provider wants a paid plan for this",
        "Look at the plan of your key at the provider."),
    row(way_errc::bad_request, "bad_request", "the provider did not understand the request",
        "Look for a newer version of this program."),
    row(way_errc::too_often, "too_often", "the provider says that it was asked too often",
        "Nothing to do: the relay waits as long as the provider asks for. Fewer rooms, or a key, use less."),
    row(way_errc::quota_used, "quota_used", "the quota of the provider is used up by the relay's own count",
        "Nothing to do: the relay waits until there is some again. A key, or a larger plan, has more."),
    row(way_errc::provider_failed, "provider_failed", "the provider answered with an error",
        wait_for_provider),
    row(way_errc::answer_unusable, "answer_unusable", "the provider's answer is not what was asked for",
        "Usually an outage; if it stays for days, look for a newer version of this program."),
    row(way_errc::signer_detected, "signer_detected", "TikTok refused the sign server", wait_for_provider),
    row(way_errc::provider_outage, "provider_outage", "the provider is out of order and hands out a stand-in",
        wait_for_provider),
    row(way_errc::provider_closed, "provider_closed", "the provider closed the connection",
        wait_for_provider),
    row(way_errc::lifetime_over, "lifetime_over", "the provider ends each connection after some hours",
        "Nothing to do: the relay connects again at once."),
    row(way_errc::way_says_offline, "way_says_offline", "by this way the streamer is not live",
        "Nothing to do: the relay asks TikTok, and the other ways."),
    row(way_errc::way_says_ended, "way_says_ended", "by this way the live has ended",
        "Nothing to do: the relay asks TikTok, and the other ways."),
    row(way_errc::silent, "silent", "there was no sign of life any more",
        "Nothing to do: the relay connects again."),
    row(way_errc::mute, "mute", "another way brought comments that this one did not bring",
        "Nothing to do: the relay uses the other way and tries this one again later."),
    row(way_errc::app_closed, "app_closed", "TikFinity does not run here",
        "Start the TikFinity desktop app, or set tiktok.tikfinity_url to where it runs."),
    row(way_errc::app_idle, "app_idle", "TikFinity runs, but is not connected to a live",
        "Nothing to do before the live; during one, connect TikFinity to it."),
    row(way_errc::app_of_another, "app_of_another", "TikFinity is logged in for another streamer",
        "Log TikFinity in for the streamer of the route, or set tiktok.tikfinity_user."),
    row(way_errc::too_late, "too_late", "there was no sign of life in time",
        "Nothing to do: the relay tries again later."),
};

constexpr core::table_category the_category{"way", entries};

}  // namespace

const boost::system::error_category& way_category() noexcept {
    return the_category;
}

}  // namespace tiktok2twitch::tiktok
