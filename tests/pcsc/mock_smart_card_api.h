// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "pcsc/codes.h"
#include "pcsc/smart_card_api.h"

namespace gpsh::test {

class MockSmartCardApi : public pcsc::SmartCardApi {
 public:
  template <typename T>
  using Answer = pcsc::Answer<T>;
  using Code = pcsc::Code;

  MOCK_METHOD(Answer<pcsc::ContextHandle>, establish_context, (), (override));
  MOCK_METHOD(Code, release_context, (pcsc::ContextHandle), (override));
  MOCK_METHOD(Answer<std::vector<std::string>>, list_readers, (pcsc::ContextHandle), (override));
  MOCK_METHOD(Answer<Bytes>, atr_in_reader, (pcsc::ContextHandle, const std::string&), (override));
  MOCK_METHOD(Answer<bool>, wait_for_removal, (pcsc::ContextHandle, const std::string&, std::uint32_t),
              (override));
  MOCK_METHOD(Answer<pcsc::ConnectedCard>, connect,
              (pcsc::ContextHandle, const std::string&, pcsc::ConnectMode), (override));
  MOCK_METHOD(Answer<TransmissionProtocol>, reconnect,
              (pcsc::CardHandle, pcsc::ConnectMode, pcsc::Disposition), (override));
  MOCK_METHOD(Code, disconnect, (pcsc::CardHandle, pcsc::Disposition), (override));
  MOCK_METHOD(Answer<Bytes>, atr, (pcsc::CardHandle), (override));
  MOCK_METHOD(Answer<Bytes>, transmit, (const pcsc::ConnectedCard&, ByteView), (override));
  MOCK_METHOD(Code, begin_transaction, (pcsc::CardHandle), (override));
  MOCK_METHOD(Code, end_transaction, (pcsc::CardHandle), (override));
};

/// A service with one reader, `Reader A`, and a T=1 card in it that lets itself be held exclusively and
/// answers 9000; tests change what they are about.
inline void play_well(testing::NiceMock<MockSmartCardApi>& api) {
  using testing::Return;
  using Readers = std::vector<std::string>;
  ON_CALL(api, establish_context).WillByDefault(Return(pcsc::Answer<pcsc::ContextHandle>{0, 7}));
  ON_CALL(api, list_readers).WillByDefault(Return(pcsc::Answer<Readers>{0, {"Reader A"}}));
  ON_CALL(api, atr_in_reader).WillByDefault(Return(pcsc::Answer<Bytes>{0, hex("3B00")}));
  ON_CALL(api, connect)
      .WillByDefault(Return(pcsc::Answer<pcsc::ConnectedCard>{0, {42, TransmissionProtocol::t1}}));
  ON_CALL(api, atr).WillByDefault(Return(pcsc::Answer<Bytes>{0, hex("3B00")}));
  ON_CALL(api, transmit).WillByDefault(Return(pcsc::Answer<Bytes>{0, hex("9000")}));
  ON_CALL(api, reconnect)
      .WillByDefault(Return(pcsc::Answer<TransmissionProtocol>{0, TransmissionProtocol::t1}));
}

}  // namespace gpsh::test

namespace gpsh::pcsc {

inline bool operator==(const ConnectMode& a, const ConnectMode& b) {
  return a.share == b.share && a.protocol == b.protocol;
}

}  // namespace gpsh::pcsc
