// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/load.h"

#include <algorithm>
#include <array>
#include <utility>

#include "virtualcard/cap_components.h"
#include "virtualcard/content_permission.h"
#include "virtualcard/content_receipt.h"
#include "virtualcard/dap_verification.h"
#include "virtualcard/load_file_blocks.h"
#include "virtualcard/signature.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kLastBlock = 0x80;

/// Packages that are part of every Java Card: java.lang, javacard and javacardx, and those of GlobalPlatform.
bool built_in(const Aid& package) {
  constexpr std::array<std::string_view, 3> kBeginnings{"A000000062", "A00000015100", "A00000000300"};
  return std::ranges::any_of(kBeginnings,
                             [&](const auto beginning) { return package.text().starts_with(beginning); });
}

/// Same major version, no older minor one (Java Card Virtual Machine Specification 3.0.5, section 4.5).
bool compatible(const LoadFile& file, const CapPackage& wanted) {
  return file.version.empty() || (file.version[0] == wanted.major && file.version[1] >= wanted.minor);
}

bool links(const CapComponents& cap, const CardState& card) {
  return std::ranges::all_of(cap.imports, [&](const CapPackage& wanted) {
    const auto* file = card.find_load_file(wanted.aid);
    return built_in(wanted.aid) || (file != nullptr && compatible(*file, wanted));
  });
}

bool is_module(const CardState& card, const Aid& aid) {
  return std::ranges::any_of(card.load_files, [&](const LoadFile& file) {
    return std::ranges::find(file.modules, aid) != file.modules.end();
  });
}

/// A load file's or module's AID is that of no other load file or module (GPCS 2.3.1 section 6.5.1.1).
bool aids_are_new(const CapComponents& cap, const CardState& card) {
  auto sorted = cap.applets;
  std::ranges::sort(sorted, {}, &Aid::text);
  if (std::ranges::adjacent_find(sorted) != sorted.end()) return false;
  if (in_registry(card, cap.package.aid) || is_module(card, cap.package.aid)) return false;
  return std::ranges::none_of(cap.applets, [&](const Aid& module) {
    return is_module(card, module) || module == cap.package.aid || card.find_load_file(module) != nullptr;
  });
}

LoadFile make_load_file(const CapComponents& cap, const LoadProcess& process, const Card& card) {
  LoadFile file{
      .aid = cap.package.aid, .version = {cap.package.major, cap.package.minor}, .modules = cap.applets};
  for (const auto& package : cap.imports) {
    if (card.profile.card.find_load_file(package.aid) != nullptr) file.imports.push_back(package.aid);
  }
  if (!card.profile.card.is_issuer_security_domain(process.domain)) file.associated_domain = process.domain;
  return file;
}

/// What "Load Completion Runtime Behavior" of GPCS 2.3.1 section 9.3.5 asks for.
ResponseApdu complete(LoadProcess process, Card& card) {
  auto& state = card.profile.card;
  const auto blocks = read_load_file_blocks(process.received);
  if (!blocks) return answer(kIncorrectData);
  if (const auto refused = check_daps(*blocks, process, state)) return answer(*refused);
  const auto digest = digest_of_length(process.hash.size(), blocks->data_block);
  if (!equal_in_constant_time(digest, process.hash)) return answer(kConditionsNotSatisfied);
  const auto cap = read_cap_components(blocks->data_block);
  if (!cap || cap->package.aid != process.load_file || !links(*cap, state)) return answer(kIncorrectData);
  if (!aids_are_new(*cap, state)) return answer(kConditionsNotSatisfied);
  if (process.domain != card.selected()) {
    if (const auto refused = accepts_content(state, process.domain)) return answer(*refused);
  }
  auto file = make_load_file(*cap, process, card);
  file.memory.non_volatile = blocks->data_block.size();
  if (process.kind == LoadKind::load_only) {
    state.load_files.push_back(std::move(file));
    return confirm({.elements = receipt_elements({process.load_file, process.domain}),
                    .token_identifier = process.token_identifier},
                   card);
  }
  process.loaded = std::move(file);
  card.session().load = std::move(process);
  return answer(Bytes{0x00});
}

}  // namespace

ResponseApdu load(const CommandApdu& command, Card& card) {
  auto process = std::exchange(card.session().load, std::nullopt);
  if (!process || process->loaded) return answer(kConditionsNotSatisfied);
  if (command.p2 != process->next_block) return answer(kIncorrectP1P2);
  if (command.data.empty()) return answer(kWrongLength);
  append(process->received, command.data);
  ++process->next_block;
  const auto announced = announced_size(process->received);
  if (announced && process->received.size() > *announced) return answer(kIncorrectData);
  const auto needed = std::max(process->received.size(), announced.value_or(0));
  if (needed > card.profile.card.free_memory().non_volatile) return answer(kNotEnoughMemory);
  if ((command.p1 & kLastBlock) != 0) return complete(std::move(*process), card);
  card.session().load = std::move(process);
  return answer(Bytes{0x00});
}

}  // namespace gpsh::virtualcard
