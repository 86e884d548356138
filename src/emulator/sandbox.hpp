#pragma once
// What a process gives up before it runs foreign code.
#include "cloudretro/protocol.hpp"

#include <string>
#include <vector>

namespace cloudretro::emulator {

// A core may read itself, the system's libraries, its game and the system folder, write its save folder, and
// compute. Everything else that the kernel lets us take from it is gone: it is for the whole process and for
// good, so this comes while there is one thread, and before the core is loaded.
class Sandbox {
public:
    // The folders of `load` exist. Throws Failure "no-sandbox" when load.sandbox is "strict" and the kernel
    // lacks seccomp or Landlock.
    explicit Sandbox(const protocol::Load& load);

    // After the core has loaded its game: no new machine code, unless the core lives on making it.
    void seal();

    const std::vector<std::string>& layers() const { return layers_; } // in force, in the order of coming
    std::string inWords() const;                                       // " limits landlock", " none"

private:
    void enter(const protocol::Load& load);

    const std::string core_;
    std::vector<std::string> layers_;
};

}
