// SPDX-License-Identifier: Apache-2.0
#include "sessions/public_key_watch.h"

#include <utility>

#include "core/error.h"
#include "gp/doctor.h"
#include "sessions/apdu_words.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kProprietaryClass = 0x80;
constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::uint8_t kPutKey = 0xD8;

bool is(const std::optional<CommandApdu>& command, std::uint8_t ins) {
  return command && command->ins == ins && (command->cla & kProprietaryClass) != 0;
}

}  // namespace

void PublicKeyWatch::sending(ByteView wire) {
  sent_ = to_bytes(wire);
  if (told_ || !is(command_in(wire), kPutKey) || !opened_with_public_key()) return;
  told_ = true;
  observer_.remark({.severity = Severity::warning,
                    .code = "recording-discloses-keys",
                    .text =
                        "this channel was opened with a public test key, so whoever has the recording can "
                        "decrypt the keys of this PUT KEY",
                    .advice = "keep the recording as you keep the new keys, or remove it"});
}

void PublicKeyWatch::answered(ByteView response) {
  auto command = command_in(sent_);
  if (!is(command, kInitializeUpdate) || response.size() < 2) return;
  auto answer = ResponseApdu::parse(response);
  if (!answer.sw.ok()) return;
  host_challenge_ = std::move(command->data);
  card_answer_ = std::move(answer.data);
}

bool PublicKeyWatch::opened_with_public_key() const {
  try {
    const gp::DoctorCase asked{.answer = gp::InitializeUpdateResponse::parse(card_answer_),
                               .host_challenge = host_challenge_};
    return !gp::examine(asked, gp::published_candidates(), gp::known_diversifications()).fits.empty();
  } catch (const Error&) {
    return false;  // no INITIALIZE UPDATE, or an answer nobody can read: there is no channel
  }
}

}  // namespace gpsh::sessions
