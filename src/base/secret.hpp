#pragma once
// The shared secret by which workers prove themselves, and other things that nobody may guess.
#include "base/fd.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace cloudretro::base {

// `bytes` random bytes of the system, as base64url without padding: safe in URLs and file names.
std::string randomId(std::size_t bytes);

// The text of the file without the white space around it. Throws Failure "config" when there is none, or when
// it is shorter than 32 characters and so could be guessed.
std::string readSecret(const std::string& path);

// As readSecret, for a secret that people chose: `flag` is where they named its file.
std::string readNamedSecret(const std::string& path, const std::string& flag, std::size_t shortest);

// As readSecret, but makes the file with a new secret when it does not exist.
std::string readOrMakeSecret(const std::string& path);

// The secret in memory, to be inherited by a child, which reads /proc/self/fd/<number>. Throws Failure.
Fd secretFile(const std::string& secret);

// Takes equally long wherever the two differ.
bool equalSecrets(std::string_view a, std::string_view b);

// HMAC-SHA256, as 64 hexadecimal digits.
std::string hmac(std::string_view key, std::string_view text);

// HMAC-SHA1 in base64: what a TURN server that shares `secret` takes for the password of `user`.
std::string turnPassword(std::string_view secret, std::string_view user);

}
