// SPDX-License-Identifier: Apache-2.0
#include "interpreter/seen_aids.h"

#include <gmock/gmock.h>

namespace gpsh::interpreter {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// One exchange, as a session tells it.
void exchange(SeenAids& seen, std::string_view command, std::string_view answer) {
  const auto plain = hex(command);
  seen.command(plain, plain, Framing::single);
  seen.unwrapped(hex(answer));
}

TEST(SeenAids, SelectedAsTheCardNamesItElseAsTyped) {
  SeenAids seen;
  exchange(seen, "00A4040000", "6F0A8408A0000000030000009000");
  exchange(seen, "00A4040007D0D1D2D3D4D501", "9000");
  exchange(seen, "00A4040006D0D1D2D3D4D5", "6A82");
  EXPECT_THAT(seen.texts(), ElementsAre("A000000003000000", "D0D1D2D3D4D501"));
}

TEST(SeenAids, ListedOnesAlsoInPages) {
  SeenAids seen;
  exchange(seen, "80F24002024F0000", "E30D4F07D0D1D2D3D4D5019F7001076310");
  exchange(seen, "80F24003024F0000", "E30D4F07D0D1D2D3D4D5029F7001079000");
  exchange(seen, "80F24000024F0000", "07D0D1D2D3D4D50307009000");
  EXPECT_THAT(seen.texts(), ElementsAre("D0D1D2D3D4D501", "D0D1D2D3D4D502", "D0D1D2D3D4D503"));
}

TEST(SeenAids, DeletedOnesAreGone) {
  SeenAids seen;
  exchange(seen, "00A4040007D0D1D2D3D4D501", "9000");
  exchange(seen, "80E40000094F07D0D1D2D3D4D501", "6985");
  EXPECT_TRUE(seen.contains(*Aid::from_bytes(hex("D0D1D2D3D4D501"))));
  exchange(seen, "80E40000094F07D0D1D2D3D4D501", "009000");
  EXPECT_THAT(seen.texts(), IsEmpty());
}

TEST(SeenAids, NothingIsLearnedFromWhatCannotBeRead) {
  SeenAids seen;
  seen.unwrapped(hex("9000"));
  exchange(seen, "00A4040000", "6F0A84089000");
  exchange(seen, "80F24002024F0000", "E3FF9000");
  exchange(seen, "00A4", "9000");
  exchange(seen, "00A4040000", "90");
  EXPECT_THAT(seen.texts(), IsEmpty());
}

TEST(SeenAids, ForgottenWithTheCard) {
  SeenAids seen;
  exchange(seen, "00A4040007D0D1D2D3D4D501", "9000");
  seen.command_started({.line = 1, .text = "card_connect -readerNumber 1"});
  EXPECT_THAT(seen.texts(), IsEmpty());
}

}  // namespace
}  // namespace gpsh::interpreter
