#pragma once
// seccomp: which system calls a process may make at all.

namespace cloudretro::emulator {

// Memory, files (where Landlock lets it), time, threads, and talking on the descriptors that it has. What is
// not on the list fails with EPERM; what only an attack does ends the process. False: no seccomp here. Wants
// PR_SET_NO_NEW_PRIVS.
bool filterSyscalls();

// On top of that, for all threads: no memory becomes executable any more.
bool forbidNewCode();

}
