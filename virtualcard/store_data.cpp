// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/store_data.h"

#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {

ResponseApdu store_data(const CommandApdu& command, Card& card) {
  card.profile.card.stored_data = command.data;
  return answer(kSuccess);
}

}  // namespace gpsh::virtualcard
