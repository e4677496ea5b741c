// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "core/bytes.h"

namespace gpsh::virtualcard {

/// Owns a file descriptor.
class FileDescriptor {
 public:
  explicit FileDescriptor(int number) : number_(number) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : number_(other.number_) { other.number_ = kNone; }
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool valid() const { return number_ != kNone; }

 private:
  static constexpr int kNone = -1;
  int number_;
};

/// A TCP connection. Every wait ends soon after `stop` becomes true.
class TcpStream {
 public:
  /// Nothing when nobody listens there. Throws Error (reader, "unknown-host") when the name has no address.
  [[nodiscard]] static std::optional<TcpStream> connect(const std::string& host, std::uint16_t port,
                                                        const std::atomic<bool>& stop);

  /// Exactly `count` bytes; nothing when the connection ended or `stop` came first.
  [[nodiscard]] std::optional<Bytes> read(std::size_t count);
  /// False when the connection ended or `stop` came first.
  [[nodiscard]] bool write(ByteView bytes);

 private:
  TcpStream(FileDescriptor socket, const std::atomic<bool>& stop)
      : socket_(std::move(socket)), stop_(&stop) {}

  FileDescriptor socket_;
  const std::atomic<bool>* stop_;
};

}  // namespace gpsh::virtualcard
