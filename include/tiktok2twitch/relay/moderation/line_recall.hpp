// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which TikTok messages each line said on Twitch carried, and what follows when TikTok's moderators remove
// some of them: the line is to be deleted, and the others on it are to be said again. Pure, bounded.
//
// Order of calls: on_said() for each accepted line; remove() for each deletion of TikTok's; whoever deletes
// the lines these two name answers each with on_deleted() or on_kept(). A line is named again only for
// messages that were not removed before. Counted are messages, by route:
//     removed = deleted + sum(kept) + pending

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/ledger.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::relay {

// A message that a line carried, with all that is needed to say it again.
struct said_message {
    enum class fate : std::uint8_t {
        said,
        removed,  // by TikTok's moderators; the line is being deleted
        kept,     // removed, and the line could not be deleted
    };
    route_id route = 0;
    shared_event what;      // as the filter let it through
    std::string author;     // the handle; that of `what` may have been masked
    bool approved = false;  // by a moderator of Twitch, after it had been held
    fate state = fate::said;
};

struct recall_counts {
    std::uint64_t removed = 0;  // after they had been said
    std::uint64_t deleted = 0;  // with their line
    ledger::counts kept;        // still to be read on Twitch, by the reason why the line was not deleted
};

class line_recall {
public:
    static constexpr std::size_t most_lines = 2000;
    // A folded line may carry a thousand messages; half a KiB each.
    static constexpr std::size_t most_messages = 20'000;
    // Moderators remove what they see; an hour later nobody sees it. Twitch deletes for six hours.
    static constexpr core::duration forgotten_after = std::chrono::hours(1);

    struct order {  // to delete a line; neither is ever empty
        std::string channel;
        std::string line_id;
        friend bool operator==(const order&, const order&) = default;
    };

    // Twitch accepted a line. `line_id` is empty when Twitch gave none. Messages that are marked as removed
    // were so while the line was on its way: then it is to be deleted at once.
    std::optional<order> on_said(std::string channel, std::string line_id, std::vector<said_message> messages,
                                 core::time_point now);
    // TikTok removed these messages, and everything of these users, from the room of these routes. Lines to
    // delete, each once, oldest first.
    std::vector<order> remove(const std::set<route_id>& routes, std::span<const std::int64_t> msg_ids,
                              std::span<const std::int64_t> user_ids, core::time_point now);

    // What is to be said again, in order: the messages of the line that nobody removed.
    std::vector<said_message> on_deleted(const order& line);
    // The line is still there, as far as is known: nothing is said again.
    void on_kept(const order& line, std::string_view reason, core::time_point now);
    // All that are still being deleted: nobody will answer any more.
    void give_up(std::string_view reason);
    // Somebody else deleted this line on Twitch. Nothing of it is said again, unless it is being deleted:
    // then this may be the echo of that.
    void on_cleared(const order& line);

    recall_counts counts(route_id route) const;
    std::size_t pending(route_id route) const;  // messages whose line is being deleted
    std::size_t size() const noexcept { return lines_.size() + deleting_.size(); }

private:
    struct sent_line {
        core::time_point at;
        order where;
        std::vector<said_message> messages;
    };
    using line_key = std::pair<std::string, std::string>;

    static line_key key_of(const order& line) { return {line.channel, line.line_id}; }
    std::optional<sent_line> take_deleting(const order& line);
    void keep(sent_line& line, std::string_view reason);
    void remember(sent_line line, core::time_point now);
    void forget_old(core::time_point now);
    void forget_oldest();

    std::deque<sent_line> lines_;               // oldest first
    std::map<line_key, sent_line> deleting_;    // as many as whoever deletes accepts
    std::size_t messages_ = 0;                  // in lines_
    std::map<route_id, recall_counts> counts_;  // routes with something to count
};

}  // namespace tiktok2twitch::relay
