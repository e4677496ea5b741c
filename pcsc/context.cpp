// SPDX-License-Identifier: Apache-2.0
#include "pcsc/context.h"

#include "pcsc/codes.h"
#include "pcsc/pcsc_error.h"

namespace gpsh::pcsc {

Context::Context(SmartCardApi& api) : api_(api) {
  const auto answer = api_.establish_context();
  if (answer.code != codes::kSuccess) throw pcsc_error(answer.code);
  handle_ = answer.value;
}

Context::~Context() {
  api_.release_context(handle_);
}

std::vector<ReaderInfo> Context::list_readers() const {
  const auto names = api_.list_readers(handle_);
  if (names.code != codes::kSuccess) throw pcsc_error(names.code);
  // Some implementations report an empty list instead of the code.
  if (names.value.empty()) throw pcsc_error(codes::kNoReadersAvailable);
  std::vector<ReaderInfo> readers;
  for (const auto& name : names.value) {
    // A reader that was just unplugged, or holds a mute card, is still one of the list.
    readers.push_back({.name = name, .atr = api_.atr_in_reader(handle_, name).value});
  }
  return readers;
}

}  // namespace gpsh::pcsc
