// The tests, and the processes that they start: the same program in other roles.
#include "catch.hpp"
#include "emulator/emulator.hpp"
#include "host.hpp"

#include <seccomp.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>

namespace {

// Makes this process and its children find no such thing in their kernel.
void forgo(std::string_view what) {
    auto* filter = seccomp_init(SCMP_ACT_ALLOW);
    if (what == "landlock")
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0);
    else
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(seccomp), 0);
    seccomp_load(filter);
    seccomp_release(filter);
}

}

int main(int argc, char** argv) {
    const std::string_view role = argc > 1 ? argv[1] : "";
    const char* missing = std::getenv("CLOUDRETRO_TEST_WITHOUT");
    if (missing && role == "--role=emulator") forgo(missing);
    if (role == "--role=emulator") return cloudretro::emulator::run();
    if (role == "--role=host") return cloudretro::test::runHost();
    return cloudretro::test::runTests(argc, argv);
}
