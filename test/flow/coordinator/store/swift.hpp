#pragma once
// A real S3 server that checks signatures: OpenStack Swift, started by the first test that needs it in a
// folder of its own, on free ports of the loopback, and ended with this program.
#include "../../../temp_dir.hpp"
#include "base/glib.hpp"
#include "coordinator/store/s3_settings.hpp"

#include <string>
#include <vector>

namespace cloudretro::test {

class Swift {
public:
    static Swift& shared(); // throws std::runtime_error when it does not start

    int port() const { return ports_.front(); }

    // For a new, empty bucket; impatient, so that tests of failures end soon.
    coordinator::store::S3Settings newBucket();

    Swift(const Swift&) = delete;
    ~Swift();

private:
    Swift();
    void write(const std::string& name, const std::string& text);
    void makeRings();
    void start(const std::vector<std::string>& command);
    bool answers();

    const TempDir dir_;
    std::vector<int> ports_; // proxy, account, container, object, memcached
    std::vector<base::Ref<GSubprocess>> processes_;
    int buckets_ = 0;
};

int freePort();

}
