// SPDX-License-Identifier: Apache-2.0
// Memory of the whole program, Botan's and every other library's in C++ too, is overwritten when it is given
// back: a key passes through more strings and buffers than anybody could clear one by one.
#ifdef __APPLE__
#include <malloc/malloc.h>
#else
#include <malloc.h>
#endif

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "gp/scrub.h"

namespace {

std::size_t usable_bytes(void* memory) {
#ifdef __APPLE__
  return malloc_size(memory);
#else
  return malloc_usable_size(memory);
#endif
}

/// Null when there is none, and nobody who could make some.
void* take(std::size_t bytes, std::size_t alignment) {
  const auto wanted = std::max<std::size_t>(bytes, 1);
  for (;;) {
    void* memory = alignment <= alignof(std::max_align_t)
                       ? std::malloc(wanted)
                       : std::aligned_alloc(alignment, (wanted + alignment - 1) / alignment * alignment);
    const auto handler = std::get_new_handler();
    if (memory != nullptr || handler == nullptr) return memory;
    handler();
  }
}

void* take_or_throw(std::size_t bytes, std::size_t alignment = 1) {
  if (void* memory = take(bytes, alignment)) return memory;
  throw std::bad_alloc();
}

void* take_or_null(std::size_t bytes, std::size_t alignment = 1) noexcept {
  try {
    return take(bytes, alignment);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

void give_back(void* memory) noexcept {
  if (memory == nullptr) return;
  gpsh::gp::scrub(memory, usable_bytes(memory));
  std::free(memory);
}

std::size_t number(std::align_val_t alignment) {
  return static_cast<std::size_t>(alignment);
}

}  // namespace

using std::align_val_t;
using std::nothrow_t;
using std::size_t;

// All forms: a sanitizer has its own of each, which would go past these.
void* operator new(size_t bytes) {
  return take_or_throw(bytes);
}
void* operator new[](size_t bytes) {
  return take_or_throw(bytes);
}
void* operator new(size_t bytes, const nothrow_t&) noexcept {
  return take_or_null(bytes);
}
void* operator new[](size_t bytes, const nothrow_t&) noexcept {
  return take_or_null(bytes);
}
void* operator new(size_t bytes, align_val_t at) {
  return take_or_throw(bytes, number(at));
}
void* operator new[](size_t bytes, align_val_t at) {
  return take_or_throw(bytes, number(at));
}
void* operator new(size_t bytes, align_val_t at, const nothrow_t&) noexcept {
  return take_or_null(bytes, number(at));
}
void* operator new[](size_t bytes, align_val_t at, const nothrow_t&) noexcept {
  return take_or_null(bytes, number(at));
}
void operator delete(void* memory) noexcept {
  give_back(memory);
}
void operator delete[](void* memory) noexcept {
  give_back(memory);
}
void operator delete(void* memory, size_t) noexcept {
  give_back(memory);
}
void operator delete[](void* memory, size_t) noexcept {
  give_back(memory);
}
void operator delete(void* memory, const nothrow_t&) noexcept {
  give_back(memory);
}
void operator delete[](void* memory, const nothrow_t&) noexcept {
  give_back(memory);
}
void operator delete(void* memory, align_val_t) noexcept {
  give_back(memory);
}
void operator delete[](void* memory, align_val_t) noexcept {
  give_back(memory);
}
void operator delete(void* memory, size_t, align_val_t) noexcept {
  give_back(memory);
}
void operator delete[](void* memory, size_t, align_val_t) noexcept {
  give_back(memory);
}
void operator delete(void* memory, align_val_t, const nothrow_t&) noexcept {
  give_back(memory);
}
void operator delete[](void* memory, align_val_t, const nothrow_t&) noexcept {
  give_back(memory);
}
