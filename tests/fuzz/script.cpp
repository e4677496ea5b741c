// SPDX-License-Identifier: Apache-2.0
// Any text as a script: parsed, bound, checked with all rules, its messages rendered in every format. The
// files that it names are the same bytes, so nothing is opened. Nothing may be thrown.
#include "interpreter/check_files.h"
#include "interpreter/render_json.h"
#include "interpreter/render_sarif.h"
#include "interpreter/render_text.h"

namespace {

// Words of the language make the rest more than unknown commands, and a channel makes every rule look.
constexpr std::string_view kChannel =
    "mode_211\nestablish_context\ncard_connect\nselect\nopen_sc -key 404142434445464748494A4B4C4D4E4F "
    "-security 3\n";
constexpr std::array<std::string_view, 8> kStarts = {
    "open_sc -key 404142 -keyDerivation $ -AID A0 \"",
    "put_sc_key -newkeyver ",
    "put_dm_token_keys -file key.pem -pass ",
    "install -file x.cap -pkgAID D0D1D2D3D4D501 -priv ",
    "install_for_load -pkgAID D0D1D2D3D4D501\nload -file ",
    "store_data -dataFormat ",
    "send_apdu -sc 1 -APDU ",
    "delete_key -keyind 1 # gpsh:allow ",
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gpsh::interpreter;
  if (size == 0) return 0;
  gpsh::Bytes bytes(data + 1, data + size);
  std::string text(data + 1, data + size);
  if (data[0] < 0x80) text.insert(0, std::string(kChannel) + std::string(kStarts[data[0] % 8]));
  const FileReader files = [&bytes](const std::string&) { return bytes; };
  const auto strictness = size % 2 == 0 ? Strictness::strict : Strictness::lenient;
  std::vector<BoundScript> scripts;
  scripts.push_back(
      check_files(check(
                      Source("fuzz", std::move(text)), [](const std::string&) { return std::nullopt; },
                      strictness, SecretDisplay::masked),
                  files));
  const auto& script = scripts.front();
  for (const auto& diagnostic : script.diagnostics) {
    static_cast<void>(render_text(diagnostic, script.source, Colour::off));
  }
  if (size % 4 != 0) return 0;  // these are slow
  static_cast<void>(render_json(scripts));
  static_cast<void>(render_sarif(scripts, "0"));
  return 0;
}
