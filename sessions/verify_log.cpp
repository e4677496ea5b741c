// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "sessions/exchange_joiner.h"
#include "sessions/verify.h"

namespace gpsh::sessions {
namespace {

class ChannelSink final : public ImportSink {
 public:
  explicit ChannelSink(ChannelVerifier& verifier)
      : joiner_([&verifier](const LoggedExchange& exchange) { verifier.exchange(exchange); }) {}

  void exchange(LoggedExchange exchange) override { joiner_.add(std::move(exchange)); }
  void finish() { joiner_.finish(); }

 private:
  ExchangeJoiner joiner_;
};

}  // namespace

VerifyKeys keys_for_log(std::istream& in, const VerifyRequest& request) {
  KeyFinder finder;
  LogLines lines(in);
  while (const auto line = lines.next()) finder.line(line->text, line->number);
  finder.finish();
  in.clear();
  in.seekg(0);
  std::vector<gp::CandidateKeys> given;
  for (const auto& each : request.given) {
    given.push_back(
        {.name = each.name, .words = each.words, .origin = each.origin, .keys = each.keys.clone()});
  }
  return {.candidates = verify_candidates(finder.keys(), std::move(given)),
          .derivations = request.derivations,
          .session_keys = std::move(finder.session_keys())};
}

ImportSummary verify_log(std::istream& in, const VerifyRequest& request, VerifySink& sink,
                         std::string_view file) {
  const auto keys = keys_for_log(in, request);
  ChannelVerifier verifier(keys, sink);
  ChannelSink channels(verifier);
  const auto summary = import_log(in, channels, file);
  channels.finish();
  verifier.finish();
  return summary;
}

ImportSummary verify_log(const std::filesystem::path& path, const VerifyRequest& request, VerifySink& sink) {
  auto in = open_log(path);
  return verify_log(in, request, sink, path.filename().string());
}

}  // namespace gpsh::sessions
