#include "base/secret.hpp"

#include "base/failure.hpp"
#include "base/glib.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

namespace cloudretro::base {
namespace {

// Without the white space around it; nullopt: cannot be read.
std::optional<std::string> readText(const std::string& path) {
    constexpr auto blanks = " \t\r\n";
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) return std::nullopt;
    const auto first = text.find_first_not_of(blanks);
    if (first == text.npos) return "";
    return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

}

std::string randomId(std::size_t bytes) {
    std::vector<guchar> random(bytes);
    for (std::size_t have = 0; have < bytes;) {
        const auto got = ::getrandom(random.data() + have, bytes - have, 0);
        if (got > 0) have += std::size_t(got);
    }
    std::string text = Chars(g_base64_encode(random.data(), bytes)).get();
    for (auto& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    text.resize(text.find_last_not_of('=') + 1);
    return text;
}

std::string readSecret(const std::string& path) {
    const auto secret = readText(path);
    if (!secret)
        throw Failure("config", "The worker token file " + path + " cannot be read.",
            "Copy it from the coordinator's data folder, or name it with --worker-token-file.");
    if (secret->size() < 32)
        throw Failure("config", "The secret in " + path + " is too short to be safe.",
            "Use at least 32 random characters, or delete the file so that the coordinator makes a new one.");
    return *secret;
}

std::string readNamedSecret(const std::string& path, const std::string& flag, std::size_t shortest) {
    const auto secret = readText(path);
    if (!secret)
        throw Failure("config", "The file " + path + " (" + flag + ") cannot be read.",
            "Check its name and permissions; it holds the secret and nothing else.");
    if (secret->size() < shortest)
        throw Failure("config", "The secret in " + path + " (" + flag + ") is too short to be safe.",
            "Use at least " + std::to_string(shortest) + " characters.");
    return *secret;
}

std::string readOrMakeSecret(const std::string& path) {
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    const Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file && errno != EEXIST)
        throw Failure("config", "The secret file " + path + " cannot be made: " + std::strerror(errno) + ".",
            "Make its folder writable, or choose another with --data-dir.");
    if (file) {
        const auto secret = randomId(32) + "\n";
        if (::write(file.get(), secret.data(), secret.size()) != ssize_t(secret.size()))
            throw Failure(
                "config", "The secret file " + path + " cannot be written.", "Free some disk space.");
    }
    return readSecret(path);
}

Fd secretFile(const std::string& secret) {
    Fd file(::memfd_create("cloudretro-token", MFD_CLOEXEC));
    if (!file || ::write(file.get(), secret.data(), secret.size()) != ssize_t(secret.size()))
        throw Failure("no-memory-file",
            std::string("A file in memory could not be made: ") + std::strerror(errno) + ".",
            "Free some memory, or raise the container's limits.");
    return file;
}

bool equalSecrets(std::string_view a, std::string_view b) {
    unsigned different = a.size() != b.size();
    for (std::size_t i = 0; i < a.size(); ++i)
        different |= unsigned(a[i] ^ (b.empty() ? 0 : b[i % b.size()]));
    return different == 0;
}

std::string hmac(std::string_view key, std::string_view text) {
    return Chars(g_compute_hmac_for_data(G_CHECKSUM_SHA256, reinterpret_cast<const guchar*>(key.data()),
                     key.size(), reinterpret_cast<const guchar*>(text.data()), text.size()))
        .get();
}

std::string turnPassword(std::string_view secret, std::string_view user) {
    std::array<guint8, 20> digest{};
    gsize size = digest.size();
    const Owned<GHmac, g_hmac_unref> sum(
        g_hmac_new(G_CHECKSUM_SHA1, reinterpret_cast<const guchar*>(secret.data()), secret.size()));
    g_hmac_update(sum.get(), reinterpret_cast<const guchar*>(user.data()), gssize(user.size()));
    g_hmac_get_digest(sum.get(), digest.data(), &size);
    return Chars(g_base64_encode(digest.data(), size)).get();
}

}
