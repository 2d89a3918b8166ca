// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "net/ca_store.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "support/temp_dir.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::net {
namespace {

// Sets a variable and puts the old value back.
class scoped_variable {
public:
    scoped_variable(const char* name, const std::string& value) : name_(name) {
        if (const char* old = ::getenv(name)) {
            old_ = old;
        }
        ::setenv(name, value.c_str(), 1);
    }
    scoped_variable(const scoped_variable&) = delete;
    scoped_variable& operator=(const scoped_variable&) = delete;
    ~scoped_variable() {
        if (old_) {
            ::setenv(name_, old_->c_str(), 1);
        } else {
            ::unsetenv(name_);
        }
    }

private:
    const char* name_;
    std::optional<std::string> old_;
};

class net_ca_store : public ::testing::Test {
protected:
    // A system with nothing but `file` (a path from the root) in it.
    void put(const std::string& file, const std::string& text) {
        const auto full = std::filesystem::path(root_.path() + file);
        std::filesystem::create_directories(full.parent_path());
        root_.write(file, text);
    }

    core::error_code load(const trust_places& places) {
        store_.reset(X509_STORE_new());
        return load_trust(store_.get(), places);
    }
    core::error_code load_root() { return load(system_trust(root_.path())); }
    int loaded() const { return sk_X509_OBJECT_num(X509_STORE_get0_objects(store_.get())); }

    static std::string authority() { return make_test_identity({"localhost"}).value().ca_pem; }

    struct free_store {
        void operator()(X509_STORE* store) const noexcept { X509_STORE_free(store); }
    };
    scoped_variable no_file_{"SSL_CERT_FILE", ""};
    scoped_variable no_dir_{"SSL_CERT_DIR", ""};
    test::temp_dir root_;
    std::unique_ptr<X509_STORE, free_store> store_;
};

class net_ca_store_layout : public net_ca_store, public ::testing::WithParamInterface<const char*> {};

TEST_P(net_ca_store_layout, the_bundle_is_found) {
    put(GetParam(), authority() + authority());
    EXPECT_FALSE(load_root());
    EXPECT_EQ(loaded(), 2);
}

INSTANTIATE_TEST_SUITE_P(systems, net_ca_store_layout,
                         ::testing::Values("/etc/ssl/certs/ca-certificates.crt",  // Debian, Arch, Alpine
                                           "/etc/pki/tls/certs/ca-bundle.crt",    // Fedora
                                           "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                                           "/etc/ssl/ca-bundle.pem",  // openSUSE
                                           "/etc/ssl/cert.pem"));     // Alpine, BSD

TEST_F(net_ca_store, a_system_without_any_certificate_is_refused) {
    EXPECT_EQ(load_root(), errc::trust_store_empty);
}

TEST_F(net_ca_store, an_empty_bundle_does_not_hide_the_next_one) {
    put("/etc/ssl/certs/ca-certificates.crt", "");
    EXPECT_EQ(load_root(), errc::trust_store_empty);
    put("/etc/pki/tls/certs/ca-bundle.crt", authority());
    EXPECT_FALSE(load_root());
    EXPECT_EQ(loaded(), 1);
}

TEST_F(net_ca_store, only_the_first_bundle_is_used) {
    put("/etc/ssl/certs/ca-certificates.crt", authority());
    put("/etc/pki/tls/certs/ca-bundle.crt", authority());
    EXPECT_FALSE(load_root());
    EXPECT_EQ(loaded(), 1);
}

TEST_F(net_ca_store, a_hashed_folder_counts_when_no_bundle_is_there) {
    put("/etc/ssl/certs/README", "no certificate");
    EXPECT_EQ(load_root(), errc::trust_store_empty);
    put("/etc/ssl/certs/5ad8a5d6.0", authority());
    EXPECT_FALSE(load_root());
}

TEST_F(net_ca_store, the_variables_replace_the_system) {
    put("/etc/ssl/certs/ca-certificates.crt", authority() + authority());
    put("/mine.pem", authority());
    const scoped_variable file("SSL_CERT_FILE", root_.file("mine.pem"));
    EXPECT_FALSE(load_root());
    EXPECT_EQ(loaded(), 1);
}

TEST_F(net_ca_store, a_variable_that_names_no_readable_bundle_is_an_error) {
    put("/etc/ssl/certs/ca-certificates.crt", authority());
    const scoped_variable file("SSL_CERT_FILE", root_.file("absent.pem"));
    EXPECT_EQ(load_root(), errc::ca_file_unreadable);
}

TEST_F(net_ca_store, folders_in_the_variable_are_separated_by_colons) {
    put("/b/5ad8a5d6.0", authority());
    const scoped_variable folders("SSL_CERT_DIR", root_.file("a") + ":" + root_.file("b"));
    EXPECT_FALSE(load_root());
    const scoped_variable neither("SSL_CERT_DIR", root_.file("a") + ":" + root_.file("c"));
    EXPECT_EQ(load_root(), errc::trust_store_empty);
}

TEST_F(net_ca_store, the_configured_file_is_added_to_the_system) {
    put("/etc/ssl/cert.pem", authority());
    put("/extra.pem", authority());
    auto places = system_trust(root_.path());
    places.ca_file = root_.file("extra.pem");
    EXPECT_FALSE(load(places));
    EXPECT_EQ(loaded(), 2);
}

TEST_F(net_ca_store, a_configured_file_that_cannot_be_read_is_an_error) {
    put("/etc/ssl/cert.pem", authority());
    put("/rubbish.pem", "not a certificate");
    auto places = system_trust(root_.path());
    places.ca_file = root_.file("absent.pem");
    EXPECT_EQ(load(places), errc::ca_file_unreadable);
    places.ca_file = root_.file("rubbish.pem");
    EXPECT_EQ(load(places), errc::ca_file_unreadable);
    // Opening it would wait for somebody who writes into it.
    ASSERT_EQ(::mkfifo(root_.file("pipe.pem").c_str(), 0600), 0);
    places.ca_file = root_.file("pipe.pem");
    EXPECT_EQ(load(places), errc::ca_file_unreadable);
    EXPECT_EQ(make_tls_client(root_.file("absent.pem")).error(), errc::ca_file_unreadable);
}

}  // namespace
}  // namespace tiktok2twitch::net
