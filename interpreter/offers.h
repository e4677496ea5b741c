// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/command_table.h"

namespace gpsh::interpreter {

/// What can be offered for a value: the words of an enumeration, AIDs of the card, file names, readers.
enum class Offer { nothing, words, aids, files, readers };

/// By the type of the option's member; `command` is its command's name.
[[nodiscard]] Offer offer_of(std::string_view command, const OptionInfo& option);

}  // namespace gpsh::interpreter
