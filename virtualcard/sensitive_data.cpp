// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/sensitive_data.h"

#include "virtualcard/aes_crypto.h"

namespace gpsh::virtualcard {

std::size_t SensitiveData::block_bytes() const {
  return mode_ == Mode::aes_cbc ? kAesBlockBytes : kDesBlockBytes;
}

Key SensitiveData::decrypt(ByteView data) const {
  switch (mode_) {
    case Mode::triple_des_ecb: return make_key(triple_des_decrypt_ecb(key_, data));
    case Mode::triple_des_cbc: return make_key(triple_des_decrypt(key_, data));
    case Mode::aes_cbc: break;
  }
  return make_key(aes_decrypt(key_, Bytes(kAesBlockBytes, 0x00), data));
}

}  // namespace gpsh::virtualcard
