// SPDX-License-Identifier: Apache-2.0
#include "gp/pem_file.h"

#include <botan/data_src.h>
#include <botan/ecdsa.h>
#include <botan/pem.h>
#include <botan/pkcs8.h>
#include <botan/rsa.h>
#include <botan/x509_key.h>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/pem_encryption.h"
#include "gp/pem_work.h"

namespace gpsh::gp {
namespace {

using PublicKey = std::unique_ptr<Botan::Public_Key>;

constexpr std::string_view kUsable =
    "give a PEM file with PUBLIC KEY, PRIVATE KEY, ENCRYPTED PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY";

Error unusable(std::string message, std::string_view advice = kUsable) {
  return Error(
      {.kind = ErrorKind::file, .code = "pem", .message = std::move(message), .advice = std::string(advice)});
}

Botan::DataSource_Memory source_of(const PemKey& pem) {
  return Botan::DataSource_Memory(std::string(pem.text));
}

Error too_long(const std::string& label) {
  return unusable(
      "the " + label + " in the PEM file has more than " + std::to_string(kMaxPemBytes) + " bytes",
      "a key of 4096 bits has about 3300");
}

Botan::secure_vector<std::uint8_t> decoded(const PemKey& pem) {
  auto source = source_of(pem);
  std::string label;
  return Botan::PEM_Code::decode(source, label);
}

struct Block {
  PemKey pem;  ///< from the block's first line on
  std::string label;
};

/// The first block that can be a key: OpenSSL puts EC PARAMETERS before an EC PRIVATE KEY.
Block first_block(PemKey pem) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  constexpr std::string_view kDashes = "-----";
  for (;;) {
    const auto begin = pem.text.find(kBegin);
    if (begin == std::string_view::npos) throw unusable("the file is not a PEM file with a key");
    const auto after = pem.text.substr(begin + kBegin.size());
    auto label = std::string(after.substr(0, after.find(kDashes)));
    pem.text = label == "EC PARAMETERS" ? after : pem.text.substr(begin);
    if (label == "EC PARAMETERS") continue;
    if (pem.text.substr(0, pem.text.find("-----END")).size() > kMaxPemBytes) throw too_long(label);
    return {.pem = std::move(pem), .label = std::move(label)};
  }
}

const std::string& pass_phrase_of(const PemKey& pem) {
  if (pem.pass_phrase) return *pem.pass_phrase;
  throw unusable("the private key in the PEM file is encrypted", "give its pass phrase with -pass");
}

Error wrong_pass_phrase() {
  return unusable("the private key in the PEM file cannot be decrypted",
                  "check -pass; a damaged file looks the same");
}

PublicKey read_encrypted(const PemKey& pem) {
  const auto& pass_phrase = pass_phrase_of(pem);
  refuse_endless_work(decoded(pem));
  auto source = source_of(pem);
  try {
    return Botan::PKCS8::load_key(source, pass_phrase);
  } catch (const Botan::Exception&) {
    throw wrong_pass_phrase();
  }
}

/// SEC 1 keeps the curve inside the key, where PKCS#8 has it beside.
PublicKey read_sec1(const Botan::secure_vector<std::uint8_t>& bits) {
  const auto curve = find_path(bits, {0x30, 0xA0}, "EC PRIVATE KEY");
  if (!curve) throw unusable("the EC PRIVATE KEY in the PEM file does not name its curve");
  const Botan::AlgorithmIdentifier algorithm(Botan::OID::from_string("ECDSA"), to_bytes(curve->value));
  return std::make_unique<Botan::ECDSA_PrivateKey>(algorithm, bits);
}

Botan::secure_vector<std::uint8_t> traditional_bits(const PemKey& pem) {
  if (has_encryption_header(pem.text)) {
    auto bits = decrypt_pem(pem.text, pass_phrase_of(pem));
    if (!bits) throw wrong_pass_phrase();
    return *std::move(bits);
  }
  return decoded(pem);
}

/// The formats from before PKCS#8: the label names the algorithm.
PublicKey read_traditional(const PemKey& pem, const std::string& label) {
  const auto bits = traditional_bits(pem);
  if (label == "EC PRIVATE KEY") return read_sec1(bits);
  return std::make_unique<Botan::RSA_PrivateKey>(Botan::AlgorithmIdentifier(), bits);
}

PublicKey read_labelled(const PemKey& pem, const std::string& label) {
  auto source = source_of(pem);
  if (label == "PUBLIC KEY") return PublicKey(Botan::X509::load_key(source));
  if (label == "PRIVATE KEY") return Botan::PKCS8::load_key(source);
  if (label == "ENCRYPTED PRIVATE KEY") return read_encrypted(pem);
  if (label == "RSA PRIVATE KEY" || label == "EC PRIVATE KEY") return read_traditional(pem, label);
  throw unusable("the PEM file holds " + label + ", which is no key that gpsh reads");
}

}  // namespace

PublicKey read_public_key(const PemKey& pem) {
  const auto block = first_block(pem);
  try {
    return read_labelled(block.pem, block.label);
  } catch (const Error& error) {
    if (error.code() == "pem") throw;
    throw unusable("the " + block.label + " in the PEM file cannot be read: " + error.facts().message);
  } catch (const Botan::Exception& error) {
    throw unusable("the " + block.label + " in the PEM file cannot be read: " + error.what());
  }
}

}  // namespace gpsh::gp
