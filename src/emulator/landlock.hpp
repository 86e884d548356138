#pragma once
// Landlock: which files a process may reach at all, whatever their permissions say.
#include <string>
#include <vector>

namespace cloudretro::emulator {

// Files, or folders with all that is below them. Those that are not there are passed over.
struct FileAccess {
    std::vector<std::string> readable;
    std::vector<std::string> writable; // and readable; no links, devices or sockets can be made
};

// From now on this process reaches nothing else, and, where the kernel is new enough, neither TCP nor other
// processes' signals and abstract sockets. False: the kernel has no Landlock, and nothing has changed. Wants
// PR_SET_NO_NEW_PRIVS.
bool confineFiles(const FileAccess& access);

}
