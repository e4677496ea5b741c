// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/card_access.h"
#include "core/run_recorder.h"
#include "gp/card_session.h"
#include "gp/open_channel.h"
#include "gp/random.h"
#include "interpreter/commands/channel.h"
#include "interpreter/echo.h"
#include "interpreter/output.h"
#include "interpreter/script_observer.h"

namespace gpsh::interpreter {

enum class TraceStart { on_command, at_once };

/// What a run is given from outside. All of it outlives the run.
struct RunEnvironment {
  CardAccess& access;
  gp::RandomNumberGenerator& random;
  Output& output;
  gp::Wire wire = gp::Wire::gpsh;
  gp::Force force = gp::Force::no;
  gp::Ledger* ledger = nullptr;     ///< counts authentications; null: nobody does
  RunRecorder* recorder = nullptr;  ///< told what the run does; null: nobody is
  SecretDisplay secrets = SecretDisplay::masked;
  TraceStart trace = TraceStart::on_command;
  TraceStyle trace_style = TraceStyle::gpshell;
  const ExchangeWriter* writer = nullptr;  ///< for the other styles; null: there are none
  OutputFormat format = OutputFormat::text;
  std::ostream* progress = nullptr;  ///< a terminal that shows how far a load is; null: nobody looks
  std::string reader{};              ///< of the command line; wins over the script's
  std::string json_reader{};         ///< named in every line of JSON, where runs on several are one output
  std::function<std::chrono::steady_clock::time_point()> clock = std::chrono::steady_clock::now;
  std::function<bool()> interrupted = [] { return false; };  ///< asked before every APDU and every line
};

/// What stays from command to command (reference section 1.7, with its faults mended: a channel never
/// outlives its connection or selection, and key lengths go with their keys).
struct SessionState {
  SessionState(RunEnvironment& run_environment, ScriptObserver& run_observer)
      : environment(run_environment), observer(run_observer) {}

  RunEnvironment& environment;
  ScriptObserver& observer;
  gp::CardMode mode = gp::CardMode::open_platform_201;
  bool timing = false;
  bool finished = false;              ///< exit was run
  KeyOptions keys{};                  ///< those given last
  std::optional<std::uint8_t> scp{};  ///< of get_secure_channel_protocol_details
  std::optional<std::uint8_t> scp_impl{};
  std::optional<gp::Diversification>
      derivation{};                           ///< of gemXpressoPro and its like: wins over -keyDerivation
  KeyCipher key_cipher = KeyCipher::unknown;  ///< of the channel opened last
  bool context = false;                       ///< between establish_context and release_context
  std::unique_ptr<Connection> connection{};
  std::optional<gp::CardSession> card{};
  std::optional<std::uint8_t>
      card_state{};  ///< life cycle of the card (GPCS 2.3.1 Table 11-6), where it told

  /// The connected card; from the first call until end_command no other program reaches it. Throws Error
  /// (usage, "no-connection") before card_connect.
  [[nodiscard]] gp::CardSession& connected_card();
  /// Throws Error (usage, "no-context") before establish_context.
  void need_context() const;
  void connect(const ConnectRequest& request);
  void disconnect();
  void end_command() { transaction_.reset(); }
  /// Of all connections of this run.
  [[nodiscard]] gp::WireCost wire_cost() const;

 private:
  std::optional<Transaction> transaction_{};
  gp::WireCost past_cost_{};  ///< of connections that are closed
};

}  // namespace gpsh::interpreter
