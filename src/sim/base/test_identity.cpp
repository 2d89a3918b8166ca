// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/base/test_identity.hpp"

#include <initializer_list>
#include <memory>
#include <utility>

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <boost/asio/ssl/error.hpp>

namespace tiktok2twitch::net {
namespace {

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};
using key_ptr = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using certificate_ptr = std::unique_ptr<X509, freed_by<X509_free>>;
using bio_ptr = std::unique_ptr<BIO, freed_by<BIO_free_all>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>>;
using names_ptr = std::unique_ptr<GENERAL_NAMES, freed_by<GENERAL_NAMES_free>>;
using number_ptr = std::unique_ptr<BIGNUM, freed_by<BN_free>>;

// Only memory or a broken OpenSSL can make these calls fail.
core::error_code openssl_error() {
    return {static_cast<int>(ERR_get_error()), boost::asio::error::get_ssl_category()};
}

struct signer {
    X509* certificate;
    EVP_PKEY* key;
};

bool set_serial(X509* certificate) {
    // Random: two authorities with one name and one serial number confuse a client that knows both.
    const number_ptr number(BN_new());
    return number && BN_rand(number.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_name(X509* certificate, const std::string& common_name) {
    const auto* text = reinterpret_cast<const unsigned char*>(common_name.c_str());
    return X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, text, -1, -1,
                                      0) == 1;
}

bool add_extension(X509* certificate, const signer& issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer.certificate, certificate, nullptr, nullptr, 0);
    const extension_ptr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool push_name(GENERAL_NAMES* names, const std::string& name) {
    std::unique_ptr<GENERAL_NAME, freed_by<GENERAL_NAME_free>> entry(GENERAL_NAME_new());
    if (!entry) {
        return false;
    }
    if (ASN1_OCTET_STRING* address = a2i_IPADDRESS(name.c_str())) {
        GENERAL_NAME_set0_value(entry.get(), GEN_IPADD, address);
    } else {
        ASN1_IA5STRING* text = ASN1_IA5STRING_new();
        if (text == nullptr || ASN1_STRING_set(text, name.data(), static_cast<int>(name.size())) != 1) {
            ASN1_IA5STRING_free(text);
            return false;
        }
        GENERAL_NAME_set0_value(entry.get(), GEN_DNS, text);
    }
    if (sk_GENERAL_NAME_push(names, entry.get()) <= 0) {
        return false;
    }
    static_cast<void>(entry.release());
    return true;
}

bool add_alternative_names(X509* certificate, const std::vector<std::string>& names) {
    const names_ptr list(GENERAL_NAMES_new());
    for (const auto& name : names) {
        if (!list || !push_name(list.get(), name)) {
            return false;
        }
    }
    return list && X509_add1_ext_i2d(certificate, NID_subject_alt_name, list.get(), 0, 0) == 1;
}

bool begin_certificate(X509* certificate, EVP_PKEY* key, const std::string& name,
                       std::chrono::seconds not_before, std::chrono::seconds not_after) {
    return X509_set_version(certificate, X509_VERSION_3) == 1 && set_serial(certificate) &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), not_before.count()) != nullptr &&
           X509_gmtime_adj(X509_getm_notAfter(certificate), not_after.count()) != nullptr &&
           X509_set_pubkey(certificate, key) == 1 && set_name(certificate, name);
}

bool make_authority(X509* certificate, EVP_PKEY* key) {
    using std::chrono::hours;
    const signer self{certificate, key};
    return begin_certificate(certificate, key, "throw-away test authority", -hours(48), hours(48)) &&
           X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) == 1 &&
           add_extension(certificate, self, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
           add_extension(certificate, self, NID_key_usage, "critical,keyCertSign,cRLSign") &&
           add_extension(certificate, self, NID_subject_key_identifier, "hash") &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

bool finish_server_certificate(X509* certificate, const signer& issuer,
                               const std::vector<std::string>& names) {
    return X509_set_issuer_name(certificate, X509_get_subject_name(issuer.certificate)) == 1 &&
           add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
           add_extension(certificate, issuer, NID_ext_key_usage, "serverAuth") &&
           add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always") &&
           add_alternative_names(certificate, names) && X509_sign(certificate, issuer.key, EVP_sha256()) > 0;
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string pem(X509* certificate) {
    const bio_ptr bio(BIO_new(BIO_s_mem()));
    return bio && PEM_write_bio_X509(bio.get(), certificate) == 1 ? text_of(bio.get()) : std::string();
}

std::string pem(EVP_PKEY* key) {
    const bio_ptr bio(BIO_new(BIO_s_mem()));
    const bool written =
        bio && PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
    return written ? text_of(bio.get()) : std::string();
}

}  // namespace

core::result<test_identity> make_identity(const std::vector<std::string>& names,
                                          std::chrono::seconds not_before, std::chrono::seconds not_after) {
    const key_ptr ca_key(EVP_EC_gen("P-256"));
    const key_ptr key(EVP_EC_gen("P-256"));
    const certificate_ptr ca(X509_new());
    const certificate_ptr certificate(X509_new());
    if (!ca_key || !key || !ca || !certificate || !make_authority(ca.get(), ca_key.get()) ||
        !begin_certificate(certificate.get(), key.get(), "throw-away test server", not_before, not_after) ||
        !finish_server_certificate(certificate.get(), signer{ca.get(), ca_key.get()}, names)) {
        return openssl_error();
    }
    test_identity identity;
    identity.ca_pem = pem(ca.get());
    identity.certificate_pem = pem(certificate.get());
    identity.key_pem = pem(key.get());
    return identity;
}

core::result<test_identity> make_test_identity(const std::vector<std::string>& names) {
    // An hour back: two machines' clocks differ, and so do a container's and its host's.
    return make_identity(names, -std::chrono::hours(1), std::chrono::hours(24));
}

}  // namespace tiktok2twitch::net
