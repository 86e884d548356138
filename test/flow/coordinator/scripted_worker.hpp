#pragma once
// A worker that says what a test wants it to, and sends saves as a real one does.
#include "server.hpp"
#include "visitor.hpp"

#include <string>

namespace cloudretro::test {

inline constexpr auto workerToken = "a secret that is at least thirty-two characters long";

class ScriptedWorker {
public:
    // Registers, with the demo core and room for two games.
    explicit ScriptedWorker(const Server& server, const std::string& id = "scripted");

    Visitor link;

    void drain(); // says that it is to be left
    // POST /worker/saves; the bytes as they were before compression.
    Reply save(const protocol::SaveUpload& about, const std::string& bytes, const std::string& picture = "",
        const std::string& token = workerToken) const;
    Reply fetch(const std::string& object, const std::string& token = workerToken) const;

private:
    const Server& server_;
};

}
