// SPDX-License-Identifier: Apache-2.0
#include "interpreter/offers.h"

#include <type_traits>

#include "interpreter/commands.h"

namespace gpsh::interpreter {
namespace {

template <class T>
constexpr Offer kOffer = std::is_enum_v<T> && !std::is_same_v<T, Flag> ? Offer::words : Offer::nothing;
template <class T>
constexpr Offer kOffer<std::optional<T>> = kOffer<T>;
template <>
constexpr Offer kOffer<gp::Diversification> = Offer::words;
template <>
constexpr Offer kOffer<Aid> = Offer::aids;
template <>
constexpr Offer kOffer<FilePath> = Offer::files;
template <>
constexpr Offer kOffer<ReaderName> = Offer::readers;

template <class Target, class Option>
Offer offer_for(const Option& option) {
  using Value = std::remove_cvref_t<decltype(option.access(std::declval<Target&>()))>;
  return kOffer<Value>;
}

template <class Spec>
Offer find_in(const Spec& spec, std::string_view name) {
  auto found = Offer::nothing;
  std::apply(
      [&](const auto&... options) {
        static_cast<void>(
            ((options.name == name && (found = offer_for<typename Spec::Target>(options), true)) || ...));
      },
      spec.options);
  return found;
}

}  // namespace

Offer offer_of(std::string_view command, const OptionInfo& option) {
  auto found = Offer::nothing;
  std::apply(
      [&](const auto&... specs) {
        static_cast<void>(((specs.name == command && (found = find_in(specs, option.name), true)) || ...));
      },
      kCommands);
  return found;
}

}  // namespace gpsh::interpreter
