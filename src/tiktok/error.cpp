// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

constexpr core::error_entry row(errc value, std::string_view identifier, std::string_view message,
                                std::string_view advice) {
    return {static_cast<int>(value), identifier, message, advice};
}

constexpr core::error_entry entries[] = {
    row(errc::offline, "offline", "the account is not live",
        "Nothing to do: the relay starts on its own when the live starts."),
    row(errc::no_such_user, "no_such_user", "TikTok knows no such account, or it was never live",
        "Check the spelling of the handle; it is the part after the @ in the profile's address."),
    row(errc::age_restricted, "age_restricted", "the live is restricted to adults and needs a TikTok login",
        "Ask the streamer to switch the audience restriction off; the relay reads without a login."),
    row(errc::lookup_forbidden, "lookup_forbidden", "TikTok refused the request (HTTP 403)",
        "Wait, or use another internet address: shared and data centre addresses are often blocked."),
    row(errc::lookup_rate_limited, "lookup_rate_limited",
        "TikTok says that it was asked too often (HTTP 429)",
        "Raise tiktok.poll_interval, or run fewer relays from this internet address."),
    row(errc::lookup_blocked, "lookup_blocked", "TikTok answered with an anti-bot page instead of data",
        "Wait some minutes; if it stays, try from another internet address."),
    row(errc::check_page, "check_page",
        "TikTok showed its check page for browsers (\"Please wait...\") in place of an answer",
        "Nothing to do as long as the relay gets in by another door; if it does not, try from another "
        "internet "
        "address."),
    row(errc::lookup_failed, "lookup_failed", "TikTok answered the room lookup with an error",
        "Usually passes on its own; if it stays for hours, look for a newer version of this program."),
    row(errc::protocol_changed, "protocol_changed",
        "TikTok answered in a form that this version does not know",
        "Look for a newer version of this program."),
    row(errc::ttwid_missing, "ttwid_missing", "TikTok did not hand out the visitor cookie (ttwid)",
        "The relay asks again by itself; if it stays for hours, try from another internet address. "
        "'tiktok2twitch doctor' says what each door answers."),
    row(errc::device_blocked, "device_blocked", "TikTok refused this visitor identity (DEVICE_BLOCKED)",
        "Nothing to do: the relay takes a new identity and tries again."),
    row(errc::cookie_refused, "cookie_refused", "TikTok does not take the visitor cookie any more",
        "Nothing to do: the relay gets a new one and connects again."),
    row(errc::signature_required, "signature_required",
        "TikTok asked for a signed address (illegal secret key)",
        "The unsigned way is closed at the moment; wait, or look for a newer version of this program."),
    row(errc::bad_app_id, "bad_app_id", "TikTok refused the application number of its own web player",
        "Look for a newer version of this program."),
    row(errc::bad_query, "bad_query", "TikTok could not read the connection request (HTTP 400)",
        "Look for a newer version of this program."),
    row(errc::detected, "detected", "TikTok refused the connection without a reason",
        "Wait some minutes; if it stays, try from another internet address."),
    row(errc::handshake_failed, "handshake_failed", "TikTok answered the connection request with an error",
        "Usually passes on its own; if it stays, check tiktok.ws_url and any proxy in between."),
    row(errc::stale, "stale", "the connection went silent",
        "Nothing to do: the relay reconnects; if it happens often, check the network."),
    row(errc::never_spoke, "never_spoke", "the connection opened, but nothing ever came",
        "Nothing to do: the relay takes a new identity and reconnects."),
    row(errc::live_ended, "live_ended", "the live has ended",
        "Nothing to do: the relay waits for the next live."),
    row(errc::live_suspended, "live_suspended", "TikTok's moderation ended the live",
        "The streamer finds the reason in TikTok's own notices; the relay waits for the next live."),
    row(errc::live_moved, "live_moved", "the live goes on in a new room",
        "Nothing to do: the relay goes there at once."),
    row(errc::closed, "closed", "TikTok closed the connection",
        "Nothing to do: this is usual after minutes to hours, and the relay reconnects."),
    row(errc::frame_undecodable, "frame_undecodable", "a message from TikTok could not be decoded",
        "If many are counted, look for a newer version of this program."),
    row(errc::inflate_failed, "inflate_failed", "a compressed message from TikTok is damaged",
        "If many are counted, check any proxy between here and TikTok."),
    row(errc::inflated_too_large, "inflated_too_large", "a compressed message is larger than any real one",
        "If many are counted, report it: TikTok never sent messages of this size."),
};

constexpr core::table_category the_category{"tiktok", entries};

}  // namespace

const boost::system::error_category& category() noexcept {
    return the_category;
}

}  // namespace tiktok2twitch::tiktok
