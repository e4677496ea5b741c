// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sessions/explain.h"
#include "sessions/explain_text.h"

namespace gpsh::test {

/// What is told of a log, as text and as JSON.
struct ExplainPrinter final : sessions::ExplainSink {
  void exchange(const sessions::ExplainedExchange& exchange) override {
    last = sessions::explain_text(exchange, "a.log");
    text += last;
    json += sessions::explain_json(exchange) + "\n";
  }
  void remark(const sessions::ExplainedRemark& remark) override {
    last = sessions::explain_text(remark, "a.log");
    text += last;
    json += sessions::explain_json(remark) + "\n";
  }

  std::string text;
  std::string last;
  std::string json;
};

}  // namespace gpsh::test
