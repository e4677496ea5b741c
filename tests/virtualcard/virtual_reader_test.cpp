// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/virtual_reader.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/support/collecting_observer.h"
#include "tests/virtualcard/fixed_random.h"

namespace gpsh::virtualcard {
namespace {

using test::CollectingObserver;
using test::FixedRandom;

class VirtualReaderTest : public testing::Test {
 protected:
  std::string code_of_connect(const ConnectRequest& request) {
    try {
      static_cast<void>(reader_.connect(request, observer_));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::reader);
      return std::string(error.code());
    }
    return "connected";
  }
  static std::string send(Connection& connection, std::string_view apdu) {
    return to_hex(connection.transmit(hex(apdu)));
  }

  FixedRandom random_{"598DD3961BFD"};
  CollectingObserver observer_;
  VirtualReader reader_{load_profile("jcop-j2a040"), random_};
};

TEST_F(VirtualReaderTest, EverythingNeedsAContext) {
  EXPECT_EQ(code_of_connect({}), "no-context");
  EXPECT_THROW(static_cast<void>(reader_.list_readers()), Error);
  reader_.establish_context();
  reader_.establish_context();
  EXPECT_EQ(code_of_connect({}), "connected");
  reader_.release_context();
  EXPECT_EQ(code_of_connect({}), "no-context");
}

TEST_F(VirtualReaderTest, ThereIsOneReader) {
  reader_.establish_context();
  const auto readers = reader_.list_readers();
  ASSERT_EQ(readers.size(), 1U);
  EXPECT_EQ(readers.front().name, "gpsh Virtual Card 00");
  EXPECT_EQ(to_hex(readers.front().atr), "3BD518FF8191FE1FC38073C821100A");
}

TEST_F(VirtualReaderTest, EveryNameNumberAndProtocolLeadsToTheCard) {
  reader_.establish_context();
  EXPECT_EQ(code_of_connect({.reader = "OMNIKEY CardMan 5x21 0", .reader_number = {}, .protocol = {}}),
            "connected");
  EXPECT_EQ(code_of_connect({.reader = "", .reader_number = 3, .protocol = TransmissionProtocol::t0}),
            "connected");
}

// Numbers of recording seed-04.
TEST_F(VirtualReaderTest, DisconnectingResetsTheCardButKeepsItsCounter) {
  reader_.establish_context();
  auto connection = reader_.connect({}, observer_);
  EXPECT_TRUE(send(*connection, "8050000008266C8E3C1069390500").ends_with("9000"));
  EXPECT_EQ(send(*connection, "84820300105F64BB103F4F871921489BA9BF0BF834"), "9000");
  connection.reset();

  connection = reader_.connect({}, observer_);
  EXPECT_EQ(send(*connection, "80F28002024F0000"), "6982") << "the session is gone";
  EXPECT_EQ(send(*connection, "80CA00C100"), "C10200039000") << "not aborted, and counted";
  EXPECT_EQ(reader_.state().default_key_set().sequence_counter, 3);
}

TEST_F(VirtualReaderTest, AConnectionOutlivesItsReader) {
  auto reader = std::make_unique<VirtualReader>(load_profile("generic-scp02"), random_);
  reader->establish_context();
  const auto connection = reader->connect({}, observer_);
  reader.reset();
  EXPECT_EQ(send(*connection, "80CA00C100"), "C10200009000");
  EXPECT_EQ(connection->describe().reader, "gpsh Virtual Card 00");
}

TEST_F(VirtualReaderTest, ResetSelectsTheIssuerSecurityDomain) {
  reader_.establish_context();
  const auto connection = reader_.connect({}, observer_);
  EXPECT_TRUE(send(*connection, "00A4040008D0D1D2D3D4D50101").ends_with("9000"));
  EXPECT_EQ(send(*connection, "80CA00C100"), "6E00");
  connection->reset();
  EXPECT_EQ(send(*connection, "80CA00C100"), "C10200029000");
}

}  // namespace
}  // namespace gpsh::virtualcard
