// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include "net/ca_store.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::net {
namespace fs = std::filesystem;

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

int certificates(X509_STORE* store) {
    return sk_X509_OBJECT_num(X509_STORE_get0_objects(store));
}

// False when the file cannot be read or holds no certificate.
bool add_file(X509_STORE* store, const std::string& path) {
    // Opening a pipe would wait for somebody who writes into it.
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored))
        return false;
    const int before = certificates(store);
    const bool loaded = X509_STORE_load_file(store, path.c_str()) == 1;
    ERR_clear_error();
    return loaded && certificates(store) > before;
}

// OpenSSL looks a certificate up by its subject's hash when it needs one: "5ad8a5d6.0".
bool holds_hashed_files(const std::string& path) {
    std::error_code error;
    for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (name.size() == 10 && name.ends_with(".0")) {
            return true;
        }
    }
    return false;
}

bool add_folder(X509_STORE* store, const std::string& path) {
    const bool added = holds_hashed_files(path) && X509_STORE_load_path(store, path.c_str()) == 1;
    ERR_clear_error();
    return added;
}

bool add_folders(X509_STORE* store, std::string_view list) {
    bool any = false;
    while (!list.empty()) {
        const auto end = std::min(list.find(':'), list.size());
        any = add_folder(store, std::string(list.substr(0, end))) || any;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return any;
}

bool add_first(X509_STORE* store, const trust_places& places) {
    const auto file = [store](const std::string& path) {
        return add_file(store, path);
    };
    const auto folder = [store](const std::string& path) {
        return add_folder(store, path);
    };
    if (std::any_of(places.bundles.begin(), places.bundles.end(), file)) {
        return true;
    }
    if (std::any_of(places.folders.begin(), places.folders.end(), folder)) {
        return true;
    }
    return places.openssl_default &&
           (add_file(store, X509_get_default_cert_file()) || add_folder(store, X509_get_default_cert_dir()));
}

}  // namespace

std::vector<std::string> known_ca_bundles() {
    return {
        "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Arch, Alpine, Gentoo
        "/etc/pki/tls/certs/ca-bundle.crt",                   // Fedora, RHEL
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // newer Fedora
        "/etc/ssl/ca-bundle.pem",                             // openSUSE
        "/etc/ssl/cert.pem",                                  // Alpine, OpenBSD, FreeBSD
        "/usr/local/share/certs/ca-root-nss.crt",             // FreeBSD's package
        "/usr/local/etc/ssl/cert.pem",                        // FreeBSD, older
        "/etc/openssl/certs/ca-certificates.crt",             // NetBSD
    };
}

std::vector<std::string> known_ca_folders() {
    return {
        "/etc/ssl/certs",          // Debian, openSUSE
        "/etc/pki/tls/certs",      // Fedora, RHEL
        "/etc/openssl/certs",      // NetBSD
        "/usr/local/share/certs",  // FreeBSD
    };
}

trust_places system_trust(const std::string& root) {
    trust_places places;
    places.cert_file = environment("SSL_CERT_FILE");
    places.cert_dir = environment("SSL_CERT_DIR");
    for (const auto& path : known_ca_bundles()) {
        places.bundles.push_back(root + path);
    }
    for (const auto& path : known_ca_folders()) {
        places.folders.push_back(root + path);
    }
    places.openssl_default = root.empty();
    return places;
}

core::error_code load_trust(X509_STORE* store, const trust_places& places) {
    bool any = false;
    if (!places.cert_file.empty()) {
        if (!add_file(store, places.cert_file)) {
            return errc::ca_file_unreadable;
        }
        any = true;
    }
    any = add_folders(store, places.cert_dir) || any;
    // Either variable replaces the system's places, as it does for OpenSSL's own programs.
    if (places.cert_file.empty() && places.cert_dir.empty()) {
        any = add_first(store, places);
    }
    if (!places.ca_file.empty()) {
        if (!add_file(store, places.ca_file)) {
            return errc::ca_file_unreadable;
        }
        any = true;
    }
    return any ? core::error_code{} : core::error_code(errc::trust_store_empty);
}

}  // namespace tiktok2twitch::net
