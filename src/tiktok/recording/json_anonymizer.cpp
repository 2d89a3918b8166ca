// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/recording/json_anonymizer.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/tiktok/wire/json_fields.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using json = nlohmann::ordered_json;

enum class meaning : std::uint8_t {
    number,  // also yes and no, and a number in quotes
    word,    // of a program, not of a person: "WebcastChatMessage", "en"
    message_id,
    user_id,
    room_id,
    streak_id,
    gift_id,
    name,
    text,
    inside,     // an object or a list with more of these
    id_inside,  // "id": whose it is depends on what it stands in
};

struct known_field {
    std::string_view name;
    meaning what;
};

// What the readers of text frames use, of TikFinity's and of the managed socket's; sorted. All else goes.
constexpr known_field known_fields[] = {
    {"action", meaning::word},
    {"actionId", meaning::number},
    {"badgeLevel", meaning::number},
    {"badgeList", meaning::inside},
    {"badgeScene", meaning::word},
    {"badgeSceneType", meaning::word},
    {"badges", meaning::inside},
    {"bundleEvents", meaning::number},
    {"canOpen", meaning::number},
    {"coins", meaning::number},
    {"combo", meaning::number},
    {"comboCount", meaning::number},
    {"comment", meaning::text},
    {"common", meaning::inside},
    {"content", meaning::text},
    {"contentLanguage", meaning::word},
    {"count", meaning::number},
    {"createTime", meaning::number},
    {"currentViewers", meaning::number},
    {"data", meaning::inside},
    {"deleteMsgIds", meaning::message_id},
    {"deleteMsgIdsList", meaning::message_id},
    {"deleteUserIds", meaning::user_id},
    {"deleteUserIdsList", meaning::user_id},
    {"details", meaning::inside},
    {"diamondCount", meaning::number},
    {"display", meaning::number},
    {"displayId", meaning::name},
    {"displayText", meaning::inside},
    {"displayType", meaning::word},
    {"emotes", meaning::inside},
    {"emotesList", meaning::inside},
    {"envelopeInfo", meaning::inside},
    {"event", meaning::word},
    {"fansClub", meaning::inside},
    {"fansClubInfo", meaning::inside},
    {"fansLevel", meaning::number},
    {"features", meaning::inside},
    {"followRole", meaning::number},
    {"gift", meaning::inside},
    {"giftDetails", meaning::inside},
    {"giftId", meaning::gift_id},
    {"giftName", meaning::name},
    {"giftType", meaning::number},
    {"gift_id", meaning::gift_id},
    {"gift_type", meaning::number},
    {"gifterLevel", meaning::number},
    {"groupId", meaning::streak_id},
    {"id", meaning::id_inside},
    {"idStr", meaning::id_inside},
    {"id_str", meaning::id_inside},
    {"index", meaning::number},
    {"isAdmin", meaning::number},
    {"isAnchor", meaning::number},
    {"isFollowerOfAnchor", meaning::number},
    {"isGiftGiverOfAnchor", meaning::number},
    {"isHistory", meaning::number},
    {"isLive", meaning::number},
    {"isLoggedIn", meaning::number},
    {"isModerator", meaning::number},
    {"isModeratorOfAnchor", meaning::number},
    {"isMutualFollowingWithAnchor", meaning::number},
    {"isNewGifter", meaning::number},
    {"isSubscribedToAnchor", meaning::number},
    {"isSubscriber", meaning::number},
    {"isSubscriberOfAnchor", meaning::number},
    {"key", meaning::word},
    {"level", meaning::number},
    {"likeCount", meaning::number},
    {"logExtra", meaning::inside},
    {"memberCount", meaning::number},
    {"messageType", meaning::number},
    {"messages", meaning::inside},
    {"method", meaning::word},
    {"msgId", meaning::message_id},
    {"name", meaning::name},
    {"nickName", meaning::name},
    {"nickname", meaning::name},
    {"oldSubscribeStatus", meaning::number},
    {"peopleCount", meaning::number},
    {"placeInComment", meaning::number},
    {"position", meaning::number},
    {"privilegeLogExtra", meaning::inside},
    {"question", meaning::inside},
    {"questionDetails", meaning::inside},
    {"questionText", meaning::text},
    {"rawMessages", meaning::number},
    {"repeatCount", meaning::number},
    {"repeatEnd", meaning::number},
    {"repeat_count", meaning::number},
    {"repeat_end", meaning::number},
    {"roomId", meaning::room_id},
    {"roomInfo", meaning::inside},
    {"sceneType", meaning::word},
    {"schemaVersion", meaning::word},
    {"sendUserId", meaning::user_id},
    {"sendUserName", meaning::name},
    {"status", meaning::number},
    {"subMonth", meaning::number},
    {"subscribeInfo", meaning::inside},
    {"subscribeType", meaning::number},
    {"subscribingStatus", meaning::number},
    {"syntheticPresence", meaning::number},
    {"teamMemberLevel", meaning::number},
    {"text", meaning::text},
    {"tikfinityUserId", meaning::user_id},
    {"tikfinityUsername", meaning::name},
    {"timestamp", meaning::number},
    {"total", meaning::number},
    {"totalLikeCount", meaning::number},
    {"totalLikes", meaning::number},
    {"totalUser", meaning::number},
    {"totalViewers", meaning::number},
    {"type", meaning::word},
    {"uniqueId", meaning::name},
    {"user", meaning::inside},
    {"userAttr", meaning::inside},
    {"userBadges", meaning::inside},
    {"userFansClubStatus", meaning::number},
    {"userId", meaning::user_id},
    {"userIdentity", meaning::inside},
    {"userSceneTypes", meaning::number},
    {"viewerCount", meaning::number},
};
static_assert(std::ranges::is_sorted(known_fields, {}, &known_field::name));

const known_field* find_field(std::string_view name) {
    const auto* found = std::ranges::lower_bound(known_fields, name, {}, &known_field::name);
    return found != std::end(known_fields) && found->name == name ? found : nullptr;
}

bool is_number_text(std::string_view text) {
    return !text.empty() && text.size() <= 20 &&
           std::ranges::all_of(text, [](char c) { return core::ascii::is_digit(c) || c == '-' || c == '.'; });
}

bool is_program_word(std::string_view text) {
    return text.size() <= 80 && std::ranges::all_of(text, [](char c) {
               return core::ascii::is_alnum(c) || c == '_' || c == '-' || c == '.';
           });
}

class rebuilder {
public:
    rebuilder(pseudonyms& names, bool keep_texts) : names_(names), keep_texts_(keep_texts) {}

    // `within`: the field that `from` is the value of.
    json object(const json& from, std::string_view within) {
        json out = json::object();
        for (const auto& [name, value] : from.items()) {
            const known_field* field = find_field(name);
            if (field == nullptr || value.is_null())
                continue;
            const meaning what = field->what == meaning::id_inside ? id_in(within) : field->what;
            json made = rebuilt(value, what, name == "data" ? within : std::string_view(name));
            if (!made.is_null())
                out[name] = std::move(made);
        }
        return out;
    }

    // Null: nothing of it may stay.
    json rebuilt(const json& from, meaning what, std::string_view within) {
        if (from.is_array())
            return list(from, what, within);
        if (from.is_object())
            return what == meaning::inside ? object(from, within) : json();
        switch (what) {
            case meaning::number:
                return from.is_string() && !is_number_text(from.get_ref<const std::string&>()) ? json()
                                                                                               : from;
            case meaning::word:
                // Unreadable to us, and so to who replays it.
                return from.is_string() && !is_program_word(from.get_ref<const std::string&>())
                           ? json("unreadable")
                           : from;
            case meaning::name:
                return from.is_string() ? json(names_.name(from.get_ref<const std::string&>())) : json();
            case meaning::text:
                return from.is_string() ? json(names_.text(from.get_ref<const std::string&>(), keep_texts_))
                                        : json();
            case meaning::inside:
            case meaning::id_inside:
                return {};
            default:
                return id(from, what);
        }
    }

    // Names first: a text may quote one that stands behind it.
    void learn(const json& from) {
        if (from.is_array())
            for (const json& each : from)
                learn(each);
        if (!from.is_object())
            return;
        for (const auto& [name, value] : from.items()) {
            const known_field* field = find_field(name);
            if (field == nullptr)
                continue;
            if (field->what == meaning::name && value.is_string())
                names_.name(value.get_ref<const std::string&>());
            else if (field->what == meaning::inside)
                learn(value);
        }
    }

private:
    static meaning id_in(std::string_view within) {
        if (within == "gift" || within == "giftDetails" || within == "details")
            return meaning::gift_id;
        return within == "roomInfo" ? meaning::room_id : meaning::user_id;
    }

    json list(const json& from, meaning what, std::string_view within) {
        json out = json::array();
        for (const json& each : from) {
            json made = rebuilt(each, what, within);
            // A message that is none still counts as one.
            if (!made.is_null() || what == meaning::inside)
                out.push_back(std::move(made));
        }
        return out;
    }

    json id(const json& from, meaning what) const {
        const nlohmann::json plain = from;
        const auto real = as_integer(&plain);
        if (!real)
            return {};
        const std::int64_t made = other_id(*real, what);
        return from.is_string() ? json(std::to_string(made)) : json(made);
    }

    std::int64_t other_id(std::int64_t real, meaning what) const {
        switch (what) {
            case meaning::message_id:
                return names_.message_id(real);
            case meaning::room_id:
                return names_.room_id(real);
            case meaning::streak_id:
                return names_.streak_id(real);
            case meaning::gift_id:
                return names_.gift_id(real);
            default:
                return names_.user_id(real);
        }
    }

    pseudonyms& names_;
    bool keep_texts_;
};

}  // namespace

std::string anonymous_json(std::string_view text, pseudonyms& names, bool keep_texts) {
    constexpr std::size_t deepest = 32;
    const json from = nested_deeper_than(text, deepest)
                          ? json(json::value_t::discarded)
                          : json::parse(text.begin(), text.end(), nullptr, false);
    if (from.is_discarded())
        return "{";
    rebuilder rebuild(names, keep_texts);
    rebuild.learn(from);
    const json out = rebuild.rebuilt(from, meaning::inside, {});
    return out.is_null() ? "null" : out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace tiktok2twitch::tiktok
