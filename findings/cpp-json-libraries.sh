#!/usr/bin/env bash
# Does a user or an event keep its values in a program that reads and writes JSON with one of C++'s libraries?
#
# Versions, of Debian 12: JSON for Modern C++ (nlohmann) 3.11.2, RapidJSON 1.1.0, Boost.JSON and Boost.PropertyTree 1.81,
# JsonCpp 1.9.5, Qt 5.15.8, POCO 1.11.0, C++ REST SDK (cpprest) 2.10.18. Needs g++ and, for apt-get update, root; the packages are
# unpacked and not installed.
# Expected: A value that is read and written again means the same, or reading it is an error. A getter with a default returns
# the default for null, or says that it does not. A number that does not fit is an error.
# Seen with the default settings, without an error unless stated:
# - RapidJSON and Boost.JSON read about 15 in 100 numbers of 17 digits as a neighboring number: 0.30000000000000004 becomes
#   0.30000000000000007 in RapidJSON. Both read all of 1000 coordinates of 7 decimals correctly.
# - Boost.JSON writes 1e400 as Infinity, and cpprest as inf. No reader accepts these.
# - PropertyTree writes a page of users as an object whose members have no name, [] as {}, and null as the text "null". get()
#   splits the name of SCIM's enterprise extension at the dot of 2.0, and returns the default.
# - POCO refuses a whole event because of an integer of 21 digits. It reads "no", "off" and "disabled" as true, and "1,5" as 15.
#   optValue<int> returns the default for 1796032800123.
# - Qt's toInt() returns 0 for 1796032800123, and for 1.5. It writes 9007199254740993 as 9007199254740992.
# - get<int>() of nlohmann and as_integer() of cpprest return 736470395 for 1796032800123. to_int64() of cpprest is negative for
#   12345678901234567890.
# - nlohmann's value("title", "none") is an error if the title is null, and JsonCpp's get("title", "none") returns an empty text.
# - {{"00g1", "Sales"}, {"00g2", "R&D"}} is an object in nlohmann and Boost.JSON, and {{"00g1", 1, true}} a list of lists.
#   `json copy{groups}` is a list that contains the list.
# - JsonCpp's parsed 1 does not equal Json::Value(1u). From a file with an event per line parseFromStream reads the first
#   event and returns true, and nothing is left in the stream.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
command -v g++ >/dev/null || { echo "skipped: this needs g++"; exit 0; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download nlohmann-json3-dev rapidjson-dev libboost1.81-dev libjsoncpp-dev libjsoncpp25 \
    qtbase5-dev libqt5core5a libicu72 libpcre2-16-0 libdouble-conversion3 libglib2.0-0 libzstd1 libpoco-dev libpocojson80 \
    libpocofoundation80 libcpprest-dev libcpprest2.10 libbrotli1 libssl3
for version in nlohmann-json3-dev_3.11.2-2 rapidjson-dev_1.1.0+dfsg2-7 libboost1.81-dev_1.81.0-5 libjsoncpp25_1.9.5-4 \
    libqt5core5a_5.15.8+dfsg-11 libpocojson80_1.11.0-3 libcpprest2.10_2.10.18-1; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
cat >poco.cpp <<'CPP'
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <sstream>

using std::string;

Poco::JSON::Object::Ptr object(const string &text) { return Poco::JSON::Parser().parse(text).extract<Poco::JSON::Object::Ptr>(); }

string pocoAgain(const string &text) {
    std::ostringstream output;
    Poco::JSON::Stringifier::stringify(Poco::JSON::Parser().parse(text), output);
    return output.str();
}

bool pocoBool(const string &text, const string &name) { return object(text)->getValue<bool>(name); }
int pocoInt(const string &text, const string &name) { return object(text)->getValue<int>(name); }
int pocoDefault(const string &text, const string &name) { return object(text)->optValue<int>(name, -1); }
CPP
cat >main.cpp <<'CPP'
#include <boost/json/src.hpp>
#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/ptree.hpp>
#include <cpprest/json.h>
#include <cstdlib>
#include <iostream>
#include <json/json.h>
#include <map>
#include <nlohmann/json.hpp>
#include <QJsonDocument>
#include <QJsonObject>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <sstream>

using std::string;

bool failed = false;

template <typename Function> string seen(Function function) {
    std::ostringstream output;
    try {
        output << std::boolalpha << function();
    } catch (const std::exception &) {
        return "an error";
    }
    return output.str();
}

template <typename Function> void check(const string &what, Function function, const string &expected) {
    string text = seen(function);
    std::cout << what << ": " << text << "\n";
    if (text != expected) {
        failed = true;
        std::cerr << "  changed: expected " << expected << "\n";
    }
}

string nlohmannAgain(const string &text) { return nlohmann::json::parse(text).dump(); }

string rapidAgain(const string &text) {
    rapidjson::Document document;
    if (document.Parse(text.c_str()).HasParseError()) return "an error";
    rapidjson::StringBuffer output;
    rapidjson::Writer<rapidjson::StringBuffer> writer(output);
    document.Accept(writer);
    return output.GetString();
}

string boostAgain(const string &text) { return boost::json::serialize(boost::json::parse(text)); }

boost::property_tree::ptree tree(const string &text) {
    boost::property_tree::ptree made;
    std::istringstream input(text);
    read_json(input, made);
    return made;
}

string treeAgain(const string &text) {
    std::ostringstream output;
    write_json(output, tree(text), false);
    return output.str().substr(0, output.str().size() - 1);
}

Json::Value jsonCpp(const string &text) {
    Json::Value made;
    std::istringstream(text) >> made;
    return made;
}

string jsonCppAgain(const string &text) {
    Json::StreamWriterBuilder builder;
    builder["indentation"] = "";
    return Json::writeString(builder, jsonCpp(text));
}

string restAgain(const string &text) { return web::json::value::parse(text).serialize(); }

string pocoAgain(const string &text);
bool pocoBool(const string &text, const string &name);
int pocoInt(const string &text, const string &name);
int pocoDefault(const string &text, const string &name);

string qtAgain(const string &text) {
    auto document = QJsonDocument::fromJson(QByteArray::fromStdString(text));
    return document.isNull() ? "an error" : document.toJson(QJsonDocument::Compact).toStdString();
}

void again() {
    const std::map<string, string (*)(const string &)> libraries = {
        {"nlohmann", nlohmannAgain}, {"RapidJSON", rapidAgain}, {"Boost.JSON", boostAgain}, {"PropertyTree", treeAgain},
        {"JsonCpp", jsonCppAgain},   {"cpprest", restAgain},    {"POCO", pocoAgain},        {"Qt", qtAgain}};
    // For each text: what the libraries write, if its meaning is different.
    const std::map<string, std::map<string, string>> cases = {
        {R"([{"title":null}])", {{"PropertyTree", R"({"":{"title":"null"}})"}}},
        {R"({"groups":[]})", {{"PropertyTree", R"({"groups":""})"}}},
        {"[]", {{"PropertyTree", "{}"}}},
        {"[[1,2],[3]]", {{"PropertyTree", R"({"":["1","2"],"":["3"]})"}}},
        {R"({"a":9007199254740993})", {{"Qt", R"({"a":9007199254740992})"}, {"PropertyTree", R"({"a":"9007199254740993"})"}}},
        {R"({"a":0.30000000000000004})",
         {{"RapidJSON", R"({"a":0.30000000000000007})"}, {"PropertyTree", R"({"a":"0.30000000000000004"})"},
          {"Boost.JSON", R"({"a":3.0000000000000004E-1})"}}},
        {R"({"a":1e400})",
         {{"Boost.JSON", R"({"a":Infinity})"}, {"cpprest", R"({"a":inf})"}, {"PropertyTree", R"({"a":"1e400"})"},
          {"nlohmann", "an error"}, {"RapidJSON", "an error"}, {"JsonCpp", "an error"}, {"POCO", "an error"}, {"Qt", "an error"}}},
    };
    for (const auto &each : cases) {
        for (const auto &library : libraries) {
            auto differs = each.second.find(library.first);
            check(each.first + ", " + library.first, [&] { return library.second(each.first); },
                  differs == each.second.end() ? each.first : differs->second);
        }
    }
    check("an integer of 21 digits, POCO", [] { return pocoAgain(R"({"id":"a","a":123456789012345678901})"); }, "an error");
}

void neighbors() {
    std::srand(1);
    int rapid = 0, boost = 0, short_ = 0;
    for (int number = 0; number < 1000; number++) {
        char text[40];
        double value = std::rand() / double(RAND_MAX) * 360 - 180;
        std::snprintf(text, sizeof text, "%.17g", value);
        rapidjson::Document document;
        rapid += document.Parse(text).GetDouble() != value;
        boost += boost::json::parse(text).as_double() != value;
        std::snprintf(text, sizeof text, "%.7f", value);
        short_ += document.Parse(text).GetDouble() != std::strtod(text, nullptr);
        short_ += boost::json::parse(text).as_double() != std::strtod(text, nullptr);
    }
    std::cout << "of 1000 numbers, read as a neighbor: RapidJSON " << rapid << ", Boost.JSON " << boost << "\n";
    check("more than 100 and less than 200 each", [&] { return std::min(rapid, boost) > 100 && std::max(rapid, boost) < 200; },
          "true");
    check("of 2000 with 7 decimals", [&] { return short_; }, "0");
}

void getters() {
    const string text = R"({"title":null,"time":1796032800123,"one":1,"half":1.5,"large":12345678901234567890,)"
                        R"("no":"no","off":"off","disabled":"disabled","comma":"1,5","n:2.0:User":{"a":"x"}})";
    auto user = nlohmann::json::parse(text);
    check("nlohmann, value of a title that is absent", [&] { return user.value("nothing", string("none")); }, "none");
    check("nlohmann, value of a title that is null", [&] { return user.value("title", string("none")); }, "an error");
    check("nlohmann, get<int> of 1796032800123", [&] { return user["time"].get<int>(); }, "736470395");
    check("nlohmann, two pairs of texts", [] { return nlohmann::json({{"00g1", "Sales"}, {"00g2", "R&D"}}).dump(); },
          R"({"00g1":"Sales","00g2":"R&D"})");
    check("nlohmann, a list of three", [] { return nlohmann::json({{"00g1", 1, true}}).dump(); }, R"([["00g1",1,true]])");
    check("nlohmann, a copy in braces", [] {
        auto groups = nlohmann::json::array({"a"});
        nlohmann::json copy{groups};
        return copy.dump();
    }, R"([["a"]])");
    check("Boost.JSON, two pairs of texts",
          [] { boost::json::value made = {{"00g1", "Sales"}, {"00g2", "R&D"}}; return boost::json::serialize(made); },
          R"({"00g1":"Sales","00g2":"R&D"})");
    auto branch = tree(text);
    check("PropertyTree, the member n:2.0:User", [&] { return branch.count("n:2.0:User"); }, "1");
    check("PropertyTree, get of n:2.0:User.a", [&] { return branch.get("n:2.0:User.a", "none"); }, "none");
    auto value = jsonCpp(text);
    check("JsonCpp, get of a title that is null", [&] { return value.get("title", "none").asString(); }, "");
    check("JsonCpp, 1 equals 1u", [&] { return value["one"] == Json::Value(1u); }, "false");
    check("JsonCpp, two events", [] {
        std::istringstream input("{\"uuid\":\"1\"}\n{\"uuid\":\"2\"}");
        Json::Value event;
        bool works = Json::parseFromStream(Json::CharReaderBuilder(), input, &event, nullptr);
        string rest{std::istreambuf_iterator<char>(input), {}};
        return (works ? "read " : "refused ") + event["uuid"].asString() + ", left: '" + rest + "'";
    }, "read 1, left: ''");
    auto rest = web::json::value::parse(text);
    check("cpprest, as_integer of 1796032800123", [&] { return rest["time"].as_integer(); }, "736470395");
    check("cpprest, to_int64 of 20 digits", [&] { return rest["large"].as_number().to_int64(); }, "-6101065172474983726");
    auto object = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
    check("Qt, toInt of 1796032800123 and 1.5", [&] { return std::to_string(object["time"].toInt()) + " " +
                                                            std::to_string(object["half"].toInt()); }, "0 0");
    for (string name : {"no", "off", "disabled"}) check("POCO, bool of " + name, [&] { return pocoBool(text, name); }, "true");
    check("POCO, int of 1,5", [&] { return pocoInt(text, "comma"); }, "15");
    check("POCO, int of 1796032800123", [&] { return pocoInt(text, "time"); }, "an error");
    check("POCO, optValue of 1796032800123", [&] { return pocoDefault(text, "time"); }, "-1");
}

int main() {
    again();
    neighbors();
    getters();
    return failed;
}
CPP
include=$folder/root/usr/include libraries=$folder/root/usr/lib/x86_64-linux-gnu
nice g++ -std=c++14 -w -fPIC -I"$include" -c poco.cpp
nice g++ -std=c++14 -w -fPIC -I"$include" -I"$include/jsoncpp" -I"$include/x86_64-linux-gnu/qt5" \
    -I"$include/x86_64-linux-gnu/qt5/QtCore" main.cpp poco.o -o main -L"$libraries" -l:libjsoncpp.so.25 -l:libPocoJSON.so.80 \
    -l:libPocoFoundation.so.80 -l:libQt5Core.so.5 -l:libcpprest.so.2.10 -Wl,--allow-shlib-undefined -pthread
LD_LIBRARY_PATH=$libraries ./main
