// SPDX-License-Identifier: Apache-2.0
#include "gp/pem_encryption.h"

#include <botan/base64.h>
#include <botan/cipher_mode.h>
#include <botan/hash.h>

#include <algorithm>
#include <array>

#include "core/bytes.h"

namespace gpsh::gp {
namespace {

using SecureBytes = Botan::secure_vector<std::uint8_t>;

constexpr std::string_view kHeader = "Proc-Type: 4,ENCRYPTED";
constexpr std::string_view kInfo = "DEK-Info: ";
constexpr std::size_t kSaltBytes = 8;

struct Method {
  std::string_view name;    ///< as OpenSSL writes it
  std::string_view cipher;  ///< as Botan calls it
  std::size_t key_bytes;
  std::size_t iv_bytes;
};

constexpr std::array kMethods = {
    Method{"DES-EDE3-CBC", "TripleDES/CBC/PKCS7", 24, 8}, Method{"AES-128-CBC", "AES-128/CBC/PKCS7", 16, 16},
    Method{"AES-192-CBC", "AES-192/CBC/PKCS7", 24, 16}, Method{"AES-256-CBC", "AES-256/CBC/PKCS7", 32, 16}};

std::string_view line_at(std::string_view text, std::size_t at) {
  return text.substr(at, text.find_first_of("\r\n", at) - at);
}

/// What stands between the headers, which end with an empty line, and the last line.
std::string body_of(std::string_view pem) {
  std::string text(pem);
  std::erase(text, '\r');
  const auto begin = text.find("\n\n");
  const auto end = text.find("-----END");
  if (begin == std::string::npos || end == std::string::npos || end < begin) return {};
  return text.substr(begin, end - begin);
}

SecureBytes key_of(const std::string& pass_phrase, ByteView salt, std::size_t bytes) {
  const auto md5 = Botan::HashFunction::create_or_throw("MD5");
  SecureBytes key;
  SecureBytes digest;
  while (key.size() < bytes) {
    md5->update(digest);
    md5->update(pass_phrase);
    md5->update(salt.data(), salt.size());
    digest = md5->final();
    key += digest;
  }
  key.resize(bytes);
  return key;
}

SecureBytes decrypt(const Method& method, const SecureBytes& key, ByteView iv, SecureBytes data) {
  const auto mode = Botan::Cipher_Mode::create_or_throw(std::string(method.cipher), Botan::DECRYPTION);
  mode->set_key(key);
  mode->start(iv.data(), iv.size());
  mode->finish(data);
  return data;
}

}  // namespace

bool has_encryption_header(std::string_view pem) {
  return pem.find(kHeader) != std::string_view::npos;
}

std::optional<SecureBytes> decrypt_pem(std::string_view pem, const std::string& pass_phrase) {
  const auto at = pem.find(kInfo);
  if (at == std::string_view::npos) return std::nullopt;
  const auto info = line_at(pem, at + kInfo.size());
  const auto comma = info.find(',');
  const auto* method = std::ranges::find(kMethods, info.substr(0, comma), &Method::name);
  if (method == kMethods.end() || comma == std::string_view::npos) return std::nullopt;
  const auto iv = from_hex(info.substr(comma + 1));
  if (!iv || iv->size() != method->iv_bytes) return std::nullopt;
  try {
    const auto key = key_of(pass_phrase, ByteView(*iv).first(kSaltBytes), method->key_bytes);
    return decrypt(*method, key, *iv, Botan::base64_decode(body_of(pem)));
  } catch (const Botan::Exception&) {
    return std::nullopt;
  }
}

}  // namespace gpsh::gp
