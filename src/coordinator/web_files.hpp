#pragma once
// The files of the web client, from the binary or, while it is being written, from a folder.
#include "coordinator/http.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace cloudretro::coordinator {

class WebFiles {
public:
    // `folder` empty: the built-in files. Throws Failure "config" when there is no such folder.
    explicit WebFiles(const std::string& folder);

    // nullopt: no such file, or one that is not inside the folder.
    std::optional<HttpAnswer> find(const std::string& path) const;

private:
    base::Ref<GBytes> read(const std::string& path) const;

    std::filesystem::path folder_;
};

}
