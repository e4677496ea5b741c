// SPDX-License-Identifier: Apache-2.0
#include "interpreter/reader_list.h"

#include <fmt/format.h>

namespace gpsh::interpreter {

std::string reader_list(const std::vector<ReaderInfo>& readers) {
  std::string text;
  std::size_t number = 0;
  for (const auto& reader : readers) {
    text += fmt::format("{:>2}  {}\n    {}\n", ++number, reader.name,
                        reader.atr.empty() ? "no card" : "card with ATR " + to_hex(reader.atr));
  }
  return text;
}

}  // namespace gpsh::interpreter
