#include "base/log.hpp"

#define G_LOG_USE_STRUCTURED
#include <glib.h>

#include <string>

namespace cloudretro::base {
namespace {

std::string role = "cloudretro";

void write(GLogLevelFlags level, std::string_view message, std::string_view subject) {
    std::string line(message);
    const std::string about(subject);
    if (!about.empty()) line = about + ": " + line;
    g_log_structured("cloudretro", level, "CLOUDRETRO_ROLE", role.c_str(), "CLOUDRETRO_SUBJECT",
        about.c_str(), "MESSAGE", "%s: %s", role.c_str(), line.c_str()); // only MESSAGE has a format
}

GLogWriterOutput writeToStderr(GLogLevelFlags level, const GLogField* fields, gsize count, gpointer) {
    if (g_log_writer_default_would_drop(level, "cloudretro")) return G_LOG_WRITER_HANDLED;
    return g_log_writer_standard_streams(level, fields, count, nullptr);
}

}

void startLog(std::string_view name, LogTo where) {
    role = name;
    if (where == LogTo::Stderr) g_log_set_writer_func(writeToStderr, nullptr, nullptr);
    g_log_writer_default_set_use_stderr(TRUE); // stdout is for people, and for what they asked for
}

void logDebug(std::string_view message, std::string_view subject) {
    write(G_LOG_LEVEL_DEBUG, message, subject);
}
void logInfo(std::string_view message, std::string_view subject) {
    write(G_LOG_LEVEL_MESSAGE, message, subject);
}
void logWarning(std::string_view message, std::string_view subject) {
    write(G_LOG_LEVEL_WARNING, message, subject);
}

}
