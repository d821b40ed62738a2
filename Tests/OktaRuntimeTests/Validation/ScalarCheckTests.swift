import OktaRuntime
import Testing

/// Validation is stricter than typed reads: an issue is reported if the kind of a value differs from the catalog.
@Suite("ModelSchema: scalars")
struct ScalarCheckTests {
    private static let schema = ModelSchema(
        text: #"{"Thing":{"fields":{"count":"integer","share":"number","isOn":"boolean","since":"dateTime"}}}"#)

    private func issues(_ text: String) throws -> [String] {
        Self.schema.issues(in: try JSON(parsing: text), as: "Thing").map(\.description)
    }

    @Test("ModelSchema: numbers and booleans in quotes are reported")
    func quotedScalars() throws {
        #expect(try issues(#"{"count":42,"share":1.5,"isOn":true}"#) == [])
        #expect(
            try issues(#"{"count":"42","share":"1.5","isOn":"true"}"#) == [
                "$.count: expected integer, found string", "$.share: expected number, found string",
                "$.isOn: expected boolean, found string",
            ])
    }

    @Test(
        "ModelSchema: every supported date format is valid",
        arguments: ["2026-03-05T10:12:46.000Z", "2026-03-05 10:12:46.0", "Thu Mar 05 10:12:46 UTC 2026"])
    func dates(text: String) throws {
        #expect(try issues(#"{"since":"\#(text)"}"#) == [])
        #expect(try issues(#"{"since":"\#(text) PST"}"#) == ["$.since: expected dateTime, found string"])
    }
}
