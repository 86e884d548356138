#include "../../temp_dir.hpp"
#include "base/failure.hpp"
#include "coordinator/web_files.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using coordinator::WebFiles;

namespace {

std::string textOf(const std::optional<coordinator::HttpAnswer>& answer) {
    if (!answer) return "(none)";
    gsize size = 0;
    const auto* text = static_cast<const char*>(g_bytes_get_data(answer->body.get(), &size));
    return {text, size};
}

}

TEST_CASE("the built-in client has its page, with type and tag") {
    const WebFiles files("");
    const auto page = files.find("/index.html");
    REQUIRE(page);
    CHECK(page->type == "text/html; charset=utf-8");
    CHECK(page->etag.size() > 10);
    CHECK(files.find("/js/main.js")->type == "text/javascript; charset=utf-8");
    CHECK_FALSE(files.find("/none.js"));
    CHECK_FALSE(files.find("/"));
    CHECK_FALSE(files.find("/js"));
}

TEST_CASE("a folder's files are served as they are now, with a tag that changes with them") {
    const test::TempDir dir;
    dir.write("js/main.js", "one");
    const WebFiles files(dir.path.string());
    const auto first = files.find("/js/main.js");
    CHECK(textOf(first) == "one");
    dir.write("js/main.js", "two");
    const auto second = files.find("/js/main.js");
    CHECK(textOf(second) == "two");
    CHECK(first->etag != second->etag);
}

TEST_CASE("no path leads out of the folder") {
    const test::TempDir dir, outside;
    outside.write("secret.txt", "secret");
    dir.write("web/index.html", "page");
    dir.write("web-secret.txt", "secret");
    dir.write("web/.git/config", "secret");
    std::filesystem::create_symlink(outside.path / "secret.txt", dir.path / "web" / "link.txt");
    const WebFiles files((dir.path / "web").string());
    CHECK(textOf(files.find("/index.html")) == "page");
    for (const auto* path :
        {"/../web-secret.txt", "/js/../../web-secret.txt", "../web-secret.txt", "//etc/passwd", "/link.txt",
            "/.git/config", "/./index.html", "/..\\web-secret.txt", "", "index.html"}) {
        CAPTURE(path);
        CHECK_FALSE(files.find(path));
    }
}

TEST_CASE("a folder that does not exist is a failure") {
    CHECK_THROWS_AS(WebFiles("/dev/null/none"), base::Failure);
}
