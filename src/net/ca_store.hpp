// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <openssl/types.h>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::net {

// Where certificates are looked for. Values of SSL_CERT_FILE and SSL_CERT_DIR; empty means not set.
struct trust_places {
    std::string cert_file;
    std::string cert_dir;              // several are separated by ':'
    std::vector<std::string> bundles;  // the first that exists and holds a certificate is used
    std::vector<std::string> folders;  // hashed folders, tried when no bundle is there
    bool openssl_default = true;       // what OpenSSL was built with, as the last resort
    std::string ca_file;               // added to whatever was found
};

// The places of this machine; every path gets `root` in front.
trust_places system_trust(const std::string& root);
std::vector<std::string> known_ca_folders();

// Fills the store. Errors: trust_store_empty, ca_file_unreadable.
core::error_code load_trust(X509_STORE* store, const trust_places& places);

}  // namespace tiktok2twitch::net
