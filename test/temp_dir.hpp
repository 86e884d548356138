#pragma once
// A folder of a test's own; gone with the object.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace cloudretro::test {

class TempDir {
public:
    TempDir() {
        auto pattern = (std::filesystem::temp_directory_path() / "cloudretro-test-XXXXXX").string();
        path = ::mkdtemp(pattern.data());
    }
    TempDir(const TempDir&) = delete;
    ~TempDir() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }

    // The file with its folders; gives its absolute path.
    std::string write(const std::filesystem::path& file, std::string_view text = "x") const {
        std::filesystem::create_directories((path / file).parent_path());
        std::ofstream(path / file) << text;
        return (path / file).string();
    }

    std::filesystem::path path;
};

}
