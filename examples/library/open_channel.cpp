// SPDX-License-Identifier: Apache-2.0
// Opens a secure channel from another program and lists the applications. For a real card take
// gpsh::pcsc::PcscAccess.
#include <gp/open_channel.h>
#include <gp/registry.h>
#include <gp/select.h>
#include <virtualcard/virtual_reader.h>

#include <iostream>

struct Quiet final : gpsh::Observer {
  void command(gpsh::ByteView, gpsh::ByteView, gpsh::Framing) override {}
  void chained_command(gpsh::ByteView) override {}
  void response(gpsh::ByteView, gpsh::Framing) override {}
  void unwrapped(gpsh::ByteView) override {}
  void remark(const gpsh::Remark& remark) override { std::cerr << remark.text << "\n"; }
};

int main() try {
  Quiet observer;
  gpsh::virtualcard::SystemRandom card_challenges;
  gpsh::virtualcard::VirtualReader reader(gpsh::virtualcard::load_profile("scp03-i70"), card_challenges);
  reader.establish_context();
  const auto connection = reader.connect({}, observer);
  gpsh::gp::SystemRandom host_challenges;
  gpsh::gp::CardSession card(*connection, observer, host_challenges, gpsh::gp::Wire::gpsh);
  gpsh::gp::select(card, gpsh::Aid::from_bytes(gpsh::hex("A000000151000000")));
  auto key = gpsh::gp::Secret::from_hex("404142434445464748494A4B4C4D4E4F").value();
  gpsh::gp::open_channel(card,
                         {.keys = {.base_key = std::move(key)}, .level = gpsh::gp::SecurityLevel(0x03)});
  for (const auto& entry : gpsh::gp::get_status(card, {.element = 0x40}))
    std::cout << gpsh::to_hex(entry.aid) << "\n";
} catch (const gpsh::Error& error) {
  std::cerr << error.what() << "\n" << error.facts().advice << "\n";
  return 1;
}
