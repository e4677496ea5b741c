// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "core/bytes.h"
#include "interpreter/command_result.h"

namespace gpsh::interpreter {

// For the sources of the JSON output alone: values as JSON. Bytes are upper-case hex, what is absent is left
// out, and members stand in a fixed order.
using Json = nlohmann::ordered_json;

/// What a command's result is; an empty object where there is none.
[[nodiscard]] Json result_json(const CommandResult& result);

/// The content of a data object read with GET DATA: CPLC, card recognition data, card capabilities, key
/// templates, counters, numbers, resources, applications; of others the TLV objects as a tree. Null for what
/// cannot be read as that.
[[nodiscard]] Json data_object_json(std::uint16_t tag, ByteView data);

[[nodiscard]] Json key_templates_json(const std::vector<gp::KeyInformation>& keys);
[[nodiscard]] Json recognition_json(const gp::CardRecognitionData& data);
[[nodiscard]] Json resources_json(const gp::CardResources& resources);
/// {"bytes": "9E0000", "names": [...]}
[[nodiscard]] Json privileges_json(std::uint32_t privileges);

}  // namespace gpsh::interpreter
