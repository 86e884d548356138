// A room watched by a webrtcbin that stands for the browser.
#include "room_under_test.hpp"

using namespace cloudretro;
using namespace cloudretro::test;

TEST_CASE("a press turns the picture white and starts the tone, in both codecs at once", "[room]") {
    RoomUnderTest room;
    Viewer h264("H264"), vp8("VP8");
    room.open(nestopia, game("nes/flash.nes"));
    room.add("one", h264, "H264", 0);
    room.add("two", vp8, "VP8", -1);
    REQUIRE(waitFor(
        [&] { return room.opened && h264.channelOpen() && h264.frames() > 10 && vp8.frames() > 10; }));
    CHECK(room.opened->seats >= 2);
    CHECK(room.opened->picture.fps == Approx(60).margin(0.2));

    for (auto* viewer : {&h264, &vp8}) {
        CHECK(viewer->width() == 2 * room.opened->picture.width); // enlarged, for crisp pixels
        CHECK(viewer->brightness() < 60);
    }
    h264.press(a);
    CHECK(waitFor([&] { return h264.brightness() > 180 && vp8.brightness() > 180; }));
    CHECK(waitFor([&] { return h264.loudness() > 0.01 && vp8.loudness() > 0.01; }));
    h264.press(0);
    CHECK(waitFor([&] { return h264.brightness() < 60 && vp8.brightness() < 60; }));

    // A viewer without a seat presses in vain: what he does shows nowhere in the player's next frames.
    REQUIRE(waitFor([&] { return vp8.channelOpen(); }));
    vp8.press(a);
    const int seen = h264.frames();
    CHECK(waitFor([&] { return h264.frames() > seen + 30; }));
    CHECK(h264.brightness() < 60);
}

TEST_CASE(
    "who was connected before the game ran does not keep later ones from their first picture", "[room]") {
    for (const auto* codec : {"H264", "VP8"}) {
        RoomUnderTest room;
        Viewer early(codec), late(codec);
        room.add("early", early, codec, 0);
        REQUIRE(waitFor([&] { return early.channelOpen(); }));
        room.open(nestopia, game("nes/flash.nes"));
        REQUIRE(waitFor([&] { return early.frames() > 10; }));
        room.add("late", late, codec, 1);
        CHECK(waitFor([&] { return late.frames() > 10; }));
    }
}

TEST_CASE("a photo of the game is upright, and of its shape", "[room]") {
    RoomUnderTest room;
    Viewer viewer("VP8");
    room.open(nestopia, game("nes/flash.nes"));
    room.add("one", viewer, "VP8", 0);
    REQUIRE(waitFor([&] { return viewer.frames() > 10; }));
    room.send(protocol::TakePicture{"room"});
    REQUIRE(waitFor([&] { return room.photo.has_value(); }));
    gsize size = 0;
    const auto* jpeg = g_base64_decode_inplace(room.photo->jpeg.data(), &size);
    REQUIRE(size > 100);
    CHECK(jpeg[0] == 0xff);
    CHECK(jpeg[1] == 0xd8);
}

TEST_CASE("seats that are swapped take along what is held", "[room]") {
    RoomUnderTest room;
    Viewer one("VP8"), other("VP8");
    room.open(nestopia, game("nes/flash.nes"));
    room.add("one", one, "VP8", 0);
    room.add("other", other, "VP8", 1);
    REQUIRE(waitFor([&] { return one.channelOpen() && other.channelOpen() && one.frames() > 10; }));
    one.press(a);
    REQUIRE(waitFor([&] { return one.brightness() > 180; })); // white
    room.send(protocol::SeatPeer{"room", "one", {1}});
    room.send(protocol::SeatPeer{"room", "other", {0}});
    CHECK(waitFor([&] { return one.brightness() > 60 && one.brightness() < 150; })); // red
    one.press(0);
    CHECK(waitFor([&] { return one.brightness() < 60; }));
    other.press(a);
    CHECK(waitFor([&] { return one.brightness() > 180; }));
}

TEST_CASE("a player who leaves with a button held lets go of it", "[room]") {
    RoomUnderTest room;
    Viewer stays("VP8");
    room.open(nestopia, game("nes/flash.nes"));
    room.add("stays", stays, "VP8", -1);
    {
        Viewer leaves("VP8");
        room.add("leaves", leaves, "VP8", 0);
        REQUIRE(waitFor([&] { return leaves.channelOpen() && stays.frames() > 10; }));
        leaves.press(a);
        REQUIRE(waitFor([&] { return stays.brightness() > 180; }));
        room.remove("leaves");
    }
    CHECK(waitFor([&] { return stays.brightness() < 60; }));
}

TEST_CASE("a decoder that asks for a keyframe gets one, and a late joiner begins with one", "[room]") {
    const std::string codec = GENERATE("VP8", "H264");
    RoomUnderTest room;
    Viewer first(codec), late(codec);
    room.open(nestopia, game("nes/flash.nes"));
    room.add("first", first, codec, 0);
    REQUIRE(waitFor([&] { return first.frames() > 60; }));
    const int before = first.keyframes();
    CHECK(before >= 1);
    first.requestKeyframe(); // as PLI
    CHECK(waitFor([&] { return first.keyframes() == before + 1; }));

    const int frames = first.frames();
    REQUIRE(waitFor([&] { return first.frames() > frames + 60; }));
    CHECK(first.keyframes() == before + 1); // none without being asked for
    room.add("late", late, codec, 1);
    CHECK(waitFor([&] { return late.frames() > 30; })); // a decoder shows nothing before a keyframe
}

TEST_CASE("who joins a paused game sees where it stands, and it goes on after any time", "[room]") {
    RoomUnderTest room;
    Viewer first("VP8"), late("H264");
    room.open(nestopia, game("nes/flash.nes"));
    room.add("first", first, "VP8", 0);
    REQUIRE(waitFor([&] { return first.channelOpen() && first.frames() > 10; }));
    first.press(a);
    REQUIRE(waitFor([&] { return first.brightness() > 180; }));
    room.send(protocol::RoomCommand{"room", "pause"});
    room.add("late", late, "H264", 1);
    CHECK(waitFor([&] { return late.brightness() > 180; }));

    // Longer than a core may keep silent in play: six still pictures, half a second apart.
    const int seen = late.frames();
    REQUIRE(waitFor([&] { return late.frames() > seen + 6; }));
    CHECK_FALSE(room.closed);
    first.press(0);
    room.send(protocol::RoomCommand{"room", "resume"});
    CHECK(waitFor([&] { return late.brightness() < 60; }));
}

TEST_CASE("a game rests while nobody is there, and goes on with the next who comes", "[room]") {
    RoomUnderTest room;
    room.open(nestopia, game("nes/counter.nes"));
    const auto play = [&](const std::string& id) {
        Viewer viewer("VP8");
        room.add(id, viewer, "VP8", 0);
        const bool plays = waitFor([&] { return viewer.frames() > 60; }); // far more than still pictures
        room.remove(id);
        return plays;
    };
    CHECK(play("one"));
    const auto before = cpuSecondsOf(room.pid());
    bool over = false;
    const auto pause = base::Loop::after(3s, [&] { over = true; });
    REQUIRE(waitFor([&] { return over; }));
    CHECK(cpuSecondsOf(room.pid()) - before < 1); // of three: it still ends the peer that left
    CHECK(play("two"));
}

TEST_CASE("a room says why it closes", "[room]") {
    RoomUnderTest room;
    room.send(protocol::AddPeer{"room", "somebody", {"VP8"}, {0}, {}}); // a game with nobody in it rests

    SECTION("asked to, in good order") {
        room.open(nestopia, game("nes/flash.nes"));
        REQUIRE(waitFor([&] { return bool(room.opened); }));
        room.send(protocol::CloseRoom{"room"});
        REQUIRE(waitFor([&] { return room.closed && room.exit_; }));
        CHECK(room.closed->trouble.code.empty());
        CHECK(room.exit_->code == 0);
    }
    SECTION("no such core") {
        room.open("/nowhere/none_libretro.so", game("nes/flash.nes"));
        REQUIRE(waitFor([&] { return room.closed && room.exit_; }));
        CHECK(room.closed->trouble.code == "missing-core");
    }
    SECTION("a core that shows no picture") {
        room.open(testcard, game("testcard/no-video.card"));
        REQUIRE(waitFor([&] { return room.closed && room.exit_; }));
        CHECK(room.closed->trouble.code == "no-picture");
        CHECK_FALSE(room.closed->trouble.remedy.empty());
    }
    SECTION("a core that crashes") {
        room.open(testcard, game("testcard/crash.card"));
        REQUIRE(waitFor([&] { return room.closed && room.exit_; }));
        CHECK(room.closed->trouble.code == "core-crashed");
    }
    SECTION("a core that hangs") {
        room.open(testcard, game("testcard/hang.card"));
        REQUIRE(waitFor([&] { return room.closed && room.exit_; }));
        CHECK(room.closed->trouble.code == "core-hangs");
    }
}

TEST_CASE("a hostile core does the room no harm, and the room says what happened", "[room]") {
    struct Deed {
        std::string name, code;
    };
    const auto deed = GENERATE(values<Deed>({{"lie", "core-hangs"}, {"exec", "core-forbidden"},
        {"ptrace", "core-forbidden"}, {"exit", "core-crashed"}, {"segfault", "core-crashed"},
        {"abort", "core-crashed"}, {"hang", "core-hangs"}}));
    INFO(deed.name);
    RoomUnderTest room;
    room.send(protocol::AddPeer{"room", "somebody", {"VP8"}, {0}, {}});
    room.open(testcard, deedCard(deed.name));
    REQUIRE(waitFor([&] { return room.closed && room.exit_; }));
    CHECK(room.closed->trouble.code == deed.code);
    CHECK_FALSE(room.closed->trouble.remedy.empty());
    CHECK(room.exit_->code == 0);
}

TEST_CASE("a core that speaks in the emulator's place is not believed", "[room]") {
    RoomUnderTest room;
    Viewer viewer("VP8");
    room.open(testcard, deedCard("babble"));
    room.add("somebody", viewer, "VP8", 0);
    REQUIRE(waitFor([&] { return room.opened && viewer.frames() > 60; }));
    CHECK_FALSE(room.closed);
}

TEST_CASE("a browser without a codec of ours is told so, and the room goes on", "[room]") {
    RoomUnderTest room;
    room.open(nestopia, game("nes/flash.nes"));
    room.send(protocol::AddPeer{"room", "odd", {"AV1"}, {0}, {}});
    REQUIRE(waitFor([&] { return room.gone && room.opened; }));
    CHECK(room.gone->trouble.code == "no-codec");
    Viewer viewer("VP8");
    room.add("good", viewer, "VP8", 0);
    CHECK(waitFor([&] { return viewer.frames() > 5; }));
}

TEST_CASE("an answer that makes no sense costs only its sender", "[room]") {
    RoomUnderTest room;
    Viewer good("VP8"), bad("VP8");
    room.open(nestopia, game("nes/flash.nes"));
    room.add("good", good, "VP8", 0);
    room.add("bad", bad, "VP8", 1);
    bad.onAnswer = [&](const std::string&) {
        room.send(
            protocol::PeerAnswer{"room", "bad", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=x\r\n"});
    };
    REQUIRE(waitFor([&] { return bool(room.gone); }));
    CHECK(room.gone->peer == "bad");
    CHECK(waitFor([&] { return good.frames() > 30; }));
}

TEST_CASE("somebody whose certificate is not the answer's sees nothing", "[room]") {
    RoomUnderTest room;
    Viewer stranger("VP8");
    room.open(nestopia, game("nes/flash.nes"));
    room.add("player", stranger, "VP8", 0);
    stranger.onAnswer = [&](std::string sdp) {
        for (std::size_t at = 0; (at = sdp.find("a=fingerprint:sha-256 ", at)) != sdp.npos;) {
            at += 22;
            sdp[at] = sdp[at] == '0' ? '1' : '0';
        }
        room.send(protocol::PeerAnswer{"room", "player", sdp});
    };
    REQUIRE(waitFor([&] { return bool(room.gone); }));
    CHECK(room.gone->trouble.code == "stranger");
    CHECK(stranger.frames() == 0);
}
