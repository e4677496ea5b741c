// SPDX-License-Identifier: Apache-2.0
// Any text as a script: parsed, bound, checked, and its messages rendered. Nothing may be thrown.
#include "interpreter/check.h"
#include "interpreter/render_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gpsh::interpreter;
  std::string text(data, data + size);
  // Words of the language make the rest more than unknown commands.
  if (size > 0 && data[0] < 0x80) text.insert(0, "open_sc -key 404142 -keyDerivation $ -AID A0 \"");
  const auto script = check(
      Source("fuzz", std::move(text)), [](const std::string&) { return std::nullopt; }, Strictness::strict,
      SecretDisplay::masked);
  for (const auto& diagnostic : script.diagnostics) {
    static_cast<void>(render_text(diagnostic, script.source, Colour::off));
  }
  return 0;
}
