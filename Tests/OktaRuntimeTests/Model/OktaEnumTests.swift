import OktaRuntime
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("OktaEnum")
struct OktaEnumTests {
    @Test(
        "Open enumeration: any string is kept unchanged", arguments: ["ACTIVE", "active", "", "NEW_IN_2031", "é 😀\n"])
    func anyStringIsKeptAsItIs(text: String) throws {
        let status = SampleStatus(rawValue: text)
        #expect(status.rawValue == text)
        #expect(status.json == JSON(text))
        #expect(SampleStatus(lenient: JSON(text)) == status)
        #expect("\(status)" == text)
        #expect(SampleUser(json: ["status": JSON(text)]).status == status)
        #expect((status == .active) == (text == "ACTIVE"))
        let data = try JSONEncoder().encode([status])
        #expect(try JSON(parsing: Array(data)) == [JSON(text)])
        #expect(try JSONDecoder().decode([SampleStatus].self, from: data) == [status])
    }

    @Test("Open enumeration: only strings match", arguments: ["null", "1", "true", "[\"ACTIVE\"]", "{}"])
    func onlyStringsFit(text: String) throws {
        let json = try JSON(parsing: text)
        #expect(SampleStatus(lenient: json) == nil)
        #expect(SampleUser(json: ["status": json]).status == nil)
        #expect(throws: DecodingError.self) {
            _ = try JSONDecoder().decode([SampleStatus].self, from: Data("[\(text)]".utf8))
        }
    }

    @Test("Open enumeration: equality and hash use the string") func equalityAndHashGoByTheString() {
        #expect(Set([SampleStatus.active, SampleStatus(rawValue: "ACTIVE"), .staged]).count == 2)
        #expect(SampleStatus.active != SampleStatus(rawValue: "active"))
    }

    @Test("Open enumeration: takes string literals")
    func literalsAreValues() {
        let status: SampleStatus = "ACTIVE"
        let list: [SampleStatus] = ["STAGED", .active, "NEW_IN_2031"]
        #expect(status == .active)
        #expect(list.map(\.rawValue) == ["STAGED", "ACTIVE", "NEW_IN_2031"])
        #expect(SampleUser(json: ["status": "STAGED"]).status == "STAGED")
    }

    @Test("Open enumeration: a switch handles known and unknown values") func switchOverKnownAndUnknownValues() {
        func name(_ status: SampleStatus) -> String {
            switch status {
            case .active: "known"
            default: "other"
            }
        }
        #expect(name(SampleStatus(rawValue: "ACTIVE")) == "known")
        #expect(name(SampleStatus(rawValue: "FUTURE")) == "other")
    }
}
