#pragma once
// The two XML documents of S3 that matter here. Pure; from outside, so nullopt or empty for anything else.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::coordinator::store {

struct S3Entry {
    std::string key;
    std::size_t size = 0;
    std::int64_t modified = 0; // seconds since 1970
};

struct S3Listing {
    std::vector<S3Entry> entries;
    std::string next; // continuation token; empty: that was all
};

std::optional<S3Listing> parseListing(std::string_view xml);

// "NoSuchBucket"; empty when there is none.
std::string parseErrorCode(std::string_view xml);

}
