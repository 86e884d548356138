#include "base/log.hpp"

#define G_LOG_USE_STRUCTURED
#include <glib.h>

#include <string>

namespace cloudretro::base {
namespace {

std::string role = "cloudretro";

void write(GLogLevelFlags level, std::string_view message, std::string_view subject) {
    std::string line(message);
    if (!subject.empty()) line = std::string(subject) + ": " + line;
    g_log_structured("cloudretro", level, "CLOUDRETRO_ROLE", "%s", role.c_str(), "CLOUDRETRO_SUBJECT", "%.*s",
        int(subject.size()), subject.data(), "MESSAGE", "%s: %s", role.c_str(), line.c_str());
}

}

void startLog(std::string_view name, bool debug) {
    role = name;
    if (debug) g_setenv("G_MESSAGES_DEBUG", "cloudretro", FALSE);
}

void logDebug(std::string_view message, std::string_view subject) { write(G_LOG_LEVEL_DEBUG, message, subject); }
void logInfo(std::string_view message, std::string_view subject) { write(G_LOG_LEVEL_MESSAGE, message, subject); }
void logWarning(std::string_view message, std::string_view subject) { write(G_LOG_LEVEL_WARNING, message, subject); }

}
