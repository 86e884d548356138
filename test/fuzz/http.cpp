// What strangers write into requests: headers, queries, orders.
#include "coordinator/http.hpp"
#include "base/json.hpp"
#include "coordinator/access.hpp"
#include "coordinator/admin.hpp"
#include "coordinator/qr.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace cloudretro;
using namespace coordinator;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    static const Access access("open sesame", "another secret than the seed's");
    if (access.admits(text, Access::Time(std::chrono::hours(1)))) std::abort();

    for (const std::size_t whole : {0, 1, 100}) {
        const auto slice = sliceOf(text, whole);
        if (slice.kind == Slice::Kind::Part && (slice.length == 0 || slice.first + slice.length > whole))
            std::abort();
    }

    HttpRequest request;
    request.query = request.peer = text;
    request.headers = {{"X-Forwarded-For", text}, {"Origin", text}, {"Host", text}};
    if (refuseStrangers(request) == 0 && !text.starts_with("http")) std::abort();
    if (networkOf(request).size() > 15) std::abort();
    if (const auto field = request.parameter("text")) qrSvg(*field);

    base::decodePart<AdminDrain>(text);
    base::decodePart<AdminMessage>(text);
    return 0;
}
