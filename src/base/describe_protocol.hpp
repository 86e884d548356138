#pragma once
// Every message of protocol.hpp as JSON, for the web client's types and for people:
// {"version": 1, "messages": {"FromBrowser": {"join": {"room": "string"}, …}, …}}.
#include <string>

namespace cloudretro::base {

std::string describeProtocol();

}
