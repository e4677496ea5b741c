// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/aid.h"
#include "core/apdu.h"
#include "core/card_access.h"
#include "gp/card_data.h"
#include "gp/card_resources.h"
#include "gp/key_information.h"
#include "gp/package_installation.h"
#include "gp/registry.h"
#include "gp/secure_channel.h"

namespace gpsh::interpreter {

// What a command found out or did, as values: the command makes them, a RunPrinter shows them. Never a key.

struct ReadersFound {
  std::vector<ReaderInfo> readers;
};
struct CardConnected {
  ConnectionInfo connection;
};
struct ApplicationSelected {
  std::optional<Aid> aid;  ///< of the FCI, else as it was typed
  Bytes fci;
  StatusWord sw;  ///< 9000 or 6283
};
struct ProtocolFound {
  std::uint8_t scp = 0;
  std::uint8_t i = 0;
};
struct ChannelOpened {
  gp::ChannelInfo channel;
};
struct DataRead {
  std::uint16_t tag = 0;
  Bytes data;  ///< as the card sent it, outer tag included
};
struct KeysListed {
  std::vector<gp::KeyInformation> keys;
};
struct RegistryListed {
  std::vector<gp::RegistryEntry> entries;
  std::uint8_t element = 0;
  gp::CardMode mode = gp::CardMode::global_platform_211;
};
struct FileLoaded {
  std::size_t load_file_bytes = 0;
  std::size_t blocks = 0;  ///< LOAD commands
};
struct PackageInstalled {
  FileLoaded file;
  gp::PackageInstallation plan;
};
struct DataStored {
  Bytes answer;  ///< to the last block; often empty
};
struct ObjectDeleted {
  Aid aid;
};
struct KeysDeleted {
  std::optional<std::uint8_t> version;
  std::optional<std::uint8_t> identifier;
};
struct KeysPut {
  std::uint8_t version = 0;         ///< the new one
  std::vector<Bytes> check_values;  ///< in the order of the keys; none for a public key
};
struct ApduAnswered {
  ResponseApdu response;
};
struct TextPrinted {
  std::string text;
};

/// monostate: the command has nothing to show.
using CommandResult =
    std::variant<std::monostate, ReadersFound, CardConnected, ApplicationSelected, ProtocolFound,
                 ChannelOpened, DataRead, gp::CardRecognitionData, KeysListed, gp::CardResources,
                 RegistryListed, FileLoaded, PackageInstalled, DataStored, ObjectDeleted, KeysDeleted,
                 KeysPut, ApduAnswered, TextPrinted>;

}  // namespace gpsh::interpreter
