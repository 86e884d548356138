// What a core must not be able to do.
#pragma once

#include <string>

namespace testcard {

// Tries one of the deeds listed in deeds.cpp. True: it worked, the core got out of its sandbox. Some end the
// process. A deed that is not known counts as one that worked.
bool attempt(const std::string& deed);

} // namespace testcard
