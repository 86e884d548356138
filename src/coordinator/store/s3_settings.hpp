#pragma once
// Where an S3-compatible store is, and how patient we are with it.
#include <chrono>
#include <string>

namespace cloudretro::coordinator::store {

struct S3Credentials {
    std::string key, secret;
};

struct S3Settings {
    std::string endpoint; // "https://s3.example.org"
    std::string bucket, region;
    S3Credentials credentials;

    int attempts = 4; // of each request
    std::chrono::milliseconds firstPause{250}, longestPause{4000};
    std::chrono::milliseconds connectTimeout{5000}, stallTimeout{10000}, timeout{60000};
    int pageSize = 1000; // most objects that one reply lists
};

// What Amazon's own tools read: a section [default] with aws_access_key_id and aws_secret_access_key.
// Throws Failure "config".
S3Credentials readS3Credentials(const std::string& path);

// Throws Failure "config" unless it is the address of an HTTP server; without a slash at its end.
std::string checkedEndpoint(std::string endpoint);

}
