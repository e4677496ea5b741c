// SPDX-License-Identifier: Apache-2.0
#include "interpreter/script.h"

namespace gpsh::interpreter {

std::string Word::literal() const {
  std::string text;
  for (const auto& piece : pieces) {
    text += piece.kind == Piece::Kind::variable ? "${" + piece.text + "}" : piece.text;
  }
  return text;
}

bool Word::starts_comment() const {
  if (quoted || pieces.empty() || pieces.front().kind == Piece::Kind::variable) return false;
  const auto& text = pieces.front().text;
  return text.starts_with('#') || text.starts_with("//");
}

}  // namespace gpsh::interpreter
