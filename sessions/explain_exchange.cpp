// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "gp/jcop_identify.h"
#include "sessions/apdu_words.h"
#include "sessions/explain.h"
#include "sessions/explain_command.h"
#include "sessions/explain_response.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kStoreData = 0xE2;

/// Status words whose cause is worth knowing before they come.
constexpr std::array<std::uint16_t, 6> kRefusals = {0x6985, 0x6A80, 0x6A84, 0x6A88, 0x6982, 0x6E00};

}  // namespace

ExplainedExchange explain_exchange(const CommandApdu& plain, const std::optional<ResponseApdu>& response,
                                   ValueDisplay display) {
  const bool hidden = plain.ins == kStoreData && (plain.cla & 0x80) != 0 && display == ValueDisplay::lengths;
  ExplainedExchange explained{.name = command_name(plain), .command = command_fields(plain, display)};
  if (!response) {
    explained.meaning = "no answer";
    return explained;
  }
  auto meaning = explain(response->sw, plain.ins);
  explained.sw = response->sw;
  explained.meaning = std::move(meaning.meaning);
  // JCOP answers IDENTIFY with data and 6A82: nothing is wrong then.
  const bool identified = gp::is_jcop_identify(plain.encode()) && !response->data.empty();
  if (!meaning.advice.empty() && !identified) explained.advice.push_back(std::move(meaning.advice));
  if (hidden && !response->data.empty()) {
    explained.response = {length_field("data", response->data.size())};
  } else {
    explained.response = response_fields(plain, *response);
  }
  return explained;
}

std::vector<std::string> refusals_in_words(std::uint8_t ins) {
  std::vector<std::string> words;
  for (const auto value : kRefusals) {
    const auto meaning = explain(StatusWord(value), ins);
    if (meaning.advice.empty()) continue;
    words.push_back(StatusWord(value).text() + " would mean: " + meaning.meaning + "; " + meaning.advice);
  }
  return words;
}

}  // namespace gpsh::sessions
