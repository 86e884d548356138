#pragma once
// Something could not be started, built or read. Thrown as a whole sentence for the person who will read it;
// caught in main (exit code) or where a message is handled (an error reply), never across C code.
#include "cloudretro/protocol.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace cloudretro::base {

class Failure : public std::runtime_error {
public:
    // `code` is stable, for programs; `message` says what happened, `remedy` what to do.
    Failure(std::string code, const std::string& message, std::string remedy)
        : std::runtime_error(message),
          trouble_{std::move(code), message, std::move(remedy)} {}

    const protocol::Trouble& trouble() const { return trouble_; }

private:
    protocol::Trouble trouble_;
};

}
