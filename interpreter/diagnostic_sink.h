// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "interpreter/diagnostic.h"
#include "interpreter/render_text.h"

namespace gpsh::interpreter {

/// Prints diagnostics as text, each at once.
class DiagnosticSink {
 public:
  DiagnosticSink(std::ostream& stream, Colour colour) : stream_(stream), colour_(colour) {}

  void print(const Diagnostic& diagnostic, const Source& source) {
    stream_ << render_text(diagnostic, source, colour_) << std::flush;
  }
  void print(const Diagnostic& diagnostic) { stream_ << render_text(diagnostic, colour_) << std::flush; }
  [[nodiscard]] Colour colour() const { return colour_; }

 private:
  std::ostream& stream_;
  Colour colour_;
};

}  // namespace gpsh::interpreter
