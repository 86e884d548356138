#include "base/multipart.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::base;
using namespace std::string_literals;

namespace {

const std::string type = "multipart/form-data; boundary=\"line\"";

std::string part(const std::string& name, const std::string& content) {
    return "--line\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
}

}

TEST_CASE("the parts of a form come back as they were, whatever their bytes") {
    const auto bytes = "\0\r\n--lin\r\n\xff"s;
    const auto form =
        readForm(type, part("about", "{}") + part("bytes", bytes) + part("none", "") + "--line--\r\n");
    REQUIRE(form);
    CHECK(form->size() == 3);
    CHECK(form->at("about") == "{}");
    CHECK(form->at("bytes") == bytes);
    CHECK(form->at("none").empty());
}

TEST_CASE("what is no form, or has no end, is nothing") {
    const auto whole = part("a", "b") + "--line--\r\n";
    CHECK_FALSE(readForm("text/plain", whole));
    CHECK_FALSE(readForm("multipart/form-data", whole));
    CHECK_FALSE(readForm("multipart/form-data; boundary=other", whole));
    CHECK_FALSE(readForm(type, ""));
    CHECK_FALSE(readForm(type, part("a", "b")));
    for (std::size_t cut = 0; cut + 4 < whole.size(); ++cut)
        CHECK_FALSE(readForm(type, whole.substr(0, cut)));
}
