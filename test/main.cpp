#include "catch.hpp"

int main(int argc, char** argv) { return cloudretro::test::runTests(argc, argv); }
