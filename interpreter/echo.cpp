// SPDX-License-Identifier: Apache-2.0
#include "interpreter/echo.h"

#include <fmt/format.h>

#include <algorithm>

namespace gpsh::interpreter {
namespace {

std::string mask(const SecretText& secret, KeyCipher cipher) {
  const bool des = cipher != KeyCipher::aes && !secret.check_value_3des.empty();
  const bool aes = (cipher != KeyCipher::triple_des || !des) && !secret.check_value_aes.empty();
  if (des && aes)
    return fmt::format("<hidden,kcv-3des={},kcv-aes={}>", secret.check_value_3des, secret.check_value_aes);
  if (des) return fmt::format("<hidden,kcv={}>", secret.check_value_3des);
  if (aes) return fmt::format("<hidden,kcv={}>", secret.check_value_aes);
  return "<hidden>";
}

}  // namespace

KeyCipher cipher_of_keys(const BoundLine& line, KeyCipher channel) {
  constexpr std::uint8_t kAesKey = 0x88;
  if (!line.command) return channel;
  const auto* keys = std::get_if<PutScKey>(&*line.command);
  const auto* receipt = std::get_if<PutDmReceiptKeys>(&*line.command);
  const auto type = keys != nullptr ? keys->key_type.value : receipt != nullptr ? receipt->key_type.value : 0;
  if (type != 0) return type == kAesKey ? KeyCipher::aes : KeyCipher::triple_des;
  return receipt != nullptr ? KeyCipher::aes : channel;
}

std::optional<std::string> echo(const Source& source, const BoundLine& line, SecretDisplay display,
                                KeyCipher cipher) {
  const auto raw = source.text(line.line_span);
  if (raw.starts_with("print")) return std::nullopt;
  if (display == SecretDisplay::shown) return std::string(raw);
  auto secrets = line.secrets;
  std::ranges::sort(secrets, {}, [](const SecretText& secret) { return secret.span.offset; });
  std::string text;
  auto from = line.line_span.offset;
  for (const auto& secret : secrets) {
    text += source.text({from, secret.span.offset - from});
    text += mask(secret, cipher);
    from = secret.span.offset + secret.span.length;
  }
  return text.append(source.text({from, line.line_span.offset + line.line_span.length - from}));
}

}  // namespace gpsh::interpreter
