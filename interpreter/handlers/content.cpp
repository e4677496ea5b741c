// SPDX-License-Identifier: Apache-2.0
#include "gp/content.h"

#include <fmt/format.h>

#include "gp/load.h"
#include "gp/package_installation.h"
#include "interpreter/cap_source.h"
#include "interpreter/gpshell_messages.h"
#include "interpreter/handlers/handlers.h"
#include "interpreter/load_progress.h"
#include "interpreter/partial_install.h"

namespace gpsh::interpreter {
namespace {

/// The failure of one step of install, which has a line of its own on stdout.
Error of_step(const Error& error, std::string_view label) {
  auto facts = error.facts();
  facts.native_text = gpshell_error_line(label, error);
  facts.native_code.reset();
  return Error(std::move(facts));
}

template <class Action>
auto step(std::string_view label, const Action& action) {
  try {
    return action();
  } catch (const Error& error) {
    throw of_step(error, label);
  }
}

/// What `action` throws, as `explain` completes it.
template <class Action, class Explain>
void explained(const Action& action, const Explain& explain) {
  try {
    action();
  } catch (const Error& error) {
    throw explain(error);
  }
}

gp::InstallParameters parameters_of(const InstallParameters& options, const MemoryLimits& memory) {
  return {.application = concat({options.instance.bytes, options.security_domain.bytes}),
          .memory = {.volatile_data = memory.volatile_data.value,
                     .non_volatile_data = memory.non_volatile_data.value},
          .sim = options.sim.bytes,
          .uicc = options.uicc.bytes};
}

gp::LoadRequest load_request(const gp::CapFile& file, const LoadingOptions& options,
                             const SessionState& state) {
  const auto descriptor =
      options.omit_descriptor == Flag::given ? gp::CapDescriptor::omitted : gp::CapDescriptor::loaded;
  return {.load_file = file.load_file(state.environment.wire, descriptor),
          .block_bytes = options.block_size.value};
}

/// Says what the Descriptor costs: GPShell loads it, so scripts keep it, but most cards do not need it.
void note_descriptor(const gp::CapFile& file, const gp::LoadRequest& request, SessionState& state) {
  auto& card = state.connected_card();
  if (card.wire() == gp::Wire::gpshell) return;
  const auto without = file.load_file(gp::Wire::gpsh, gp::CapDescriptor::omitted).size();
  const auto blocks = gp::load_block_count(card, request.load_file.size(), request.block_bytes);
  const auto least = gp::load_block_count(card, without, request.block_bytes);
  if (least >= blocks) return;
  state.observer.remark(
      {.severity = Severity::note,
       .code = "descriptor-loaded",
       .text = fmt::format("without the Descriptor component {} of {} LOAD commands would do", least, blocks),
       .advice = "-omitDescriptor leaves it out; a hash or DAP over the load file would no longer fit"});
}

void load_with_progress(gp::LoadRequest request, const gp::WireCost& before, SessionState& state) {
  auto& card = state.connected_card();
  auto* terminal = state.observer.tracing() ? nullptr : state.environment.progress;
  if (terminal == nullptr) {
    gp::load(card, request);
    return;
  }
  LoadProgressLine line(*terminal, state.environment.clock);
  request.progress = [&](const gp::LoadProgress& progress) {
    line.show(progress, card.wire_cost() - before);
  };
  gp::load(card, request);
}

FileLoaded loaded(const gp::LoadRequest& request, SessionState& state) {
  const auto bytes = request.load_file.size();
  return {.load_file_bytes = bytes,
          .blocks = gp::load_block_count(state.connected_card(), bytes, request.block_bytes)};
}

struct PreparedInstall {
  gp::PackageInstallation plan;
  gp::LoadRequest load;
};

/// Everything that can be found wrong before the card hears of it.
PreparedInstall prepare(const Install& command, SessionState& state) {
  const auto file = read_cap_file(command.file);
  PreparedInstall prepared{
      .plan = gp::plan_installation(
          file, {.package = command.package_aid, .module = command.aid, .instance = command.instance_aid}),
      .load = load_request(file, command.loading, state)};
  gp::require_loadable(state.connected_card(), prepared.load);
  note_descriptor(file, prepared.load, state);
  return prepared;
}

gp::InstallForLoadRequest announcement(const Install& command, const PreparedInstall& prepared,
                                       SessionState& state) {
  const auto asked = command.code_limit.value;
  const bool open_platform = state.mode == gp::CardMode::open_platform_201;
  return {
      .package = prepared.plan.package,
      .security_domain = gp::associated_domain(state.connected_card(), command.security_domain, state.mode),
      .limits = {.code = asked != 0 ? asked : static_cast<std::uint32_t>(prepared.load.load_file.size()),
                 .volatile_data = command.memory.volatile_data.value,
                 .non_volatile_data = open_platform ? 0 : command.memory.non_volatile_data.value},
      .chain_mac = command.chain_mac};
}

void install_instances(const Install& command, const gp::PackageInstallation& plan, SessionState& state) {
  for (const auto& applet : plan.instances) {
    explained(
        [&] {
          gp::install_for_install_and_make_selectable(
              state.connected_card(), {.package = plan.package,
                                       .module = applet.module,
                                       .instance = applet.instance,
                                       .privileges = command.privileges.bytes(),
                                       .parameters = parameters_of(command.parameters, command.memory),
                                       .chain_mac = command.chain_mac});
        },
        [&](const Error& error) { return after_failed_instance(error, plan.package, applet); });
  }
  if (!plan.instances.empty()) return;
  state.observer.remark(
      {.severity = Severity::note,
       .code = "library-loaded",
       .text = fmt::format("package {} is a library: it is loaded, and there is no applet to "
                           "install",
                           plan.package.text())});
}

}  // namespace

CommandResult run(const Load& command, SessionState& state) {
  auto& card = state.connected_card();
  const auto file = read_cap_file(command.file);
  const auto request = load_request(file, command.loading, state);
  note_descriptor(file, request, state);
  explained(
      [&] { load_with_progress(request, card.wire_cost(), state); },
      [&](const Error& error) { return file.package ? after_failed_load(error, file.package->aid) : error; });
  return loaded(request, state);
}

CommandResult run(const Install& command, SessionState& state) {
  auto& card = state.connected_card();
  const auto before = card.wire_cost();
  const auto prepared =
      step("read_executable_load_file_parameters() returns", [&] { return prepare(command, state); });
  const auto not_loaded = [&](const Error& error) { return after_failed_load(error, prepared.plan.package); };
  step("install_for_load() returns", [&] {
    explained([&] { gp::install_for_load(card, announcement(command, prepared, state)); }, not_loaded);
  });
  step("load() returns",
       [&] { explained([&] { load_with_progress(prepared.load, before, state); }, not_loaded); });
  step("install_for_install_and_make_selectable() returns",
       [&] { install_instances(command, prepared.plan, state); });
  return PackageInstalled{.file = loaded(prepared.load, state), .plan = prepared.plan};
}

CommandResult run(const InstallForLoad& command, SessionState& state) {
  auto& card = state.connected_card();
  gp::install_for_load(card,
                       {.package = command.package_aid,
                        .security_domain = gp::associated_domain(card, command.security_domain, state.mode),
                        .limits = {.code = command.code_limit.value,
                                   .volatile_data = command.memory.volatile_data.value,
                                   .non_volatile_data = command.memory.non_volatile_data.value},
                        .chain_mac = command.chain_mac});
  return {};
}

CommandResult run(const InstallForInstall& command, SessionState& state) {
  gp::install_for_install(state.connected_card(),
                          {.package = command.package_aid,
                           .module = command.aid,
                           .instance = command.instance_aid,
                           .privileges = command.privileges.bytes(),
                           .parameters = parameters_of(command.parameters, command.memory),
                           .chain_mac = command.chain_mac});
  return {};
}

CommandResult run(const InstallForMakeSelectable& command, SessionState& state) {
  gp::install_for_make_selectable(state.connected_card(), {.instance = command.instance_aid,
                                                           .privileges = command.privileges.bytes(),
                                                           .chain_mac = command.chain_mac});
  return {};
}

CommandResult run(const InstallForPersonalization& command, SessionState& state) {
  auto& card = state.connected_card();
  if (state.mode == gp::CardMode::open_platform_201) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "needs-mode-211",
                 .message = "Open Platform 2.0.1 knows no INSTALL [for personalization]",
                 .advice = "put mode_211 before card_connect; nothing was sent to the card"});
  }
  gp::install_for_personalization(card, command.aid);
  return {};
}

CommandResult run(const Delete& command, SessionState& state) {
  auto& card = state.connected_card();
  if (!command.aid) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "aid-missing",
                 .message = "delete needs -AID: what is to be deleted",
                 .advice = "get_status lists what is on the card"});
  }
  gp::delete_object(card, {.aid = *command.aid, .mode = state.mode, .chain_mac = command.chain_mac});
  return ObjectDeleted{*command.aid};
}

}  // namespace gpsh::interpreter
