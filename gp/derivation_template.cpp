// SPDX-License-Identifier: Apache-2.0
#include "gp/derivation_template.h"

#include <algorithm>

#include "core/error.h"
#include "gp/crypto.h"
#include "gp/key_derivation.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::size_t kMostPieces = 255;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[noreturn]] void refuse(const std::string& problem) {
  throw Error({.kind = ErrorKind::usage,
               .code = "key-derivation",
               .message = "the key derivation template " + problem,
               .advice =
                   "write bytes as two hex digits, $0 to $9 for the card's data, $k for the key number; "
                   "EMV CPS 1.1 is $4 $5 $6 $7 $8 $9 F0 $k $4 $5 $6 $7 $8 $9 0F $k"});
}

}  // namespace

class DerivationTemplate::Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {
    std::ranges::transform(text_, text_.begin(), lower);
  }

  std::vector<Piece> parse() {
    std::vector<Piece> pieces;
    for (skip_blanks(); at_ < text_.size(); skip_blanks()) {
      pieces.push_back(take('$') ? variable() : literal());
      if (pieces.size() > kMostPieces) refuse("is too long");
    }
    return pieces;
  }

 private:
  Piece variable() {
    if (take('k')) return {.kind = Kind::key_number};
    if (take('_')) return {.kind = Kind::counter};
    if (take('l')) {
      skip_blanks();
      if (take('$') && take('l')) return {.kind = Kind::bit_length};
      fail("has $l alone; the length is $l$l");
    }
    if (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      return {.kind = Kind::data, .value = static_cast<std::uint8_t>(text_[at_++] - '0')};
    }
    fail("has a $ that begins none of $0 to $9, $k, $_ and $l$l");
  }

  Piece literal() {
    if (std::string_view(text_).substr(at_).starts_with("0x")) at_ += 2;
    const auto byte = from_hex(std::string_view(text_).substr(at_, 2));
    if (!byte || byte->size() != 1) fail("has something that is no byte");
    at_ += 2;
    return {.kind = Kind::literal, .value = byte->front()};
  }

  bool take(char wanted) {
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (at_ < text_.size() && kBlanks.find(text_[at_]) != std::string_view::npos) ++at_;
  }
  [[noreturn]] void fail(const std::string& problem) const {
    refuse(problem + " (at character " + std::to_string(std::min(at_, text_.size() - 1) + 1) + ")");
  }

  std::string text_;
  std::size_t at_ = 0;
};

DerivationTemplate DerivationTemplate::parse(std::string_view text) {
  DerivationTemplate parsed;
  parsed.pieces_ = Parser(text).parse();
  const auto count = [&](Kind kind) { return std::ranges::count(parsed.pieces_, kind, &Piece::kind); };
  const auto counters = count(Kind::counter);
  if (counters > 1) refuse("has more than one counter $_");
  parsed.counter_mode_ = counters == 1;
  if (parsed.counter_mode_) return parsed;
  if (count(Kind::bit_length) > 0) refuse("has $l$l, which belongs to a counter $_");
  if (parsed.pieces_.size() != kTripleDesKeyBytes) {
    refuse("gives " + std::to_string(parsed.pieces_.size()) + " bytes; a triple DES key needs 16");
  }
  return parsed;
}

DerivationInput DerivationTemplate::input(ByteView data, std::uint8_t key_number,
                                          std::size_t key_bytes) const {
  const auto bits = static_cast<unsigned>(key_bytes * 8);
  DerivationInput input;
  auto* filled = &input.before;
  for (const auto& piece : pieces_) {
    switch (piece.kind) {
      case Kind::literal: filled->push_back(piece.value); break;
      case Kind::data: {
        ByteReader reader(data, "diversification data");
        reader.take(piece.value);
        filled->push_back(reader.u8());
        break;
      }
      case Kind::key_number: filled->push_back(key_number); break;
      case Kind::bit_length:
        append(*filled, {static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits)});
        break;
      case Kind::counter: filled = &input.after; break;
    }
  }
  return input;
}

std::string DerivationTemplate::text() const {
  std::string text;
  for (const auto& piece : pieces_) {
    if (!text.empty()) text += ' ';
    switch (piece.kind) {
      case Kind::literal: text += to_hex(piece.value); break;
      case Kind::data: text += '$' + std::to_string(piece.value); break;
      case Kind::key_number: text += "$k"; break;
      case Kind::bit_length: text += "$l$l"; break;
      case Kind::counter: text += "$_"; break;
    }
  }
  return text;
}

Secret DerivationTemplate::derive(const Secret& master, ByteView data, std::uint8_t key_number) const {
  const auto made_of = input(data, key_number, master.size());
  if (counter_mode_) {
    return derive_in_counter_mode(master, {.before = made_of.before, .after = made_of.after});
  }
  return derive_with_triple_des(master, made_of.before);
}

}  // namespace gpsh::gp
