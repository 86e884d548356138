#pragma once
// What a process has before it does anything: limits, namespaces, user, capabilities. Each part tells whether
// it worked; nothing here is needed for the rest to hold.
#include <cstdint>

namespace cloudretro::emulator {

// Memory, files, and who goes first when memory runs out. `gameBytes` come on top.
bool limitResources(std::uintmax_t gameBytes);

bool leaveNamespaces(); // for ones without a network and without others' shared memory
void dropChances();     // to gain privileges by exec, or to be looked into by others

// When root: a user that owns nothing. Files stay within reach by CAP_DAC_OVERRIDE, which needs Landlock
// around it.
bool becomeNobody();

// All, or all but CAP_DAC_OVERRIDE. False: there were none.
bool dropCapabilities(bool keepFileAccess);

}
