#include "coordinator/store/s3_xml.hpp"

#include "base/glib.hpp"

#include <charconv>
#include <map>

namespace cloudretro::coordinator::store {
namespace {

// Goes through a document as texts at paths: "Error/Code".
struct Reader {
    std::string path, text;
    std::string root;
    S3Listing listing;
    std::map<std::string, std::string> entry, top; // of the Contents at hand, and of the root itself
    bool good = true;
};

std::string withoutPrefix(const char* name) {
    const std::string_view whole(name);
    return std::string(whole.substr(whole.find(':') + 1));
}

std::optional<std::int64_t> secondsOf(const std::string& iso) {
    const auto time = base::Ref<GDateTime>::adopt(g_date_time_new_from_iso8601(iso.c_str(), nullptr));
    if (!time) return std::nullopt;
    return g_date_time_to_unix(time.get());
}

std::optional<S3Entry> entryOf(std::map<std::string, std::string>& fields) {
    S3Entry entry;
    entry.key = fields["Key"];
    const auto& size = fields["Size"];
    const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), entry.size);
    const auto modified = secondsOf(fields["LastModified"]);
    if (entry.key.empty() || error != std::errc() || end != size.data() + size.size() || !modified)
        return std::nullopt;
    entry.modified = *modified;
    return entry;
}

void onStart(GMarkupParseContext*, const gchar* name, const gchar**, const gchar**, gpointer data, GError**) {
    auto& reader = *static_cast<Reader*>(data);
    const auto plain = withoutPrefix(name);
    if (reader.path.empty()) reader.root = plain;
    reader.path += '/' + plain;
    reader.text.clear();
    if (reader.path == "/ListBucketResult/Contents") reader.entry.clear();
}

void onEnd(GMarkupParseContext*, const gchar*, gpointer data, GError**) {
    auto& reader = *static_cast<Reader*>(data);
    const auto slash = reader.path.rfind('/');
    const auto parent = reader.path.substr(0, slash), name = reader.path.substr(slash + 1);
    if (reader.path == "/ListBucketResult/Contents") {
        auto entry = entryOf(reader.entry);
        reader.good = reader.good && entry;
        if (entry) reader.listing.entries.push_back(std::move(*entry));
    } else if (parent == "/ListBucketResult/Contents")
        reader.entry[name] = reader.text;
    else if (parent == "/" + reader.root)
        reader.top[name] = reader.text;
    reader.path = parent;
    reader.text.clear();
}

void onText(GMarkupParseContext*, const gchar* text, gsize size, gpointer data, GError**) {
    static_cast<Reader*>(data)->text.append(text, size);
}

std::optional<Reader> readAll(std::string_view xml) {
    static constexpr GMarkupParser parser{onStart, onEnd, onText, nullptr, nullptr};
    Reader reader;
    const base::Owned<GMarkupParseContext, g_markup_parse_context_free> context(
        g_markup_parse_context_new(&parser, GMarkupParseFlags(0), &reader, nullptr));
    if (!g_markup_parse_context_parse(context.get(), xml.data(), gssize(xml.size()), nullptr) ||
        !g_markup_parse_context_end_parse(context.get(), nullptr) || !reader.good)
        return std::nullopt;
    return reader;
}

}

std::optional<S3Listing> parseListing(std::string_view xml) {
    auto reader = readAll(xml);
    if (!reader || reader->root != "ListBucketResult") return std::nullopt;
    if (reader->top["IsTruncated"] == "true") {
        reader->listing.next = reader->top["NextContinuationToken"];
        if (reader->listing.next.empty()) return std::nullopt; // there is more, but no way to it
    }
    return std::move(reader->listing);
}

std::string parseErrorCode(std::string_view xml) {
    auto reader = readAll(xml);
    return reader && reader->root == "Error" ? reader->top["Code"] : "";
}

}
