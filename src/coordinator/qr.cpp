#include "coordinator/qr.hpp"

#include "base/glib.hpp"

#include <qrencode.h>

namespace cloudretro::coordinator {
namespace {

constexpr int quietZone = 4; // modules, as the standard asks

// Each run of dark modules in a row is one rectangle.
std::string pathOf(const QRcode& code) {
    const auto isDark = [&](int x, int y) { return x < code.width && code.data[y * code.width + x] & 1; };
    std::string path;
    for (int y = 0; y < code.width; ++y)
        for (int x = 0, end = 0; x < code.width; x = end + 1) {
            for (end = x; isDark(end, y);) ++end;
            const auto length = std::to_string(end - x);
            if (end > x)
                path += "M" + std::to_string(x + quietZone) + " " + std::to_string(y + quietZone) + "h" +
                        length + "v1h-" + length + "z";
        }
    return path;
}

}

std::optional<std::string> qrSvg(const std::string& text) {
    if (text.empty() || text.size() > maxQrBytes) return std::nullopt;
    const base::Owned<QRcode, QRcode_free> code(QRcode_encodeData(
        int(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (!code) return std::nullopt;
    const auto size = std::to_string(code->width + 2 * quietZone);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size +
           "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size + "H0z\"/>" +
           "<path d=\"" + pathOf(*code) + "\"/></svg>\n";
}

}
