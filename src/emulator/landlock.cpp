#include "emulator/landlock.hpp"

#include "base/fd.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cstdint>

namespace cloudretro::emulator {
namespace {

// Of newer kernels than the headers of Debian 12.
constexpr std::uint64_t accessTruncate = 1 << 14, accessIoctlDevice = 1 << 15;
constexpr std::uint64_t accessBindTcp = 1 << 0, accessConnectTcp = 1 << 1;
constexpr std::uint64_t scopeAbstractSocket = 1 << 0, scopeSignal = 1 << 1;
struct RulesetAttributes {
    std::uint64_t files, network, scope;
};

constexpr std::uint64_t read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t write = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REFER | accessTruncate;
constexpr std::uint64_t onFiles =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | accessTruncate; // not on folders

int kernelVersion() {
    return int(::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION));
}

// All that this version of Landlock can deny.
RulesetAttributes everything(int version) {
    RulesetAttributes all{};
    all.files = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    if (version >= 2) all.files |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3) all.files |= accessTruncate;
    if (version >= 5) all.files |= accessIoctlDevice;
    if (version >= 4) all.network = accessBindTcp | accessConnectTcp;
    if (version >= 6) all.scope = scopeAbstractSocket | scopeSignal;
    return all;
}

std::size_t sizeOf(int version) { return sizeof(std::uint64_t) * (version >= 6 ? 3 : version >= 4 ? 2 : 1); }

void allow(const base::Fd& rules, const std::string& path, std::uint64_t rights) {
    const base::Fd place(::open(path.c_str(), O_PATH | O_CLOEXEC));
    struct stat facts {};
    if (!place || ::fstat(place.get(), &facts) != 0) return;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = S_ISDIR(facts.st_mode) ? rights : rights & onFiles;
    rule.parent_fd = place.get();
    ::syscall(SYS_landlock_add_rule, rules.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

}

bool confineFiles(const FileAccess& access) {
    const int version = kernelVersion();
    if (version < 1) return false;
    const auto denied = everything(version);
    const base::Fd rules(int(::syscall(SYS_landlock_create_ruleset, &denied, sizeOf(version), 0)));
    if (!rules) return false;
    for (const auto& path : access.readable) allow(rules, path, read & denied.files);
    for (const auto& path : access.writable) allow(rules, path, (read | write) & denied.files);
    return ::syscall(SYS_landlock_restrict_self, rules.get(), 0) == 0;
}

}
