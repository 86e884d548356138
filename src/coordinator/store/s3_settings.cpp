#include "coordinator/store/s3_settings.hpp"

#include "base/failure.hpp"
#include "base/glib.hpp"
#include "base/log.hpp"

#include <sys/stat.h>

namespace cloudretro::coordinator::store {
namespace {

std::string valueOf(GKeyFile* file, const char* name, const std::string& path) {
    const base::Chars value(g_key_file_get_string(file, "default", name, nullptr));
    if (!value || !*value)
        throw base::Failure("config",
            "The S3 credentials file " + path + " names no " + name + " in its section [default].",
            "Write it as Amazon's tools want it: [default], aws_access_key_id = …, aws_secret_access_key = "
            "…");
    return value.get();
}

void warnOfReaders(const std::string& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) == 0 && (about.st_mode & S_IROTH))
        base::logWarning("Every user of this machine can read the S3 credentials file: chmod 600 " + path);
}

}

S3Credentials readS3Credentials(const std::string& path) {
    const base::Owned<GKeyFile, g_key_file_free> file(g_key_file_new());
    base::Error error;
    if (!g_key_file_load_from_file(file.get(), path.c_str(), G_KEY_FILE_NONE, base::ErrorSlot(error)))
        throw base::Failure("config",
            "The S3 credentials file " + path + " cannot be read: " + error->message + ".",
            "Name the right one with --s3-credentials-file, and make it readable for this user.");
    warnOfReaders(path);
    return {
        valueOf(file.get(), "aws_access_key_id", path), valueOf(file.get(), "aws_secret_access_key", path)};
}

std::string checkedEndpoint(std::string endpoint) {
    while (endpoint.ends_with('/')) endpoint.pop_back();
    base::Error error;
    const auto uri = base::Ref<GUri>::adopt(
        g_uri_parse(endpoint.c_str(), G_URI_FLAGS_PARSE_RELAXED, base::ErrorSlot(error)));
    const std::string scheme = uri ? g_uri_get_scheme(uri.get()) : "";
    const bool isHttp = (scheme == "http" || scheme == "https") && g_uri_get_host(uri.get()) &&
                        *g_uri_get_host(uri.get()) && !g_uri_get_query(uri.get());
    if (!isHttp)
        throw base::Failure("config", "\"" + endpoint + "\" is not the address of an S3 server.",
            "Write --s3-endpoint like https://s3.example.org or http://127.0.0.1:9000.");
    return endpoint;
}

}
