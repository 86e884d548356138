#pragma once
// The tests of a program whose main() has more to do than to run them: one that plays other roles too, or
// that has a library to start. Any other gets its main() from the library `catch`.

namespace cloudretro::test {

int runTests(int argc, char** argv); // the exit code

}
